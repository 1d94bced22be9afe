"""A post taken onto the desk: locked, ready to be filled or emptied."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode, Versioned
from casework.policy.permissions import check, may_appoint
from casework.work import Work
from models import Seat
from models.vocabulary import EventKind, SeatAction


async def take_seat_for(work: Work, seat_id: int, action: SeatAction, *, expected_version: int) -> Seat:
    """Take a post, which everybody signed in sees: permitted, of the expected version; else refuse, in this order."""
    seat = await work.session.get(Seat, seat_id)
    if seat is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "seat")
    check(may_appoint(work.by, action, seat))
    locked = select(Seat).where(col(Seat.id) == seat_id).with_for_update()
    seat = (await work.session.scalars(locked.execution_options(populate_existing=True))).one()
    if seat.version != expected_version:
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.SEAT, seat_id))
    return seat


async def change_seat(work: Work, seat: Seat, kind: EventKind, payload: journal.Payload) -> None:
    """Raise the post's version and write what happened."""
    seat.version += 1
    await journal.append(work, seat, kind, payload)
