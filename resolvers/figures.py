"""The figures of groups of cases: each statement gives them by one key, or all cases as one group."""

from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    column,
    extract,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import array

from casework.policy.visibility import AT_NOW
from models.clock_words import DeadlineEnding
from models.statistics_words import IN_TIME, StatisticsBy
from models.vocabulary import Outcome, SeatKind
from resolvers.cases import SHAPES
from resolvers.counted_cases import BEGINS, SINCE, TILL, clock, grouped, key_of, result, seen, within

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


@lru_cache(SHAPES)
def case_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Count cases by what happened to them in the period, and as they stood at its end."""
    cases = seen(kind, names)
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
    counts = opened.label("opened"), closed.label("closed")
    return select(span.c.key, *counts, literal_column("0").label("still_open")).select_from(rows).group_by(span.c.key)


@lru_cache(SHAPES)
def people_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Count the different citizens of the cases opened in the period; those merged into another are that one."""
    cases = seen(kind, names)
    counts = and_(within(cases.c.opened_at), cases.c.is_open)
    keyed = key_of(by, cases, at=cases.c.opened_at)
    each = grouped(by, select().where(counts), cases, keyed, cases.c.citizen_id).subquery("each")
    return select(each.c.key, func.count().label("people")).group_by(each.c.key)


@lru_cache(SHAPES)
def dwell_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Tell how long cases took that were resolved in the period."""
    cases = seen(kind, names)
    dwell = extract("epoch", cases.c.resolved_at - cases.c.opened_at)
    figures = select(
        func.count().label("resolved"),
        func.percentile_cont(array([0.5, 0.9])).within_group(dwell).label("dwells"),
    ).where(within(cases.c.resolved_at))
    return grouped(by, figures, cases, key_of(by, cases, at=cases.c.resolved_at))


@lru_cache(SHAPES)
def outcome_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Count problems by the outcome that was recorded in the period, with the sums of their amounts."""
    cases, of = seen(kind, names), result.c
    figures = select(
        func.count().label("counted"),
        func.count(of.amount_claimed).label("with_claim"),
        func.sum(of.amount_claimed).label("claimed"),
        func.count(of.amount_recovered).label("with_recovery"),
        func.sum(of.amount_recovered).label("recovered"),
    )
    recorded = and_(of.case_id == cases.c.id, of.outcome_at >= SINCE, of.outcome_at < TILL, of.outcome.is_not(None))
    keyed = key_of(by, cases, at=of.outcome_at, type_code=of.problem_type_code)
    return grouped(by, figures, cases.join(result, recorded), keyed, of.outcome)


@lru_cache(SHAPES)
def clock_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Count clocks that began in the period by how they stand now, as `state_of` in casework/rules/ledger.py has it."""
    cases, of = seen(kind, names), clock.c
    in_time = or_(of.ended_at <= of.due_at, of.paused_at.is_not(None))
    runs, over = of.ended_at.is_(None), of.ended_at.is_not(None)
    waits = or_(of.paused_at.is_not(None), of.due_at >= AT_NOW)
    figures = select(
        _how_many(and_(over, in_time, of.ending == DeadlineEnding.MET)).label("met"),
        _how_many(or_(and_(over, ~in_time), and_(runs, ~waits))).label("missed"),
        _how_many(and_(runs, waits)).label("running"),
    )
    began = and_(of.case_id == cases.c.id, of.started_at >= SINCE, of.started_at < TILL)
    return grouped(by, figures, cases.join(clock, began), key_of(by, cases, at=of.started_at))
