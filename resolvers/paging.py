"""Keyset pages: `first`/`after` or `last`/`before` over an order with a unique tie-break."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context

MOST = 100
EXACT_TO = 10_000
"""Counting stops here: `totalCount` is exact up to it."""


class Paging(NamedTuple):
    """Which part of a list is asked for."""

    limit: int
    backward: bool
    after: tuple[Any, ...] | None

    @property
    def shape(self) -> tuple[bool, bool]:
        """What decides the statement: its direction, and whether it starts at a cursor."""
        return self.backward, self.after is not None


class Total(NamedTuple):
    """How to count a list when somebody asks: known, or a statement; one for all parents takes their `ids`."""

    statement: Any = None
    given: Mapping[str, Any] = {}
    parent_id: int | None = None
    known: int | None = None


NOT_COUNTED = Total()


class Page(NamedTuple):
    rows: Sequence[Any]
    has_next_page: bool
    has_previous_page: bool
    cursor_of: Callable[[Any], str]
    total: Total
    tally: Total = NOT_COUNTED
    """How to count it by state, where its rows are cases."""


def paging(
    context: Context, name: str, *, first: int | None, last: int | None, after: str | None, before: str | None
) -> Paging:
    """Read the arguments of the list called `name`; refuse odd sizes and cursors of other lists."""
    size = first if first is not None else last
    mixed = (first is not None and (last is not None or before is not None)) or (last is not None and after is not None)
    if size is None or mixed or not 1 <= size <= MOST:
        raise Refusal(RefusalCode.PAGE_SIZE_INVALID, "first" if last is None else "last", limit=MOST)
    text, argument = (after, "after") if last is None else (before, "before")
    return Paging(size, last is not None, None if text is None else _read_cursor(context, name, text, argument))


def make_cursor(context: Context, name: str, *values: Any) -> str:
    return context.keys.seal(f"cursor:{name}", orjson.dumps([_plain(value) for value in values]))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read_value(value: Any) -> Any:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    return datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else value


def _read_cursor(context: Context, name: str, text: str, argument: str) -> tuple[Any, ...]:
    data = context.keys.unseal(f"cursor:{name}", text)
    if data is None:
        raise Refusal(RefusalCode.CURSOR_INVALID, argument)
    return tuple(_read_value(value) for value in orjson.loads(data))


def keyset(
    statement: Select[Any], keys: Sequence[ColumnElement[Any]], shape: tuple[bool, bool], *, descending: bool
) -> Select[Any]:
    """Order by the keys, start behind the cursor, and take one row more than the page to know whether more follow."""
    behind = behind_cursor(statement, keys, shape, descending=descending)
    return in_order(behind, keys, shape, descending=descending).limit(bindparam("limit"))


def behind_cursor(
    statement: Select[Any], keys: Sequence[ColumnElement[Any]], shape: tuple[bool, bool], *, descending: bool
) -> Select[Any]:
    backward, from_cursor = shape
    if not from_cursor:
        return statement
    cursor = tuple_(*(bindparam(f"after_{at}", type_=key.type) for at, key in enumerate(keys)))
    return statement.where(tuple_(*keys) < cursor if descending != backward else tuple_(*keys) > cursor)


def in_order(
    statement: Select[Any], keys: Sequence[ColumnElement[Any]], shape: tuple[bool, bool], *, descending: bool
) -> Select[Any]:
    """Order by the keys, or against them when the page is read backward."""
    return statement.order_by(*(key.desc() if descending != shape[0] else key.asc() for key in keys))


def keyset_values(page: Paging) -> dict[str, Any]:
    """Give the parameters that `keyset` left open."""
    values = {f"after_{at}": value for at, value in enumerate(page.after or ())}
    return {"limit": page.limit + 1, **values}


def make_page(
    rows: Sequence[Any], page: Paging, cursor_of: Callable[[Any], str], total: Total, tally: Total = NOT_COUNTED
) -> Page:
    """Cut the extra row off and bring a backward page into reading order."""
    more = len(rows) > page.limit
    kept = list(rows[: page.limit])
    if page.backward:
        kept.reverse()
        return Page(kept, page.after is not None, more, cursor_of, total, tally)
    return Page(kept, more, page.after is not None, cursor_of, total, tally)


def capped(statement: Select[Any]) -> Select[Any]:
    """Count the rows of a statement, stopping one beyond the cap."""
    return select(func.count()).select_from(statement.limit(EXACT_TO + 1).subquery())


async def totals(pages: Sequence[Page], *, context: Context) -> list[int]:
    """Count each page's whole list: lists of the service one by one, lists of many parents in one statement."""
    by_parent: dict[Any, dict[int, int]] = {}
    for page in pages:
        total = page.total
        if total.parent_id is not None and _list_of(total) not in by_parent:
            ids = list({p.total.parent_id for p in pages if _list_of(p.total) == _list_of(total)})
            rows = await context.rows(total.statement, {**total.given, "ids": ids})
            by_parent[_list_of(total)] = {row.id: row.counted for row in rows}
    return [await _count(page.total, by_parent, context) for page in pages]


def _list_of(total: Total) -> tuple[int, Any]:
    """Tell lists of many parents apart: one statement counts those that ask it the same."""
    return id(total.statement), total.given.get("as_of")


async def _count(total: Total, by_parent: dict[Any, dict[int, int]], context: Context) -> int:
    if total.known is not None:
        return total.known
    if total.parent_id is not None:
        return by_parent[_list_of(total)].get(total.parent_id, 0)
    count: int = (await context.rows(total.statement, total.given))[0][0]
    return count
