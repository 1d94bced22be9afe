"""How the writing of an export goes on, until it is over."""

from collections.abc import AsyncIterator

from casework.errors import Refusal, RefusalCode
from casework.exports import OPEN
from resolvers.context import Context
from resolvers.exports import exports_by_ids
from resolvers.feeds import check_post
from resolvers.rows_of_exports import ExportRow


async def follow_export(context: Context, export_id: int) -> AsyncIterator[ExportRow]:
    """Give the export as it stands, and again each time that something about it has changed; its end comes last.

    Refuses what is not the actor's own. It needs no cursor: how an export stands says all that happened to it.
    """
    by, told = context.actor(), None
    async with context.services.feed.subscribe_export(export_id) as news:
        while True:
            async with context.snapshot() as look:
                check_post(look, by.seat_id)
                (row,) = await exports_by_ids([export_id], context=look)
            if row is None:
                raise Refusal(RefusalCode.NOT_FOUND, "id")
            if row != told:
                yield row
            if row.state not in OPEN:
                return
            told = row
            await news.wait()
