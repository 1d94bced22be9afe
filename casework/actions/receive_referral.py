"""Register a referral that arrived: from now on the office can read the case."""

from casework import journal
from casework.actions.end_referral import end_referral
from casework.desk import take_referral_for, touch
from casework.disclosures import show_case_to_office
from casework.rules.states import next_referral_state
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReferralKind


async def receive_referral(work: Work, *, referral_id: int, expected_version: int) -> int:
    """SENT → RECEIVED; the office sees level WORK and what the referral discloses. An information → COMPLETED.

    Gives the referral's id.
    """
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.RECEIVE, expected_version=expected_version
    )
    referral.received_at = work.now
    if referral.kind is ReferralKind.INFORM:
        await end_referral(work, referral, desk, ReferralAction.RECEIVE)
    else:
        referral.state = next_referral_state(referral.state, ReferralAction.RECEIVE, referral.kind)
        referral.version += 1
        await show_case_to_office(work, referral)
        touch(work, desk.case, versioned=False)
    received: journal.Payload = {"referral": referral_id, "office": referral.to_office_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_RECEIVED, received)
    return referral_id
