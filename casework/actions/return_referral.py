"""Give an accepted referral back, with a reason and perhaps a better office; the sender has the matter back."""

from casework.actions.end_referral import turn_down
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReasonCategory


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
    return await turn_down(
        work,
        ReferralAction.RETURN,
        EventKind.REFERRAL_RETURNED,
        referral_id=referral_id,
        expected_version=expected_version,
        reason=reason,
        category=category,
        suggested_office_id=suggested_office_id,
    )
