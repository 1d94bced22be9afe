"""Making a post: one at a time, so that their numbers stay apart, with the event that begins its chain."""

from sqlalchemy import func, select, text
from sqlmodel import col

from casework import journal
from casework.work import Unit
from models import Seat
from models.vocabulary import EventKind, SeatKind

SEATS_LOCK = 4_727_010


async def one_at_a_time(work: Unit) -> None:
    """Wait until nobody else makes posts, to the end of the transaction."""
    await work.session.execute(text(f"SELECT pg_advisory_xact_lock({SEATS_LOCK})"))


async def make_seat(
    work: Unit,
    kind: SeatKind,
    *,
    area_code: str | None = None,
    office_id: int | None = None,
    handles_sensitive: bool = False,
) -> Seat:
    """Write the post with the next number of its kind at its place; the caller has waited for its turn."""
    same = (
        col(Seat.kind) == kind,
        col(Seat.area_code).is_not_distinct_from(area_code),
        col(Seat.office_id).is_not_distinct_from(office_id),
    )
    last = await work.session.scalar(select(func.max(col(Seat.number))).where(*same))
    seat = Seat(
        id=await work.new_id(),
        kind=kind,
        area_code=area_code,
        office_id=office_id,
        number=(last or 0) + 1,
        handles_sensitive=handles_sensitive,
    )
    await work.save(seat)
    created: journal.Payload = {"kind": kind.value, "area": area_code, "office": office_id, "number": seat.number}
    await journal.append(work, seat, EventKind.SEAT_CREATED, created)
    return seat
