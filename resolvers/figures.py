"""The figures of groups of cases: each statement gives one kind of them, for all cases and for each group."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    case,
    cast,
    column,
    distinct,
    extract,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array

from casework.policy.visibility import AT_NOW
from models.clock_words import DeadlineEnding
from models.statistics_words import IN_TIME, StatisticsBy
from models.vocabulary import Outcome, SeatKind
from resolvers.cases import SHAPES
from resolvers.counted_cases import (
    AREAS,
    BEGINS,
    SINCE,
    TILL,
    clock,
    grouped,
    key_of,
    problem,
    problem_type,
    result,
    seen,
    within,
)

Key = str | int | None
"""A code, an office's id, or the number of a span of time; None: all of them together."""


class CaseFigures(NamedTuple):
    key: Key
    opened: int
    closed: int
    still_open: int


class PeopleFigures(NamedTuple):
    key: Key
    people: int


class DwellFigures(NamedTuple):
    key: Key
    resolved: int
    dwells: tuple[float, float] | None


class OutcomeFigures(NamedTuple):
    key: Key
    outcome: Outcome
    counted: int
    with_claim: int
    claimed: Decimal | None
    with_recovery: int
    recovered: Decimal | None


class ClockFigures(NamedTuple):
    key: Key
    met: int
    missed: int
    running: int


def _how_many(of: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(of)


def _case_figures(cases: CTE, by: StatisticsBy | None) -> Select[Any]:
    """Count cases by what happened to them in the period, and as they stood at its end."""
    opened, closed = within(cases.c.opened_at), within(cases.c.ended_at)
    if by in IN_TIME:
        return _in_time(cases, opened, closed)
    figures = select(
        _how_many(opened).label("opened"),
        _how_many(closed).label("closed"),
        _how_many(or_(cases.c.ended_at.is_(None), cases.c.ended_at >= TILL)).label("still_open"),
    )
    return grouped(by, figures, cases, key_of(by, cases, at=cases.c.opened_at))


def _in_time(cases: CTE, *happened: ColumnElement[bool]) -> Select[Any]:
    """Count openings and endings in one pass: first together, by the span of each, then by each span."""
    at = [func.width_bucket(at, BEGINS) for at in (cases.c.opened_at, cases.c.ended_at)]
    both = [case((is_it, span)).label(name) for is_it, span, name in zip(happened, at, ("began", "ended"), strict=True)]
    pairs = select(*both, func.count().label("many")).group_by(*both).subquery("pairs")
    spans = func.unnest(array([pairs.c.began, pairs.c.ended]))
    span = spans.table_valued(column("key", Integer()), with_ordinality="what", name="span").render_derived()
    rows = pairs.join(span, span.c.key.is_not(None))
    sums = (func.sum(pairs.c.many).filter(span.c.what == literal_column(what)) for what in ("1", "2"))
    opened, closed = (cast(func.coalesce(many, 0), BigInteger) for many in sums)
    none: ColumnElement[int] = literal_column("0").label("still_open")
    figures_of_span = select(opened.label("opened"), closed.label("closed"), none, span.c.key)
    return figures_of_span.select_from(rows).group_by(span.c.key)


def _people_figures(cases: CTE, by: StatisticsBy | None) -> Select[Any]:
    """Count the different citizens of the cases opened in the period; those merged into another are that one."""
    counts = and_(within(cases.c.opened_at), cases.c.is_open)
    keyed = key_of(by, cases, at=cases.c.opened_at)
    if by is None:
        return grouped(by, select(func.count(distinct(cases.c.citizen_id)).label("people")).where(counts), cases, keyed)
    each = grouped(by, select().where(counts), cases, keyed, cases.c.citizen_id).subquery("each")
    return select(func.count().label("people"), each.c.key).group_by(each.c.key)


def _dwell_figures(cases: CTE, by: StatisticsBy | None) -> Select[Any]:
    """Tell how long cases took that were resolved in the period."""
    dwell = extract("epoch", cases.c.resolved_at - cases.c.opened_at)
    figures = select(
        func.count().label("resolved"),
        func.percentile_cont(array([0.5, 0.9])).within_group(dwell).label("dwells"),
    ).where(within(cases.c.resolved_at))
    return grouped(by, figures, cases, key_of(by, cases, at=cases.c.resolved_at))


def _outcome_figures(cases: CTE, by: StatisticsBy | None) -> Select[Any]:
    """Count problems by the outcome that was recorded in the period, with the sums of their amounts."""
    each = _outcomes_of_cases(cases)
    of = each.c
    figures = select(
        func.count().label("counted"),
        func.count(of.amount_claimed).label("with_claim"),
        func.sum(of.amount_claimed).label("claimed"),
        func.count(of.amount_recovered).label("with_recovery"),
        func.sum(of.amount_recovered).label("recovered"),
    )
    keyed = key_of(by, each, at=of.outcome_at, type_code=of.problem_type_code)
    return grouped(by, figures, each, keyed, of.outcome)


@lru_cache(SHAPES)
def _outcomes_of_cases(cases: CTE) -> CTE:
    """Find the outcomes once, for the total and for the groups."""
    of = result.c
    recorded = and_(of.case_id == cases.c.id, _happened(cases, of.outcome_at), of.outcome.is_not(None))
    columns = (column for column in of if column.name not in {"case_id", "outcome_at"})
    told = select(cases.c.id, *_areas(cases), *columns, _in_its_case(cases, of.outcome_at).label("outcome_at"))
    each = told.select_from(cases.join(result, recorded)).cte("outcomes")
    return each.prefix_with("MATERIALIZED", dialect="postgresql")


def _in_its_case(cases: CTE, at: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give when something counts: not before the case in which it counts was opened.

    A legal clock begins on a key date long before, and a merged case brings along what is older: else they would count
    in no single month, but in a span that reaches from one to the other.
    """
    return func.greatest(at, cases.c.opened_at)


def _happened(cases: CTE, at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Does it count in the period, before the end of which all cases were opened?

    Said without the function above: of its results the planner would expect hardly any.
    """
    return and_(at < TILL, or_(at >= SINCE, cases.c.opened_at >= SINCE))


def _areas(cases: CTE) -> list[ColumnElement[Any]]:
    return [column for column in cases.c if column.name in AREAS.values()]


def _clock_figures(cases: CTE, by: StatisticsBy | None) -> Select[Any]:
    """Count clocks that began in the period by how they stand now."""
    if by in IN_TIME:
        began = cases.join(clock, _began(cases))
        at = _in_its_case(cases, clock.c.started_at)
        return grouped(by, select(*_standings()), began, key_of(by, cases, at=at))
    each = _clocks_of_cases(cases)
    figures = select(*(cast(func.coalesce(func.sum(each.c[name]), 0), BigInteger).label(name) for name in STANDINGS))
    return grouped(by, figures, each, key_of(by, each))


@lru_cache(SHAPES)
def _clocks_of_cases(cases: CTE) -> CTE:
    """Count the clocks of each case once: cases are then joined with what they are counted by, and not each clock."""
    areas = _areas(cases)
    each = select(cases.c.id, *areas, *_standings()).select_from(cases.join(clock, _began(cases)))
    kept = each.group_by(cases.c.id, *areas).cte("clocks")
    return kept.prefix_with("MATERIALIZED", dialect="postgresql")


def _began(cases: CTE) -> ColumnElement[bool]:
    return and_(clock.c.case_id == cases.c.id, _happened(cases, clock.c.started_at))


STANDINGS = "met", "missed", "running"


def _standings() -> list[ColumnElement[int]]:
    """Count clocks by how they stand, as `state_of` in casework/rules/ledger.py has it."""
    of = clock.c
    in_time = or_(of.ended_at <= of.due_at, of.paused_at.is_not(None))
    runs, over = of.ended_at.is_(None), of.ended_at.is_not(None)
    waits = or_(of.paused_at.is_not(None), of.due_at >= AT_NOW)
    met = and_(over, in_time, of.ending == DeadlineEnding.MET)
    missed = or_(and_(over, ~in_time), and_(runs, ~waits))
    standings = zip((met, missed, and_(runs, waits)), STANDINGS, strict=True)
    return [_how_many(stands).label(name) for stands, name in standings]


_BY_ROW: Mapping[type[Any], Callable[[CTE, StatisticsBy | None], Select[Any]]] = {
    CaseFigures: _case_figures,
    PeopleFigures: _people_figures,
    DwellFigures: _dwell_figures,
    OutcomeFigures: _outcome_figures,
    ClockFigures: _clock_figures,
}


@lru_cache(5 * SHAPES)
def figures(
    row: type[Any], kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None
) -> Select[Any] | CompoundSelect[Any]:
    """Find the cases once, and give the figures of one kind for all of them, without a key, and for each group."""
    cases, count = seen(kind, names, by), _BY_ROW[row]
    return count(cases, None) if by is None else union_all(count(cases, None), count(cases, by))


@lru_cache(SHAPES)
def groups_there(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Find the groups that have any case: half the work of counting these, and all that other figures need."""
    cases = seen(kind, names, by)
    if by is StatisticsBy.AGENCY:
        led = cases.join(problem, problem.c.case_id == cases.c.id)
        led = led.join(problem_type, problem_type.c.code == problem.c.problem_type_code)
        return select(problem_type.c.agency_code.label("key")).distinct().select_from(led)
    key, joins = key_of(by, cases)
    return select(key.label("key")).distinct().select_from(cases if joins is None else cases.join(*joins))
