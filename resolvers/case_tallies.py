"""Lists of cases counted by state: for the tabs above them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from models.vocabulary import CaseState
from resolvers.context import Context
from resolvers.paging import EXACT_TO, Page, Total

TALLY_TO = 200_000
"""So many cases are looked at, in 0.1 s; in a longer list every count is a lower bound."""


class StateCountRow(NamedTuple):
    state: CaseState
    counted: int
    is_exact: bool


def tallied(listed: Select[Any]) -> Select[Any]:
    """Count the cases of a list, a select with their `state`, by state: all states in one pass."""
    seen = listed.limit(TALLY_TO + 1).subquery()
    return select(seen.c.state, func.count().label("counted")).group_by(seen.c.state)


async def tallies(pages: Sequence[Page], *, context: Context) -> list[list[StateCountRow]]:
    """Count each page's list by state: lists of the service one by one, lists of many parents in one statement."""
    counts: dict[tuple[int, int | None], Counter[CaseState]] = {}
    for page in pages:
        if _list_of(page) not in counts:
            counts |= await _counts(page.tally, pages, context)
    return [_rows(counts[_list_of(page)]) for page in pages]


def _list_of(page: Page) -> tuple[int, int | None]:
    return id(page.tally.statement), page.tally.parent_id


async def _counts(
    tally: Total, pages: Sequence[Page], context: Context
) -> dict[tuple[int, int | None], Counter[CaseState]]:
    """Count one list, or all the lists that share its statement."""
    alike = {_list_of(page): Counter[CaseState]() for page in pages if page.tally.statement is tally.statement}
    given = {"ids": [parent for _, parent in alike]} if tally.parent_id is not None else {}
    for row in await context.rows(tally.statement, {**tally.given, **given}):
        parent = row.id if given else None
        alike[id(tally.statement), parent][row.state] = row.counted
    return alike


def _rows(counted: Mapping[CaseState, int]) -> list[StateCountRow]:
    whole = sum(counted.values()) <= TALLY_TO
    return [
        StateCountRow(state, min(count, EXACT_TO), whole and count <= EXACT_TO)
        for state, count in ((state, counted.get(state, 0)) for state in CaseState)
    ]
