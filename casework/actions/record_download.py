"""Write into the post's journal that the file of an export was fetched."""

from casework import journal
from casework.seat_desk import lock_seat
from casework.work import Work
from models.vocabulary import EventKind


async def record_download(work: Work, *, export_id: int) -> None:
    """Whoever fetches it has been found to be the one who asked for it."""
    await journal.append(
        work, await lock_seat(work, work.by.seat_id), EventKind.EXPORT_DOWNLOADED, {"export": export_id}
    )
