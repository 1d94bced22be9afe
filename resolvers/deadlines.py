"""The clocks of cases: those of a case, their ledgers, and the rights of citizens that are about to be lost."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, DateTime, Select, Text, any_, bindparam, func, select

from casework.policy.visibility import door, the_case
from casework.rules.ledger import Interval, Line, intervals
from models import Deadline, DeadlineStep, KeyDate, table_of
from models.clock_words import ClockKind
from models.vocabulary import SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow, DeadlineRow, KeyDateRow

deadline, step, key_date = table_of(Deadline), table_of(DeadlineStep), table_of(KeyDate)
_KEYS = [deadline.c.due_at, deadline.c.id]
AT_RISK = "rights at risk"


@cache
def _deadlines(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = (deadline.c[name] for name in DeadlineRow._fields)
    return (
        select(*columns).select_from(seen.rows.join(deadline, deadline.c.case_id == the_case.c.id)).where(seen.allowed)
    )


OF_CASES = CaseList("deadlines", build=_deadlines, keys=_KEYS, descending=False, make=DeadlineRow._make)
"""A case's clocks, the earliest end first."""


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _deadlines(kind).where(deadline.c.id == any_(IDS))


async def deadlines_by_ids(ids: Sequence[int | None], *, context: Context) -> list[DeadlineRow | None]:
    return await look_up(ids, _by_ids, DeadlineRow._make, context)


@cache
def _steps(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    rows = select(step.c.deadline_id, step.c.move, step.c.at, step.c.due_at)
    joined = rows.select_from(seen.rows.join(step, step.c.case_id == the_case.c.id))
    return joined.where(seen.allowed, step.c.deadline_id == any_(IDS)).order_by(step.c.deadline_id, step.c.position)


async def ledgers_of_deadlines(deadlines: Sequence[DeadlineRow], *, context: Context) -> list[list[Line]]:
    """Give each clock's ledger, the first line first."""
    found = await context.rows(_steps(context.actor().kind), {"ids": [row.id for row in deadlines]})
    grouped: dict[int, list[Line]] = defaultdict(list)
    for row in found:
        grouped[row.deadline_id].append(Line(row.move, row.at, row.due_at))
    return [grouped[row.id] for row in deadlines]


async def intervals_of_deadlines(deadlines: Sequence[DeadlineRow], *, context: Context) -> list[list[Interval]]:
    """Read each clock's ledger as stretches of time up to now."""
    return [intervals(lines, context.now) for lines in await ledgers_of_deadlines(deadlines, context=context)]


@cache
def _key_dates(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    rows = select(*(key_date.c[name] for name in KeyDateRow._fields))
    joined = rows.select_from(seen.rows.join(key_date, key_date.c.case_id == the_case.c.id))
    return joined.where(seen.allowed, the_case.c.id == any_(IDS)).order_by(key_date.c.day, key_date.c.event)


async def key_dates_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[KeyDateRow]]:
    """Give the recorded days of each case, the earliest first."""
    found = await context.rows(_key_dates(context.actor().kind), {"ids": [case.id for case in cases]})
    grouped: dict[int, list[KeyDateRow]] = defaultdict(list)
    for row in found:
        grouped[row.case_id].append(KeyDateRow._make(row))
    return [grouped[case.id] for case in cases]


class Risk(NamedTuple):
    """Which rights: of cases taken inside the area, whose time ends within so many days."""

    area_code: str | None
    within: timedelta


@cache
def _at_risk(kind: SeatKind, *, in_area: bool) -> Select[Any]:
    """Rights whose clock runs and ends soon; what is over and what stands still is not at risk."""
    rows = _deadlines(kind).where(
        deadline.c.kind == ClockKind.CITIZEN_RIGHT,
        deadline.c.ended_at.is_(None),
        deadline.c.paused_at.is_(None),
        deadline.c.due_at > bindparam("from", type_=DateTime(timezone=True)),
        deadline.c.due_at <= bindparam("until", type_=DateTime(timezone=True)),
    )
    if not in_area:
        return rows
    return rows.where(func.starts_with(the_case.c.area_code, bindparam("area_code", type_=Text()), type_=Boolean()))


@cache
def _page(kind: SeatKind, shape: tuple[bool, bool], *, in_area: bool) -> Select[Any]:
    return keyset(_at_risk(kind, in_area=in_area), _KEYS, shape, descending=False)


@cache
def _count(kind: SeatKind, *, in_area: bool) -> Select[Any]:
    return capped(_at_risk(kind, in_area=in_area).with_only_columns(deadline.c.id))


async def rights_at_risk(context: Context, risk: Risk, page: Paging) -> Page:
    """Give a page of the rights that the actor sees, the first to be lost first."""
    kind, in_area = context.actor().kind, risk.area_code is not None
    given: dict[str, Any] = {"from": context.now, "until": context.now + risk.within}
    if in_area:
        given["area_code"] = risk.area_code
    found = await context.rows(_page(kind, page.shape, in_area=in_area), {**given, **keyset_values(page)})
    rows = [DeadlineRow._make(row) for row in found]
    total = Total(_count(kind, in_area=in_area), given)
    return make_page(rows, page, lambda row: make_cursor(context, AT_RISK, row.due_at, row.id), total)
