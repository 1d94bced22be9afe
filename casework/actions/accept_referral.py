"""Accept a referral; accepting a transfer makes the office the holder and completes it."""

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import take_referral_for, touch
from casework.holders import move_holder
from casework.participations import end_participations
from casework.rules.states import next_referral_state
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReferralKind


async def accept_referral(work: Work, *, referral_id: int, expected_version: int) -> int:
    """RECEIVED → ACCEPTED, a transfer → COMPLETED. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.ACCEPT, expected_version=expected_version
    )
    referral.state = next_referral_state(referral.state, ReferralAction.ACCEPT, referral.kind)
    referral.accepted_at = work.now
    referral.version += 1
    accepted: journal.Payload = {"referral": referral_id, "office": referral.to_office_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_ACCEPTED, accepted)
    moves = referral.kind is ReferralKind.TRANSFER
    if moves:
        referral.ended_at = work.now
        await end_participations(work, referral.case_id, referral_id=referral_id)
        await move_holder(work, desk.case, office_id=referral.to_office_id)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=moves)
    return referral_id
