"""Refuse a referral, with a reason and perhaps a better office; the sender has the matter back."""

from casework import journal
from casework.actions.end_referral import end_referral
from casework.desk import take_referral_for
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.work import Work
from models import ReferralContent
from models.vocabulary import EventKind, ReasonCategory, ReferralAction


async def reject_referral(
    work: Work,
    *,
    referral_id: int,
    expected_version: int,
    reason: str,
    category: ReasonCategory,
    suggested_office_id: int | None = None,
) -> int:
    """SENT or RECEIVED → REJECTED. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.REJECT, expected_version=expected_version
    )
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    if suggested_office_id is not None and suggested_office_id not in work.reference.offices:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "suggestedOffice")
    content = await work.session.get_one(ReferralContent, referral_id)
    content.reply = why
    referral.reply_category, referral.suggested_office_id = category, suggested_office_id
    await end_referral(work, referral, desk, ReferralAction.REJECT)
    rejected: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "category": category.value,
        "suggestedOffice": suggested_office_id,
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_REJECTED, rejected)
    return referral_id
