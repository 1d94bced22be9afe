"""Write into the post's journal that the file of an export was fetched."""

from datetime import datetime

from sqlalchemy import update

from casework import journal
from casework.seat_desk import lock_seat
from casework.work import Work
from models import Export, table_of
from models.vocabulary import EventKind

export = table_of(Export)


async def record_download(work: Work, *, export_id: int, until: datetime) -> None:
    """Tell of a link, which holds until then, when it is used first; whoever uses it is the one who asked for the file.

    A file that a browser fetches in pieces, or takes up again, is fetched once.
    """
    seat = await lock_seat(work, work.by.seat_id)
    is_first = update(export).where(export.c.id == export_id, export.c.fetched_until.is_distinct_from(until))
    connection = await work.session.connection()
    if (await connection.execute(is_first.values(fetched_until=until))).rowcount == 1:
        await journal.append(work, seat, EventKind.EXPORT_DOWNLOADED, {"export": export_id})
