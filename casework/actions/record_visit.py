"""Plan a visit, tell how a planned one went, or tell of one that nobody had planned."""

from datetime import date, datetime
from typing import NamedTuple

from casework import journal
from casework.actions.add_note import write_note
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.field_desk import take_case_of
from casework.rules import texts
from casework.rules.calendar import bangkok_day
from casework.rules.tasks import day_ahead
from casework.rules.visits import visited_when
from casework.tasks import refresh_tasks, told_citizen
from casework.work import Work
from models import Case, Visit, table_of
from models.action_words import CaseAction
from models.field_words import TaskGoal, VisitOutcome, VisitState
from models.vocabulary import Audience, EventKind


class Told(NamedTuple):
    """How a visit went; what was said there becomes a note."""

    outcome: VisitOutcome
    visited_at: datetime | None = None
    note: str | None = None
    audience: Audience = Audience.CASE


async def plan_visit(work: Work, *, case_id: int, day: date) -> int:
    """Write a visit that is to happen, and the task to make it. Takes and raises no version. Gives the visit's id."""
    planned_for = day_ahead(day, "input", "visit", "planned", "day", today=bangkok_day(work.now))
    desk = await take_case_for(work, case_id, CaseAction.FIELD_WORK)
    row = Visit(
        id=await work.new_id(),
        case_id=case_id,
        state=VisitState.PLANNED,
        planned_for=planned_for,
        made_by_seat_id=work.by.seat_id,
        made_at=_made_at(work),
    )
    await work.save(row)
    await refresh_tasks(work, desk.case)
    touch(work, desk.case, versioned=False)
    planned: journal.Payload = {"visit": row.id, "day": planned_for.isoformat()}
    await journal.append(work, desk.case, EventKind.VISIT_PLANNED, planned)
    return row.id


async def record_visit(work: Work, *, visit_id: int, told: Told) -> int:
    """Tell how a planned visit went: PLANNED → DONE, NOT_MET or CANCELLED. Gives the visit's id."""
    desk = await take_case_of(work, table_of(Visit), visit_id)
    row = await work.session.get_one(Visit, visit_id, populate_existing=True)
    if row.state is not VisitState.PLANNED:
        raise Refusal(RefusalCode.VISIT_OVER, "input", "visit", "kept", "visit")
    row.visited_at = _went(work, told, "kept", planned_at=row.made_at)
    row.state, row.recorded_by_seat_id, row.recorded_at = _state(told), work.by.seat_id, work.now
    await _tell(work, desk.case, row, told, "kept")
    return visit_id


async def record_unplanned_visit(work: Work, *, case_id: int, told: Told) -> int:
    """Tell of a visit that nobody had planned. Takes and raises no version. Gives the visit's id."""
    if told.outcome is VisitOutcome.CANCELLED:
        raise Refusal(RefusalCode.VISIT_NOT_PLANNED, "input", "visit", "unplanned", "outcome")
    visited_at = _went(work, told, "unplanned", planned_at=None)
    desk = await take_case_for(work, case_id, CaseAction.FIELD_WORK)
    row = Visit(
        id=await work.new_id(),
        case_id=case_id,
        state=_state(told),
        visited_at=visited_at,
        made_by_seat_id=work.by.seat_id,
        made_at=_made_at(work),
        recorded_by_seat_id=work.by.seat_id,
        recorded_at=work.now,
    )
    await work.save(row)
    await _tell(work, desk.case, row, told, "unplanned")
    return row.id


def _state(told: Told) -> VisitState:
    return VisitState(told.outcome.value)


def _made_at(work: Work) -> datetime:
    """Order visits by when the phone was told of them."""
    return work.captured_at or work.now


def _went(work: Work, told: Told, given_as: str, *, planned_at: datetime | None) -> datetime | None:
    path = "input", "visit", given_as, "visitedAt"
    return visited_when(
        told.outcome, told.visited_at, *path, planned_at=planned_at, captured_at=work.captured_at, now=work.now
    )


async def _tell(work: Work, case: Case, row: Visit, told: Told, given_as: str) -> None:
    """Keep what was said, and what follows for the tasks."""
    recorded: journal.Payload = {"visit": row.id, "visitState": row.state.value}
    reached: dict[TaskGoal, datetime] = {}
    if row.visited_at is not None:
        reached[TaskGoal.VISIT_RECORDED] = work.now
        if row.state is VisitState.DONE:
            reached[TaskGoal.CITIZEN_MET] = row.visited_at
    if told.note is not None:
        said = texts.clean(told.note, "input", "visit", given_as, "note", limit=texts.LONG)
        row.note_id = await write_note(work, case.id, audience=told.audience, text=said)
        recorded["note"] = row.note_id
        reached |= told_citizen(told.audience, row.visited_at or work.now)
    await refresh_tasks(work, case, reached=reached)
    touch(work, case, versioned=False)
    await journal.append(work, case, EventKind.VISIT_RECORDED, recorded)
