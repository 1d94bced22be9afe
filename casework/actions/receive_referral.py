"""Register a referral that arrived: from now on the office can read the case."""

from casework import journal
from casework.actions.refer_case import disclosure_of
from casework.desk import take_referral_for, touch
from casework.participations import begin_participation, end_participations
from casework.rules.states import next_referral_state
from casework.work import Work
from models.vocabulary import AccessSource, EventKind, Level, ReferralAction


async def receive_referral(work: Work, *, referral_id: int, expected_version: int) -> int:
    """SENT → RECEIVED; the office sees level WORK and what the referral discloses. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.RECEIVE, expected_version=expected_version
    )
    referral.state = next_referral_state(referral.state, ReferralAction.RECEIVE, referral.kind)
    referral.received_at = work.now
    referral.version += 1
    await end_participations(work, referral.case_id, referral_id=referral_id)
    await begin_participation(
        work,
        referral.case_id,
        level=Level.WORK,
        source=AccessSource.REFERRAL,
        office_id=referral.to_office_id,
        referral_id=referral_id,
        discloses=disclosure_of(referral.discloses),
    )
    await touch(work, desk.case, versioned=False)
    received: journal.Payload = {"referral": referral_id, "office": referral.to_office_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_RECEIVED, received)
    return referral_id
