"""Notices on their way to people outside the service: whom they are for, whose turn it is, and what became of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, and_, bindparam, cast, delete, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.policy.relations import LEADERS
from casework.rules.sending import NOTICES_GIVEN_UP_AFTER, wait_after
from casework.work import Unit
from models import Incumbency, NoticeAddress, OutgoingNotice, Seat, Webhook, table_of
from models.columns import IDS
from models.webhook_words import DeliveryState

outgoing, address, incumbency, seat = (table_of(model) for model in (OutgoingNotice, NoticeAddress, Incumbency, Seat))
AT_ONCE = 10
KEPT = timedelta(days=30)


async def tell_incumbents(work: Unit, *, notice_id: int, seat_id: int | None, office_id: int | None) -> None:
    """Let a notice go out to everybody who fills the post, or a post of the office, and has given an address."""
    whom = seat.c.id == seat_id if office_id is None else seat.c.office_id == office_id
    await _write(work, whom, notice_id=notice_id, webhook_id=None)


async def tell_leaders(work: Unit, webhook: Webhook) -> None:
    """Let those who look after the office's webhooks know that one was disabled."""
    whom = and_(seat.c.office_id == webhook.office_id, seat.c.kind.in_(LEADERS))
    await _write(work, whom, notice_id=None, webhook_id=webhook.id)


async def _write(work: Unit, whom: ColumnElement[bool], *, notice_id: int | None, webhook_id: int | None) -> None:
    fills = and_(incumbency.c.since <= work.now, or_(incumbency.c.until.is_(None), incumbency.c.until > work.now))
    people = (
        select(
            IDS.next_value(),
            cast(literal(notice_id), BigInteger),
            cast(literal(webhook_id), BigInteger),
            seat.c.id,
            incumbency.c.account_id,
            address.c.channel,
            literal(DeliveryState.PENDING.value),
            literal(work.now),
            literal(0),
            literal(work.now),
        )
        .select_from(seat.join(incumbency, incumbency.c.seat_id == seat.c.id))
        .join(address, address.c.account_id == incumbency.c.account_id)
        .where(whom, fills)
    )
    names = [
        "id",
        "notice_id",
        "webhook_id",
        "seat_id",
        "account_id",
        "channel",
        "state",
        "made_at",
        "attempts",
        "next_at",
    ]
    await work.session.execute(insert(outgoing).from_select(names, people))


_NOW = bindparam("now", type_=DateTime(timezone=True))
_DUE = (
    select(outgoing.c.id)
    .where(outgoing.c.state == DeliveryState.PENDING, outgoing.c.next_at <= _NOW)
    .order_by(outgoing.c.next_at, outgoing.c.id)
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)
_TAKE = update(outgoing).where(outgoing.c.id.in_(_DUE)).values(next_at=bindparam("until")).returning(*outgoing.c)
_ADDRESS = select(address.c.address).where(
    address.c.account_id == bindparam("account"),
    address.c.channel == bindparam("channel", type_=address.c.channel.type),
)


async def take_outgoing(engine: AsyncEngine, *, now: datetime, until: datetime) -> Sequence[Any]:
    """Take what is due; until then no other worker does, and after it one may: whoever took it has died."""
    async with engine.begin() as connection:
        return (await connection.execute(_TAKE, {"now": now, "until": until})).all()


async def address_for(engine: AsyncEngine, row: Any) -> str | None:
    """Give where the person wants to be told now; None when no longer."""
    async with engine.connect() as connection:
        found: str | None = await connection.scalar(_ADDRESS, {"account": row.account_id, "channel": row.channel})
        return found


async def settle(engine: AsyncEngine, *, id_: int, state: DeliveryState, now: datetime) -> None:
    """Note that it is over: delivered, or withheld."""
    async with engine.begin() as connection:
        over = {"state": state, "done_at": now, "attempts": outgoing.c.attempts + 1}
        await connection.execute(update(outgoing).where(outgoing.c.id == id_).values(**over))


async def put_off(engine: AsyncEngine, row: Any, *, now: datetime, chance: Random) -> None:
    """Note that it did not go out: it is tried again, until it is no news any more."""
    if now - row.made_at >= NOTICES_GIVEN_UP_AFTER:
        await settle(engine, id_=row.id, state=DeliveryState.FAILED, now=now)
        return
    later = {"attempts": row.attempts + 1, "next_at": now + wait_after(row.attempts + 1, chance)}
    async with engine.begin() as connection:
        await connection.execute(update(outgoing).where(outgoing.c.id == row.id).values(**later))


async def forget_old_notices(engine: AsyncEngine, *, now: datetime) -> int:
    """Delete what has been over for a month; tell how many."""
    async with engine.begin() as connection:
        return (await connection.execute(delete(outgoing).where(outgoing.c.done_at < now - KEPT))).rowcount
