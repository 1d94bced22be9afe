"""Streams of events: read from the journal by cursor; being woken only says that it is worth looking."""

from collections.abc import AsyncIterator

from casework.errors import Refusal, RefusalCode
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.rows import EventRow
from resolvers.timeline import events_after, last_position

BATCH = 100


async def follow_case(context: Context, case_id: int, position: int | None) -> AsyncIterator[tuple[EventRow, int]]:
    """Give the case's events behind a position of the feed (None: from now on), for ever.

    Refuses when the actor does not see the case, or no longer does: visibility is asked at every look.
    """
    context.actor()
    async with context.services.feed.subscribe(case_id) as news:
        while True:
            async with context.snapshot() as look:
                (case,) = await cases_by_ids([case_id], context=look)
                if case is None:
                    raise Refusal(RefusalCode.NOT_FOUND, "caseId")
                if position is None:
                    position = await last_position(look)
                events = await events_after(look, case_id, position, limit=BATCH)
            for event, position in events:
                yield event, position
            if len(events) < BATCH:
                await news.wait()
