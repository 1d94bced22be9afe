"""The inbox: events that are news for a post, because it or its office had to do with their case when they happened."""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Text, bindparam, cast, exists, or_

from casework.policy.visibility import BY_OFFICE, BY_SEAT, Door, door, part, the_case
from models import Event, Feed, Follow, Notice, table_of
from models.vocabulary import EventKind, SeatKind
from resolvers.context import Context
from resolvers.feed_points import FeedPoint
from resolvers.rows import EventRow
from resolvers.timeline import events_of, placed

event, feed, follow, notice = table_of(Event), table_of(Feed), table_of(Follow), table_of(Notice)
_MY_NOTICE = or_(notice.c.seat_id == BY_SEAT, notice.c.office_id == BY_OFFICE)


def _then(since: ColumnElement[Any], until: ColumnElement[Any]) -> ColumnElement[bool]:
    """Did it stand when the event happened? The times of a case never run backwards (decision 0014)."""
    return (since <= event.c.recorded_at) & or_(until.is_(None), until >= event.c.recorded_at)


def _concerns(seen: Door) -> ColumnElement[bool]:
    """Did the post or its office take part, had it been told of a matter, or did the post follow the case?"""
    took_part = exists().where(
        part.c.case_id == the_case.c.id, seen.own_participation, _then(part.c.since, part.c.until)
    )
    was_told = exists().where(
        notice.c.case_id == the_case.c.id, _MY_NOTICE, _then(notice.c.given_at, notice.c.ended_at)
    )
    followed = exists().where(
        follow.c.case_id == the_case.c.id, follow.c.seat_id == BY_SEAT, follow.c.since <= event.c.recorded_at
    )
    return or_(*(each.correlate(the_case, event) for each in (took_part, was_told, followed)))


def _told_to_others() -> ColumnElement[bool]:
    """A notice is news for the one who was told, and no one else."""
    told = event.c.payload
    mine = or_(told["seat"].astext == cast(BY_SEAT, Text), told["office"].astext == cast(BY_OFFICE, Text))
    return (event.c.kind == EventKind.NOTICE_GIVEN) & mine.is_not(True)


@cache
def news_of(kind: SeatKind) -> Select[Any]:
    """Read a stretch of the feed, through the door: at most as many rows as the stretch is long."""
    return (
        events_of(kind)
        .add_columns(feed.c.position, event.c.hash)
        .join(feed, feed.c.event_id == event.c.id)
        .where(
            feed.c.position > bindparam("position", type_=BigInteger()),
            feed.c.position <= bindparam("up_to", type_=BigInteger()),
            event.c.actor_seat_id.is_distinct_from(BY_SEAT),
            ~_told_to_others(),
            _concerns(door(kind)),
        )
        .order_by(feed.c.position)
        .limit(bindparam("limit"))
    )


async def inbox_between(context: Context, position: int, up_to: int, *, limit: int) -> list[tuple[EventRow, FeedPoint]]:
    """Give the first events behind `position` and up to another that are news for the actor, in the feed's order."""
    given = {"position": position, "up_to": up_to, "limit": limit}
    return [placed(row) for row in await context.rows(news_of(context.actor().kind), given)]
