"""A post taken onto the desk: locked, ready to be filled or emptied."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import check, may_with_post
from casework.versions import Versioned
from casework.work import Unit, Work
from models import Incumbency, Seat
from models.action_words import SeatAction
from models.vocabulary import EventKind, IncumbencyKind


async def take_seat(work: Work, seat_id: int, action: SeatAction) -> Seat:
    """Take a post, which everybody signed in sees, for an action that expects no version of it."""
    seat = await work.session.get(Seat, seat_id)
    if seat is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "seat")
    check(may_with_post(work.by, action, seat))
    return await lock_seat(work, seat_id)


async def lock_seat(work: Unit, seat_id: int) -> Seat:
    """Lock a post that is there, for an event of its own."""
    locked = select(Seat).where(col(Seat.id) == seat_id).with_for_update(key_share=True)
    return (await work.session.scalars(locked.execution_options(populate_existing=True))).one()


async def take_seat_for(work: Work, seat_id: int, action: SeatAction, *, expected_version: int) -> Seat:
    """Take a post: permitted, of the expected version; else refuse, in this order."""
    seat = await take_seat(work, seat_id, action)
    if seat.version != expected_version:
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.SEAT, seat_id))
    return seat


async def check_free(work: Work, seat_id: int, since: datetime, until: datetime | None) -> None:
    """Refuse a time in which somebody fills the post.

    The seat's lock keeps the answer true; the database's exclusion constraint stands behind it.
    """
    period = func.tstzrange(col(Incumbency.since), col(Incumbency.until))
    overlapping = select(col(Incumbency.id)).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.kind) == IncumbencyKind.PRIMARY,
        period.op("&&")(func.tstzrange(since, until)),
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > since),
    )
    if (await work.session.execute(overlapping)).first() is not None:
        raise Refusal(RefusalCode.SEAT_FILLED, "input", "seat")


async def change_seat(work: Unit, seat: Seat, kind: EventKind, payload: journal.Payload) -> None:
    """Raise the post's version and write what happened."""
    seat.version += 1
    await journal.append(work, seat, kind, payload)
