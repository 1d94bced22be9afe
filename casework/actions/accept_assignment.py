"""Accept an assignment: the seat accompanies the case, and holds it if a seat held it before."""

from sqlalchemy import select, update
from sqlmodel import col

from casework import journal
from casework.desk import take_case_for, touch
from casework.holders import move_holder
from casework.participations import begin_participation, end_participations
from casework.proposals import end_proposal_access
from casework.tasks import refresh_tasks
from casework.work import Work
from models import Assignment, Case, Task
from models.action_words import CaseAction
from models.field_words import TaskFor, TaskState
from models.vocabulary import AccessSource, AssignmentState, EventKind, Level


async def answer_proposal(work: Work, case_id: int, answer: AssignmentState) -> None:
    """Write the answer on the open proposal and end the access that it gave."""
    open_one = select(Assignment).where(
        col(Assignment.case_id) == case_id,
        col(Assignment.state) == AssignmentState.PROPOSED,
    )
    proposal = (await work.session.scalars(open_one)).one()
    proposal.state, proposal.answered_at = answer, work.now
    await end_proposal_access(work, case_id, work.by.seat_id)


async def accept_assignment(work: Work, *, case_id: int, expected_version: int) -> int:
    """Become the case's volunteer; an office that holds it goes on holding it. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.ANSWER_ASSIGNMENT, expected_version=expected_version)
    await answer_proposal(work, case_id, AssignmentState.ACCEPTED)
    await journal.append(work, desk.case, EventKind.ASSIGNMENT_ACCEPTED, {"seat": work.by.seat_id})
    await _become_volunteer(work, desk.case)
    if desk.case.holder_seat_id is not None:
        await move_holder(work, desk.case, seat_id=work.by.seat_id)
    await refresh_tasks(work, desk.case)
    touch(work, desk.case, versioned=True)
    return case_id


async def _become_volunteer(work: Work, case: Case) -> None:
    """The volunteer before keeps level STATUS."""
    if case.volunteer_seat_id is not None:
        for source in (AccessSource.OPENED, AccessSource.ASSIGNMENT):
            await end_participations(work, case.id, source=source, seat_id=case.volunteer_seat_id)
        await _hand_on_tasks(work, case, case.volunteer_seat_id)
    case.volunteer_seat_id = work.by.seat_id
    await begin_participation(work, case.id, level=Level.FULL, source=AccessSource.ASSIGNMENT, seat_id=work.by.seat_id)


async def _hand_on_tasks(work: Work, case: Case, before: int) -> None:
    """What the volunteer before was to do by itself is the next one's: who left the case sees it no more."""
    await work.session.execute(
        update(Task)
        .where(
            col(Task.case_id) == case.id,
            col(Task.state) == TaskState.OPEN,
            col(Task.who) == TaskFor.SEAT,
            col(Task.seat_id) == before,
        )
        .values(seat_id=work.by.seat_id)
    )
