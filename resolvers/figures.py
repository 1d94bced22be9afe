"""The figures of groups of cases: each statement gives them by one key, or all cases as one group."""

from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, distinct, extract, func, or_, select
from sqlalchemy.dialects.postgresql import array

from casework.policy.visibility import AT_NOW
from models.clock_words import DeadlineEnding
from models.statistics_words import IN_TIME, StatisticsBy
from models.vocabulary import Outcome, SeatKind
from resolvers.cases import SHAPES
from resolvers.counted_cases import SINCE, TILL, clock, grouped, key_of, marks, once, problem, seen

Key = str | int | None
"""A code, an office's id, or the number of a span of time; None: all of them together."""


class CaseFigures(NamedTuple):
    key: Key
    opened: int
    closed: int
    still_open: int
    people: int
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
    rows = marks(cases) if by in IN_TIME else once(cases)
    dwell = extract("epoch", rows.c.resolved_at - rows.c.opened_at)
    figures = select(
        *(_how_many(rows.c[name]).label(name) for name in ("opened", "closed", "still_open")),
        func.count(distinct(rows.c.citizen_id)).filter(rows.c.opened, rows.c.is_open).label("people"),
        _how_many(rows.c.resolved).label("resolved"),
        func.percentile_cont(array([0.5, 0.9])).within_group(dwell).filter(rows.c.resolved).label("dwells"),
    )
    return grouped(by, figures, rows, key_of(by, rows, at=rows.c.at))


@lru_cache(SHAPES)
def outcome_figures(kind: SeatKind | None, names: frozenset[str], by: StatisticsBy | None) -> Select[Any]:
    """Count problems by the outcome that was recorded in the period, with the sums of their amounts."""
    cases, of = seen(kind, names), problem.c
    figures = select(
        func.count().label("counted"),
        func.count(of.amount_claimed).label("with_claim"),
        func.sum(of.amount_claimed).label("claimed"),
        func.count(of.amount_recovered).label("with_recovery"),
        func.sum(of.amount_recovered).label("recovered"),
    )
    recorded = and_(of.case_id == cases.c.id, of.outcome_at >= SINCE, of.outcome_at < TILL, of.outcome.is_not(None))
    keyed = key_of(by, cases, at=of.outcome_at, type_code=of.problem_type_code)
    return grouped(by, figures, cases.join(problem, recorded), keyed, of.outcome)


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
