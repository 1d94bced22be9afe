"""Tasks: those of a case, and what is to be done by the one who asks."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Label, Select, and_, any_, bindparam, case, func, or_, select

from casework.policy.visibility import BY_OFFICE, BY_SEAT, OF_AN_OFFICE, door, the_case
from models import Task, TaskText, table_of
from models.field_words import TaskFor, TaskState
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import TaskRow

task, text = table_of(Task), table_of(TaskText)
_KEYS = [task.c.due_on, task.c.id]
OWN = "viewer tasks"

_OF_VOLUNTEER, _OF_HOLDER = task.c.who == TaskFor.VOLUNTEER, task.c.who == TaskFor.HOLDER
ASSIGNED_SEAT = case(
    (_OF_HOLDER, the_case.c.holder_seat_id),
    (_OF_VOLUNTEER, func.coalesce(the_case.c.volunteer_seat_id, the_case.c.holder_seat_id)),
    else_=task.c.seat_id,
).label("assigned_seat_id")
ASSIGNED_OFFICE = case(
    (_OF_HOLDER, the_case.c.holder_office_id),
    (and_(_OF_VOLUNTEER, the_case.c.volunteer_seat_id.is_(None)), the_case.c.holder_office_id),
    else_=None,
).label("assigned_office_id")
"""Whose task it is now: it goes where the case goes, and not with a person."""
_WORKED_OUT: dict[str, Label[Any]] = {
    "assigned_seat_id": ASSIGNED_SEAT,
    "assigned_office_id": ASSIGNED_OFFICE,
}


@cache
def _tasks(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = (task.c[name] if name in task.c else _WORKED_OUT[name] for name in TaskRow._fields)
    rows = select(*columns).select_from(seen.rows.join(task, task.c.case_id == the_case.c.id))
    return rows.where(seen.allowed, seen.level >= int(Level.WORK))


OF_CASES = CaseList("tasks", build=_tasks, keys=_KEYS, descending=False, make=TaskRow._make)
"""A case's tasks, the first to be due first."""


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _tasks(kind).where(task.c.id == any_(IDS))


async def tasks_by_ids(ids: Sequence[int | None], *, context: Context) -> list[TaskRow | None]:
    return await look_up(ids, _by_ids, TaskRow._make, context)


@cache
def _titles(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    rows = select(text.c.task_id, text.c.title, text.c.case_id, the_case.c.citizen_id, seen.level.label("level"))
    joined = rows.select_from(seen.rows.join(text, text.c.case_id == the_case.c.id))
    return showing(joined.where(seen.allowed, seen.level >= int(Level.WORK), text.c.task_id == any_(IDS)))


async def titles_of_tasks(tasks: Sequence[TaskRow], *, context: Context) -> list[str | None]:
    """Give what people wrote; None for a task that a rule made."""
    ids = [row.id for row in tasks if row.rule_code is None]
    found = await context.rows(_titles(context.actor().kind), {"ids": ids}) if ids else []
    titles = {row.task_id: row.title for row in found}
    return [titles.get(row.id) for row in tasks]


@cache
def _own(kind: SeatKind, *, by_day: bool) -> Select[Any]:
    """What is open and for the actor's post; for the actor's office too, where it has one."""
    mine = ASSIGNED_SEAT.element == BY_SEAT
    if kind in OF_AN_OFFICE:
        mine = or_(mine, ASSIGNED_OFFICE.element == BY_OFFICE)
    rows = _tasks(kind).where(door(kind).listed, task.c.state == TaskState.OPEN, mine)
    return rows.where(task.c.due_on <= bindparam("due_by", type_=Date())) if by_day else rows


@cache
def _page(kind: SeatKind, shape: tuple[bool, bool], *, by_day: bool) -> Select[Any]:
    return keyset(_own(kind, by_day=by_day), _KEYS, shape, descending=False)


@cache
def _count(kind: SeatKind, *, by_day: bool) -> Select[Any]:
    return capped(_own(kind, by_day=by_day).with_only_columns(task.c.id))


async def tasks_of_viewers(
    viewers: Sequence[Any], due_by: date | None, page: Paging, *, context: Context
) -> list[Page]:
    """Give a page of what the actor is to do, in all cases that it sees; the first to be due first."""
    kind, by_day = context.actor().kind, due_by is not None
    given: dict[str, Any] = {"due_by": due_by} if by_day else {}
    found = await context.rows(_page(kind, page.shape, by_day=by_day), {**given, **keyset_values(page)})
    rows = [TaskRow._make(row) for row in found]
    total = Total(_count(kind, by_day=by_day), given)
    own = make_page(rows, page, lambda row: make_cursor(context, OWN, row.due_on, row.id), total)
    return [own] * len(viewers)
