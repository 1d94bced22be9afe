"""Cases to be counted, and by what: the rows that the actor sees, or that are published, with the key of their group.

Statements that need problems, offices or clocks of many cases take them from views of the wall
(migrations/versions/0023_statistics.sql): the tables' own policies ask a function for each row.
"""

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    FromClause,
    Numeric,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    column,
    false,
    func,
    null,
    or_,
    select,
    table,
    true,
)

from casework.policy.visibility import door, the_case
from models import ProblemType, table_of
from models.clock_words import DeadlineEnding
from models.columns import Coded
from models.statistics_words import IN_TIME
from models.statistics_words import StatisticsBy as B
from models.vocabulary import Level, Outcome, SeatKind
from resolvers.case_filters import filtered, hits
from resolvers.searching import searched

INSTANT = DateTime(timezone=True)
SINCE, TILL = (bindparam(name, type_=INSTANT) for name in ("since", "till"))
BEGINS = bindparam("begins", type_=ARRAY(INSTANT))
"""The first instants of the months or quarters that are counted by."""
AREAS = {B.PROVINCE: "province_code", B.AMPHOE: "amphoe_code", B.TAMBON: "area_code"}
_COLUMNS = "id", "citizen_id", "opened_at", "resolved_at", "ended_at"
_TYPES = {"id": BigInteger(), "citizen_id": BigInteger()}

problem_type = table_of(ProblemType)
published = table(
    "published_case",
    *(column(name, _TYPES.get(name, INSTANT)) for name in _COLUMNS),
    *(column(name, Text()) for name in AREAS.values()),
    column("sensitive", Boolean()),
)
problem = table("counted_problem", column("case_id", BigInteger()), column("problem_type_code", Text()))
result = table(
    "counted_outcome",
    column("case_id", BigInteger()),
    column("problem_type_code", Text()),
    column("outcome", Coded(Outcome)),
    column("outcome_at", INSTANT),
    column("amount_claimed", Numeric(14, 2)),
    column("amount_recovered", Numeric(14, 2)),
)
clock = table(
    "counted_clock",
    column("case_id", BigInteger()),
    column("ending", Coded(DeadlineEnding)),
    *(column(name, INSTANT) for name in ("started_at", "due_at", "paused_at", "ended_at")),
)
office = table("counted_office", column("case_id", BigInteger()), column("office_id", BigInteger()))


def seen(kind: SeatKind | None, names: frozenset[str], *areas: B | None) -> CTE:
    """Give the cases that went on at some time of the period; `is_open` where the actor sees them from ANONYMOUS on.

    Without a kind of seat, those of the public: `names` are then at most a province. Sensitive ones are told for the
    country as a whole alone.
    """
    columns = (*_COLUMNS, *(AREAS[area] for area in areas if area in AREAS))
    if kind is None:
        rows = select(*(published.c[name] for name in columns), true().label("is_open")).where(_went_on(published))
        if "province" in names:
            rows = rows.where(published.c.province_code == bindparam("province", type_=Text()))
        if "province" in names or B.PROVINCE in areas:
            rows = rows.where(~published.c.sensitive)
        return _kept(rows)
    is_open = func.coalesce(door(kind).reaches(Level.ANONYMOUS), false()).label("is_open")
    rows = (
        filtered(kind, names)
        .with_only_columns(*(the_case.c[name] for name in columns), is_open)
        .where(_went_on(the_case))
    )
    found = hits(kind, names)
    return _kept(rows if found is None else searched(rows, the_case.c.id, found))


def _kept(rows: Select[Any]) -> CTE:
    """Find the cases first: the planner takes the conditions of row-level security for dearer than they are."""
    return rows.cte("seen").prefix_with("MATERIALIZED", dialect="postgresql")


def _went_on(of: FromClause) -> ColumnElement[bool]:
    return and_(of.c.opened_at < TILL, or_(of.c.ended_at.is_(None), of.c.ended_at >= SINCE))


def key_of(
    by: B | None, cases: CTE, *, at: ColumnElement[Any] | None = None, type_code: ColumnElement[str] | None = None
) -> Any:
    """Give the key of the group of a row, and the rows to join for it.

    `at` is when it happened, for months and quarters; `type_code` the problem's type where a row is about one problem.
    """
    if by is None:
        return null(), None
    if by in AREAS:
        return cases.c[AREAS[by]], None
    if by in IN_TIME:
        return func.width_bucket(at, BEGINS), None
    if by is B.OFFICE:
        return office.c.office_id, (office, office.c.case_id == cases.c.id)
    if type_code is not None:
        return _key_of_problem(by, type_code)
    types = _types_of_cases(by)
    return types.c.key, (types, types.c.case_id == cases.c.id)


def _key_of_problem(by: B, type_code: ColumnElement[str]) -> Any:
    if by is B.PROBLEM_TYPE:
        return type_code, None
    return problem_type.c.agency_code, (problem_type, problem_type.c.code == type_code)


def _types_of_cases(by: B) -> Subquery:
    if by is B.PROBLEM_TYPE:
        return select(problem.c.case_id, problem.c.problem_type_code.label("key")).subquery("types")
    leads = problem_type.c.agency_code.label("key")
    joined = problem.join(problem_type, problem_type.c.code == problem.c.problem_type_code)
    return select(problem.c.case_id, leads).distinct().select_from(joined).subquery("types")


def grouped(by: B | None, rows: Any, sources: FromClause, keyed: Any, *more: ColumnElement[Any]) -> Select[Any]:
    """Group rows of some sources by the key that `key_of` gave, and by more; without `by` they are one group."""
    key, joins = keyed
    whole: Select[Any] = rows.add_columns(key.label("key"), *more).select_from(
        sources if joins is None else sources.join(*joins)
    )
    keys = more if by is None else (key, *more)
    return whole.group_by(*keys) if keys else whole


def within(at: ColumnElement[Any]) -> ColumnElement[bool]:
    return func.coalesce(and_(at >= SINCE, at < TILL), false())
