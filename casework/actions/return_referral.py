"""Give an accepted referral back, with a reason and perhaps a better office; the sender has the matter back."""

from casework import journal
from casework.actions.end_referral import end_referral, write_reply
from casework.desk import take_referral_for
from casework.work import Work
from models.vocabulary import EventKind, ReasonCategory, ReferralAction


async def return_referral(
    work: Work,
    *,
    referral_id: int,
    expected_version: int,
    reason: str,
    category: ReasonCategory,
    suggested_office_id: int | None = None,
) -> int:
    """ACCEPTED or IN_PROGRESS → RETURNED. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.RETURN, expected_version=expected_version
    )
    await write_reply(work, referral, reason=reason, category=category, suggested_office_id=suggested_office_id)
    await end_referral(work, referral, desk, ReferralAction.RETURN)
    returned: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "category": category.value,
        "suggestedOffice": suggested_office_id,
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_RETURNED, returned)
    return referral_id
