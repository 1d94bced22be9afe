"""Take a referral back before the office has accepted it."""

from casework import journal
from casework.actions.end_referral import end_referral, write_reply
from casework.desk import take_referral_for
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReasonCategory


async def recall_referral(
    work: Work, *, referral_id: int, expected_version: int, reason: str, category: ReasonCategory
) -> int:
    """SENT or RECEIVED → RECALLED. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.RECALL, expected_version=expected_version
    )
    await write_reply(work, referral, reason=reason, category=category)
    await end_referral(work, referral, desk, ReferralAction.RECALL)
    recalled: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "category": category.value,
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_RECALLED, recalled)
    return referral_id
