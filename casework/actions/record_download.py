"""Write into the post's journal that the file of an export was fetched."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.work import KEY_STAYS, Work
from models import Seat
from models.vocabulary import EventKind


async def record_download(work: Work, *, export_id: int) -> None:
    """Whoever fetches it has been found to be the one who asked for it."""
    own = select(Seat).where(col(Seat.id) == work.by.seat_id).with_for_update(**KEY_STAYS)
    seat = (await work.session.scalars(own)).one()
    await journal.append(work, seat, EventKind.EXPORT_DOWNLOADED, {"export": export_id})
