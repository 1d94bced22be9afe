"""What is news for an office itself, in no post of it: for its webhooks."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam

from casework.deliveries import NewDelivery
from casework.policy.actors import office_itself
from casework.policy.visibility import door, the_case
from models import Event, Feed, table_of
from models.vocabulary import AccessLevel, Level, SeatKind
from resolvers.context import Context, Services
from resolvers.feed_points import FeedPoint, end_of_feed
from resolvers.inbox import news_of
from resolvers.rows import EventRow
from resolvers.timeline import events_of, placed

event, feed = table_of(Event), table_of(Feed)
STRETCH = 500
"""Positions that one look reads."""


class News(NamedTuple):
    """An event as the office may be told of it now."""

    event: EventRow
    point: FeedPoint
    reference: str
    level: AccessLevel


class Stretch(NamedTuple):
    """What is news, and how far the feed was read for it."""

    read_to: int
    found: Sequence[NewDelivery]


def asking(services: Services, office_id: int) -> Context:
    """Give a context in which the office asks; close it when done."""
    agency = services.reference.offices[office_id].agency_code
    by = office_itself(office_id, agency)
    return Context(services, thai=True, reference=services.reference, now=services.clock(), by=by)


async def news_behind(services: Services, office_id: int, position: int, *, kinds: Sequence[str]) -> Stretch:
    """Give the events behind a position that are news for the office and of these kinds; none named means all."""
    context = asking(services, office_id)
    try:
        end = await end_of_feed(context)
        up_to = min(end.position, position + STRETCH)
        given = {"position": position, "up_to": up_to, "limit": STRETCH}
        rows = [placed(row) for row in await context.rows(news_of(SeatKind.OFFICER), given)]
    finally:
        await context.close()
    wanted = [(row, point) for row, point in rows if not kinds or row.kind.value in kinds]
    return Stretch(up_to, [NewDelivery(row.id, row.kind.value, row.case_id, point.position) for row, point in wanted])


@cache
def _told() -> Select[Any]:
    """Read one event as the office sees it, with its case's reference and the level."""
    seen = door(SeatKind.OFFICER)
    return (
        events_of(SeatKind.OFFICER)
        .add_columns(the_case.c.reference, seen.level.label("level"), feed.c.position, event.c.hash)
        .join(feed, feed.c.event_id == event.c.id)
        .where(event.c.id == bindparam("event_id", type_=BigInteger()))
    )


async def news_now(services: Services, office_id: int, event_id: int) -> News | None:
    """Give an event as the office may be told of it at this instant; None when it may not."""
    context = asking(services, office_id)
    try:
        rows = await context.rows(_told(), {"event_id": event_id})
    finally:
        await context.close()
    if not rows:
        return None
    row = rows[0]
    told = placed((*row[: len(EventRow._fields)], row.position, row.hash))
    return News(*told, row.reference, AccessLevel[Level(row.level).name])
