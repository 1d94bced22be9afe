"""The parts of a case: problems, holders, departments, and why the actor sees it."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, case, func, select
from sqlalchemy.dialects.postgresql import distinct_on

from casework.policy.visibility import BY_SEAT, LEVEL_GIVEN, RUNS, door, part, the_case
from models import CaseHolding, CaseProblem, Follow, table_of
from models.vocabulary import AccessSource, Level, SeatKind
from resolvers.cases import IDS, cases_by_ids
from resolvers.context import Context, look_up
from resolvers.rows import AccessRow, CaseRow, DepartmentRow, HoldingRow, ProblemRow

problem, holding, follow = table_of(CaseProblem), table_of(CaseHolding), table_of(Follow)


def problems_of(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(*seen.columns(CaseProblem, problem, *ProblemRow._fields))
        .select_from(seen.rows.join(problem, problem.c.case_id == the_case.c.id))
        .where(seen.allowed)
        .order_by(problem.c.position)
    )


@cache
def _problems_of_cases(kind: SeatKind) -> Select[Any]:
    return problems_of(kind).where(the_case.c.id == any_(IDS))


@cache
def _problems_by_ids(kind: SeatKind) -> Select[Any]:
    return problems_of(kind).where(problem.c.id == any_(IDS))


async def problems_by_ids(ids: Sequence[int | None], *, context: Context) -> list[ProblemRow | None]:
    return await look_up(ids, _problems_by_ids, ProblemRow._make, context)


async def problems_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[ProblemRow]]:
    found = await context.rows(_problems_of_cases(context.actor().kind), {"ids": [case.id for case in cases]})
    grouped: dict[int, list[ProblemRow]] = defaultdict(list)
    for row in found:
        grouped[row.case_id].append(ProblemRow._make(row))
    return [grouped[case.id] for case in cases]


@cache
def _holdings(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(*(holding.c[name] for name in HoldingRow._fields))
        .select_from(seen.rows.join(holding, holding.c.case_id == the_case.c.id))
        .where(the_case.c.id == any_(IDS), seen.allowed)
        .order_by(holding.c.since, holding.c.id)
    )


async def journeys_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[HoldingRow]]:
    """Give who held each case from when to when, the first holder first."""
    found = await context.rows(_holdings(context.actor().kind), {"ids": [case.id for case in cases]})
    grouped: dict[int, list[HoldingRow]] = defaultdict(list)
    for row in found:
        grouped[row.case_id].append(HoldingRow._make(row))
    return [grouped[case.id] for case in cases]


@cache
def _departments(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(
            part.c.case_id,
            part.c.office_id,
            func.max(LEVEL_GIVEN).label("level"),
            func.min(part.c.since).label("since"),
            case((func.bool_or(RUNS), None), else_=func.max(part.c.until)).label("until"),
        )
        .select_from(the_case.join(part, part.c.case_id == the_case.c.id))
        .where(the_case.c.id == any_(IDS), seen.allowed, part.c.office_id.is_not(None))
        .group_by(part.c.case_id, part.c.office_id)
        .order_by(func.min(part.c.since), part.c.office_id)
    )


async def departments_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[DepartmentRow]]:
    """Give every office that took part, in the order in which they came in."""
    found = await context.rows(_departments(context.actor().kind), {"ids": [case.id for case in cases]})
    grouped: dict[int, list[DepartmentRow]] = defaultdict(list)
    for row in found:
        grouped[row.case_id].append(DepartmentRow._make(row)._replace(level=Level(row.level)))
    return [grouped[case.id] for case in cases]


@cache
def _sources(kind: SeatKind) -> Select[Any]:
    """For each case the source of the actor's highest running participation, the latest of equals, holding first."""
    seen = door(kind)
    own = seen.own_participation
    return (
        select(part.c.case_id, part.c.source, LEVEL_GIVEN.label("level"))
        .ext(distinct_on(part.c.case_id))
        .select_from(the_case.join(part, part.c.case_id == the_case.c.id))
        .where(the_case.c.id == any_(IDS), seen.allowed, own)
        .order_by(
            part.c.case_id,
            ~RUNS,
            LEVEL_GIVEN.desc(),
            part.c.since.desc(),
            part.c.source != AccessSource.HOLDER,
        )
    )


async def access_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[AccessRow]:
    """Say at which level the actor sees each case, and why."""
    by = context.actor()
    found = await context.rows(_sources(by.kind), {"ids": [case.id for case in cases]})
    own = {row.case_id: row for row in found}
    return [_access(by.kind, case_row, own.get(case_row.id)) for case_row in cases]


def _access(kind: SeatKind, case_row: CaseRow, own: Any) -> AccessRow:
    """What participation gives explains the level, unless the seat's position gives more."""
    if own is not None and own.level >= case_row.level:
        return AccessRow(Level(case_row.level), own.source)
    return AccessRow(Level(case_row.level), AccessSource.AUDIT if kind is SeatKind.AUDITOR else AccessSource.AREA)


_FOLLOWED = select(follow.c.case_id).where(follow.c.seat_id == BY_SEAT, follow.c.case_id == any_(IDS))


async def follows_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[bool]:
    """Say which of the cases the actor's own seat follows."""
    context.actor()
    found = {row.case_id for row in await context.rows(_FOLLOWED, {"ids": [case.id for case in cases]})}
    return [case.id in found for case in cases]


@cache
def _merged_into(kind: SeatKind) -> Select[Any]:
    return select(the_case.c.id, the_case.c.merged_into_case_id.label("into")).where(
        the_case.c.merged_into_case_id == any_(IDS), door(kind).allowed
    )


async def merged_into_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[CaseRow]]:
    """Give the cases that go on in each of these, as far as the actor sees them."""
    found = await context.rows(_merged_into(context.actor().kind), {"ids": [case.id for case in cases]})
    rows = await cases_by_ids([row.id for row in found], context=context)
    grouped: dict[int | None, list[CaseRow]] = defaultdict(list)
    for row in rows:
        if row is not None:
            grouped[row.merged_into_case_id].append(row)
    return [grouped[case.id] for case in cases]
