"""Begin to work on an accepted referral."""

from casework import journal
from casework.desk import take_referral_for, touch
from casework.rules.states import next_referral_state
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import EventKind


async def start_referral(work: Work, *, referral_id: int, expected_version: int) -> int:
    """ACCEPTED → IN_PROGRESS. Gives the referral's id."""
    referral, desk = await take_referral_for(work, referral_id, ReferralAction.START, expected_version=expected_version)
    referral.state = next_referral_state(referral.state, ReferralAction.START, referral.kind)
    referral.started_at = work.now
    referral.version += 1
    touch(work, desk.case, versioned=False)
    started: journal.Payload = {"referral": referral_id, "office": referral.to_office_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_STARTED, started)
    return referral_id
