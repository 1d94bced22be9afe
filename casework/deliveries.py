"""Deliveries to webhooks as the worker keeps them: whose turn it is, what is to be sent, and what became of it.

One worker at a time has a webhook, for a time that it asks for anew each time; no transaction lasts while something is
sent. So what a killed worker had sent and not noted is sent again, with the same id.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import BigInteger, DateTime, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.outgoing import tell_leaders
from casework.reference.data import ReferenceData
from casework.rules.sending import is_disabled, is_given_up, wait_after
from casework.webhooks import change_webhook
from casework.work import KEY_STAYS, Unit
from models import Webhook, WebhookDelivery, table_of
from models.columns import IDS
from models.vocabulary import EventKind
from models.webhook_words import DeliveryFault, DeliveryState, WebhookState

GONE = 410
KEPT = timedelta(days=30)
"""How long what is over is kept."""

webhook, delivery = table_of(Webhook), table_of(WebhookDelivery)


class NewDelivery(NamedTuple):
    """An event that a webhook is to be told."""

    event_id: int
    event_kind: str
    case_id: int
    position: int


class Attempt(NamedTuple):
    """What came of sending: taken when `fault` is None; `status` when there was an answer."""

    fault: DeliveryFault | None = None
    status: int | None = None


_NOW = bindparam("now", type_=DateTime(timezone=True))
_NEXT = (
    select(*delivery.c, webhook.c.url, webhook.c.secret, webhook.c.previous_secret, webhook.c.previous_until)
    .join(webhook, webhook.c.id == delivery.c.webhook_id)
    .where(
        webhook.c.id == bindparam("webhook", type_=BigInteger()),
        webhook.c.state == WebhookState.ACTIVE,
        webhook.c.due_at <= _NOW,
        delivery.c.state == DeliveryState.PENDING,
        delivery.c.next_at <= _NOW,
    )
    .order_by(delivery.c.position)
    .limit(1)
)
"""In the order of the feed; one that failed is overtaken until its time comes again."""


async def add_deliveries(
    engine: AsyncEngine, *, webhook_id: int, behind: int, read_to: int, found: Sequence[NewDelivery], now: datetime
) -> bool:
    """Move a webhook's place in the feed on, with all that is to be sent from there; both or neither.

    False when it has been moved meanwhile.
    """
    move = (
        update(webhook)
        .where(webhook.c.id == webhook_id, webhook.c.position == behind, webhook.c.state == WebhookState.ACTIVE)
        .values(position=read_to)
    )
    async with engine.begin() as connection:
        if (await connection.execute(move)).rowcount != 1:
            return False
        if found:
            about = {"webhook_id": webhook_id, "state": DeliveryState.PENDING, "attempts": 0, "redelivered": False}
            at = {"made_at": now, "since": now, "next_at": now}
            ids = (
                await connection.scalars(select(IDS.next_value()).select_from(func.generate_series(1, len(found))))
            ).all()
            rows = [
                {"id": id_, "message_id": uuid4(), **about, **at, **new._asdict()}
                for id_, new in zip(ids, found, strict=True)
            ]
            await connection.execute(insert(delivery).on_conflict_do_nothing(), rows)
        return True


async def next_delivery(engine: AsyncEngine, *, webhook_id: int, now: datetime) -> Any:
    """Give what is to be sent next, if anything is by now."""
    async with engine.connect() as connection:
        return (await connection.execute(_NEXT, {"webhook": webhook_id, "now": now})).one_or_none()


async def withhold(engine: AsyncEngine, *, delivery_id: int, now: datetime) -> None:
    """Note that the office may no longer be told."""
    async with engine.begin() as connection:
        over = {"state": DeliveryState.WITHHELD, "next_at": None, "done_at": now}
        await connection.execute(update(delivery).where(delivery.c.id == delivery_id).values(**over))


async def record(
    engine: AsyncEngine,
    reference: ReferenceData,
    *,
    sent: Any,
    attempt: Attempt,
    now: datetime,
    chance: Random,
) -> bool:
    """Note what came of an attempt, with the delivery and with its webhook. Say whether the webhook was disabled."""
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        work = Unit(session=session, now=now, reference=reference)
        held = await session.get_one(Webhook, sent.webhook_id, with_for_update=KEY_STAYS)
        row = await session.get_one(WebhookDelivery, sent.id, with_for_update=True)
        row.attempts, row.attempted_at = row.attempts + 1, now
        row.status, row.fault = attempt.status, attempt.fault
        if row.since == sent.since:  # else it was asked for anew meanwhile
            _move_on(row, attempt, now, chance)
        if attempt.fault is None:
            held.failures, held.failing_since = 0, None
            return False
        return await _note_failure(work, held, attempt, chance)


def _move_on(row: WebhookDelivery, attempt: Attempt, now: datetime, chance: Random) -> None:
    given_up = attempt.fault is not None and is_given_up(row.since, now=now)
    if attempt.fault is None or given_up:
        row.state = DeliveryState.FAILED if given_up else DeliveryState.DELIVERED
        row.next_at, row.done_at = None, now
    else:
        row.next_at = now + wait_after(row.attempts, chance)


async def _note_failure(work: Unit, held: Webhook, attempt: Attempt, chance: Random) -> bool:
    """Let the whole webhook wait, so that a dead endpoint is not asked for each delivery; or disable it."""
    held.failures += 1
    held.failing_since = held.failing_since or work.now
    held.due_at = work.now + wait_after(held.failures, chance)
    active = held.state is WebhookState.ACTIVE
    if not active or not is_disabled(held.failing_since, gone=attempt.status == GONE, now=work.now):
        return False
    held.state = WebhookState.DISABLED
    await change_webhook(work, held, EventKind.WEBHOOK_DISABLED, {"status": attempt.status, "failures": held.failures})
    await tell_leaders(work, held)
    return True


async def forget_old_deliveries(engine: AsyncEngine, *, now: datetime) -> int:
    """Delete what has been over for a month, and what a removed webhook left; tell how many."""
    removed = select(webhook.c.id).where(webhook.c.state == WebhookState.REMOVED)
    old = or_(
        delivery.c.done_at < now - KEPT, and_(delivery.c.made_at < now - KEPT, delivery.c.webhook_id.in_(removed))
    )
    async with engine.begin() as connection:
        return (await connection.execute(delete(delivery).where(old))).rowcount
