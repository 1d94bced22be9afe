"""Appoint the administrator whom nobody in the service could appoint: the operator's own verb."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlmodel import col

from casework import journal
from casework.accounts import NewAccount, account_of, make_account
from casework.errors import Refusal, RefusalCode
from casework.new_seats import make_seat, one_at_a_time
from casework.seat_desk import change_seat
from casework.work import Unit
from models import Account, Incumbency, Seat
from models.vocabulary import EventKind, IncumbencyKind, SeatKind


class Appointed(NamedTuple):
    seat_id: int
    anew: bool
    """False when the person is an administrator already."""


async def appoint_administrator(work: Unit, *, person: NewAccount, another: bool) -> Appointed:
    """Fill an empty post of an administrator, or a new one; beside another administrator only when that is wanted."""
    await one_at_a_time(work)
    present = await _administrators(work)
    if person.subject in present:
        return Appointed(present[person.subject], anew=False)
    if present and not another:
        raise Refusal(RefusalCode.ADMINISTRATOR_EXISTS)
    account_id = await account_of(work, person.subject) or await make_account(work, person)
    if account_id is None:
        raise Refusal(RefusalCode.PERSON_KNOWN)
    seat = await _empty_seat(work) or await make_seat(work, SeatKind.ADMIN)
    incumbency = Incumbency(
        id=await work.new_id(),
        seat_id=seat.id,
        account_id=account_id,
        kind=IncumbencyKind.PRIMARY,
        since=work.now,
    )
    await work.save(incumbency)
    appointed: journal.Payload = {
        "incumbency": incumbency.id,
        "account": account_id,
        "kind": incumbency.kind.value,
    }
    await change_seat(work, seat, EventKind.INCUMBENT_APPOINTED, appointed)
    return Appointed(seat.id, anew=True)


async def _administrators(work: Unit) -> dict[UUID | None, int]:
    """Give who fills which post of an administrator, now or later."""
    filled = (
        select(col(Account.subject), col(Seat.id))
        .join_from(Account, Incumbency, col(Incumbency.account_id) == col(Account.id))
        .join(Seat)
        .where(col(Seat.kind) == SeatKind.ADMIN, or_(col(Incumbency.until).is_(None), col(Incumbency.until) > work.now))
    )
    return {row[0]: row[1] for row in await work.session.execute(filled)}


async def _empty_seat(work: Unit) -> Seat | None:
    filled = exists().where(
        col(Incumbency.seat_id) == col(Seat.id),
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > work.now),
    )
    empty = select(Seat).where(col(Seat.kind) == SeatKind.ADMIN, ~filled).order_by(col(Seat.number)).limit(1)
    seat: Seat | None = await work.session.scalar(empty.with_for_update())
    return seat
