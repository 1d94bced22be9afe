"""Streams of events: read from the journal by cursor; being woken only says that it is worth looking.

Both subscribe to the bell before they look, so nothing falls between what is replayed and what comes.
"""

from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple, TypeAlias

from casework.errors import Refusal, RefusalCode
from models.stream_words import AccessEndReason, ResyncReason
from models.vocabulary import Level
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.feed_points import FeedPoint, end_seen_from, point_at
from resolvers.inbox import inbox_between
from resolvers.rows import CaseRow, EventRow
from resolvers.timeline import events_after

BATCH = 100
STRETCH = 500
"""Positions of the feed that one look at an inbox reads, whomever their events concern."""
MOVE_EVERY = 1_000
"""Positions after which a follower is given a new cursor, although nothing happened that concerns it."""
MOST_BEHIND = 50_000
"""Positions behind which an inbox is not told event by event any more: about ten days of a whole country."""


class Told(NamedTuple):
    """An event, and the place behind it."""

    event: EventRow
    point: FeedPoint


class Moved(NamedTuple):
    """Everything up to here is told."""

    point: FeedPoint


class CaughtUp(NamedTuple):
    """All that there is is told, up to the end of the feed; `point` is where the next look begins."""

    point: FeedPoint
    end: FeedPoint


class Resync(NamedTuple):
    """The place from which the follower wanted to go on is no good; `point` is the end of the feed."""

    reason: ResyncReason
    point: FeedPoint


class Ended(NamedTuple):
    """The follower heard the case's events, and does not see them any more."""

    reason: AccessEndReason


CaseNews: TypeAlias = Told | Resync | Ended | CaughtUp
InboxNews: TypeAlias = Told | Moved | Resync | CaughtUp


async def follow_case(context: Context, case_id: int, after: FeedPoint | None) -> AsyncIterator[CaseNews]:
    """Give the case's events behind a place in the feed (None: from now on), for ever.

    Refuses when the actor does not see the case; visibility is asked at every look. `Resync` and `Ended` come last,
    `CaughtUp` before each wait for news.
    """
    by = context.actor()
    point, hears = after, False
    async with context.services.feed.subscribe(case_id) as news:
        while True:
            async with context.snapshot() as look:
                check_post(look, by.seat_id)
                (case,) = await cases_by_ids([case_id], context=look)
                if case is None and not hears:
                    raise Refusal(RefusalCode.NOT_FOUND, "caseId")
                last: Resync | Ended | CaughtUp | None = _why_ended(case) if hears else None
                told: list[Told] = []
                if last is None:
                    hears = case is not None and case.level >= Level.ANONYMOUS
                    point, last, told = await _look_at_case(look, case_id, point)
            for each in told:
                yield each
            if last is not None and not isinstance(last, CaughtUp):
                yield last
                return
            if last is not None:
                yield last
                await news.wait()


def check_post(look: Context, seat_id: int) -> None:
    """A stream is of the post in which it began: refuse to go on in another one, or in none."""
    if look.actor().seat_id != seat_id:
        raise Refusal(RefusalCode.NO_SEAT)


def _why_ended(case: CaseRow | None) -> Ended | None:
    if case is None:
        return Ended(AccessEndReason.CASE_HIDDEN)
    return Ended(AccessEndReason.STATUS_ONLY) if case.level < Level.ANONYMOUS else None


async def _look_at_case(
    look: Context, case_id: int, point: FeedPoint | None
) -> tuple[FeedPoint, Resync | CaughtUp | None, list[Told]]:
    """Give where to go on, what is to be said behind the next events (None: there are more), and these events."""
    end, known = await end_seen_from(look, point)
    if not known:
        return end, Resync(ResyncReason.PLACE_UNKNOWN, end), []
    if point is None:
        return end, CaughtUp(end, end), []
    told = [Told(*each) for each in await events_after(look, case_id, point.position, limit=BATCH)]
    reached = told[-1].point if told else point
    return reached, CaughtUp(reached, end) if len(told) < BATCH else None, told


async def follow_inbox(context: Context, after: FeedPoint | None) -> AsyncIterator[InboxNews]:
    """Give what is news for the actor's post behind a place in the feed (None: from now on), for ever.

    Begins with the place itself when none was given. Whoever has heard nothing for long is told that it moved on;
    `CaughtUp` comes before each wait for news.
    """
    by = context.actor()
    point, known_to_client = after, after
    async with context.services.feed.subscribe_inbox(by.seat_id, by.office_id) as news:
        while True:
            async with context.snapshot() as look:
                check_post(look, by.seat_id)
                found, point, more = await _look_at_inbox(look, point)
            for each in found:
                yield each
                known_to_client = each.point
            if found and isinstance(found[-1], Resync):
                return
            if known_to_client is not None and point.position - known_to_client.position >= MOVE_EVERY:
                yield Moved(point)
                known_to_client = point
            if not more:
                yield CaughtUp(point, point)
                await news.wait()


async def _look_at_inbox(look: Context, point: FeedPoint | None) -> tuple[Sequence[InboxNews], FeedPoint, bool]:
    """Read the next stretch of the feed: give what is news in it, where to go on, and whether more is there already."""
    end, known = await end_seen_from(look, point)
    if point is None:
        return [Moved(end)], end, False
    if not known:
        return [Resync(ResyncReason.PLACE_UNKNOWN, end)], end, False
    if end.position - point.position > MOST_BEHIND:
        return [Resync(ResyncReason.TOO_FAR_BEHIND, end)], end, False
    up_to = min(end.position, point.position + STRETCH)
    told = [Told(*each) for each in await inbox_between(look, point.position, up_to, limit=BATCH)]
    if len(told) == BATCH:
        return told, told[-1].point, True
    reached = end if up_to == end.position else await point_at(look, up_to)
    return told, reached, up_to < end.position
