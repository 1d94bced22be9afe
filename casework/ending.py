"""The end of a case: what is still open ends with it, and every access but the holder's."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import touch
from casework.participations import begin_participation, end_participations
from casework.proposals import supersede_proposal
from casework.rules.states import REFERRAL_OPEN, state_when_case_ends
from casework.tasks import NOTHING, Reached, refresh_tasks
from casework.work import Unit
from models import Case, Referral
from models.field_words import TaskGoal
from models.vocabulary import AccessSource, CaseState, ClosingGround, EventKind, Level, ReferralState


async def end_case(work: Unit, case: Case, *, reached: Reached = NOTHING) -> None:
    """Close proposals, referrals, tasks and every access but the holder's; the caller has set the state."""
    case.ended_at = work.now
    await supersede_proposal(work, case.id)
    await _end_referrals(work, case)
    for source in AccessSource:
        if source is not AccessSource.HOLDER:
            await end_participations(work, case.id, source=source)
    await refresh_clocks(work, case)
    await refresh_tasks(work, case, reached=reached)


async def close_case(work: Unit, case: Case, ground: ClosingGround, *, note_id: int | None = None) -> None:
    """RESOLVED → CLOSED, on one of the grounds."""
    before, case.state = case.state, CaseState.CLOSED
    await end_case(work, case, reached=_confirmed(ground, work))
    touch(work, case, versioned=True)
    closed: journal.Payload = {"from": before.value, "to": case.state.value, "ground": ground.value, "note": note_id}
    await journal.append(work, case, EventKind.CASE_CLOSED, closed)


def _confirmed(ground: ClosingGround, work: Unit) -> Reached:
    return {TaskGoal.RESULT_CONFIRMED: work.now} if ground is ClosingGround.CONFIRMED else NOTHING


async def revive_case(work: Unit, case: Case) -> None:
    """Let a case that was resolved or ended go on: its volunteer takes part again; what ended is referred anew."""
    was_ended, case.ended_at = case.ended_at is not None, None
    case.resolved_at = case.resolved_by_account_id = None
    if was_ended and case.volunteer_seat_id is not None:
        await begin_participation(
            work, case.id, level=Level.FULL, source=AccessSource.ASSIGNMENT, seat_id=case.volunteer_seat_id
        )
    await refresh_clocks(work, case)
    await refresh_tasks(work, case)


async def _end_referrals(work: Unit, case: Case) -> None:
    open_ones = select(Referral).where(
        col(Referral.case_id) == case.id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    in_order = open_ones.order_by(col(Referral.sent_at), col(Referral.id))
    for referral in (await work.session.scalars(in_order)).all():
        referral.state = state_when_case_ends(referral.state, referral.asked_from)
        referral.asked_at = referral.asked_from = None
        referral.ended_at = work.now
        referral.version += 1
        kind = EventKind.REFERRAL_RECALLED if referral.state is ReferralState.RECALLED else EventKind.REFERRAL_RETURNED
        await journal.append(work, case, kind, {"referral": referral.id, "office": referral.to_office_id})
