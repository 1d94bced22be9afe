"""Places in the feed, and whether the feed still knows them.

A place is a position with a mark of the event there: a database that was restored from an earlier copy gives the same
positions to other events, and is told apart by their marks.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, bindparam, func, select

from models import Feed, table_of
from resolvers.context import Context
from resolvers.rows import CaseRow

feed = table_of(Feed)
MARK_BYTES = 8


class FeedPoint(NamedTuple):
    """Behind the event at `position`; `mark` is the beginning of that event's hash."""

    position: int
    mark: bytes


BEGINNING = FeedPoint(0, bytes(MARK_BYTES))
"""Before the first event of all."""

_last = select(func.coalesce(func.max(feed.c.position), 0).label("position")).subquery("last")
_AT = bindparam("position", type_=BigInteger())
_END = select(_last.c.position, func.feed_mark(_last.c.position).label("mark"))
_END_AND_MARK = _END.add_columns(func.feed_mark(_AT).label("mark_there"))
_MARK = select(func.feed_mark(_AT).label("mark"))


async def end_of_feed(context: Context) -> FeedPoint:
    """Give the end of the feed as this snapshot sees it."""
    (end,) = await context.rows(_END)
    return FeedPoint(end.position, _mark(end.mark))


async def ends_of_feed(cases: Sequence[CaseRow], *, context: Context) -> list[FeedPoint]:
    """Give the end of the feed, the same for every case."""
    return [await end_of_feed(context)] * len(cases)


async def end_seen_from(context: Context, point: FeedPoint | None) -> tuple[FeedPoint, bool]:
    """Give the end of the feed, and tell whether the feed knows the place: has that event at that position."""
    if point is None:
        return await end_of_feed(context), True
    (end,) = await context.rows(_END_AND_MARK, {"position": point.position})
    return FeedPoint(end.position, _mark(end.mark)), _mark(end.mark_there) == point.mark


async def point_at(context: Context, position: int) -> FeedPoint:
    """Give the place of a position that the feed has."""
    (there,) = await context.rows(_MARK, {"position": position})
    return FeedPoint(position, _mark(there.mark))


def _mark(found: Any) -> bytes:
    """No event, no mark: before the first one, and beyond the last."""
    return bytes(MARK_BYTES) if found is None else bytes(found)
