"""The orders of a list of cases: each unique by the case's id, none of them telling what a level hides."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, DateTime, case, func, literal_column

from casework.policy.visibility import door, the_case
from models.list_words import CaseOrder
from models.vocabulary import Level, Priority, SeatKind
from resolvers.rows import CaseRow

NEVER = datetime.max.replace(tzinfo=UTC)
"""What asyncpg sends as PostgreSQL's `infinity`."""
RANKS = {Priority.URGENT: 0, Priority.NORMAL: 1, Priority.LOW: 2}
HIDDEN = 3

_due = func.coalesce(
    the_case.c.due_at, literal_column("'infinity'", DateTime(timezone=True)), type_=DateTime(timezone=True)
)


class Order(NamedTuple):
    """`keys` sort, the case's id last; `values` gives those of a row, for its cursor."""

    keys: Sequence[ColumnElement[Any]]
    values: Callable[[CaseRow], Sequence[Any]]
    descending: bool


@cache
def order_of(kind: SeatKind, order: CaseOrder) -> Order:
    if order is CaseOrder.UPDATED:
        return Order((the_case.c.updated_at, the_case.c.id), lambda row: (row.updated_at, row.id), descending=True)
    if order is CaseOrder.OPENED:
        return Order((the_case.c.opened_at, the_case.c.id), lambda row: (row.opened_at, row.id), descending=True)
    if order is CaseOrder.DUE:
        return Order((_due, the_case.c.id), lambda row: (row.due_at or NEVER, row.id), descending=False)
    return Order((_rank(kind), _due, the_case.c.id), _priority_values, descending=False)


def _rank(kind: SeatKind) -> ColumnElement[int]:
    """Rank a case by its priority where the actor may know it; all others alike."""
    rank = case(*((the_case.c.priority == priority, rank) for priority, rank in RANKS.items()))
    return case((door(kind).reaches(Level.ANONYMOUS), rank), else_=HIDDEN)


def _priority_values(row: CaseRow) -> Sequence[Any]:
    rank = HIDDEN if row.priority is None else RANKS[row.priority]
    return rank, row.due_at or NEVER, row.id
