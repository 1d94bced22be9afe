"""Whose turn it is: webhooks with something to be told or sent, each with one worker at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, and_, bindparam, exists, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncEngine

from models import Event, Feed, Notice, Participation, Webhook, WebhookDelivery, table_of
from models.vocabulary import SubjectKind
from models.webhook_words import DeliveryState, WebhookState

ROUND_EVERY = 500
"""Positions after which a webhook is looked at though nothing seems to concern its office: none falls far behind."""
MOST_AT_ONCE = 200

webhook, delivery, feed, event, part, notice = (
    table_of(model) for model in (Webhook, WebhookDelivery, Feed, Event, Participation, Notice)
)

_NOW, _END = bindparam("now", type_=DateTime(timezone=True)), bindparam("end", type_=BigInteger())
_FREE = and_(
    webhook.c.state == WebhookState.ACTIVE, or_(webhook.c.leased_until.is_(None), webhook.c.leased_until < _NOW)
)
_LATEST = (
    select(event.c.subject_id.label("case_id"), feed.c.position)
    .join(event, event.c.id == feed.c.event_id)
    .where(feed.c.position > _END - ROUND_EVERY, feed.c.position <= _END, event.c.subject_kind == SubjectKind.CASE)
    .cte("latest")
)
_TOUCHED = union_all(
    select(part.c.office_id, _LATEST.c.position).join(_LATEST, _LATEST.c.case_id == part.c.case_id),
    select(notice.c.office_id, _LATEST.c.position).join(_LATEST, _LATEST.c.case_id == notice.c.case_id),
).subquery("touched")
_CONCERNED = (
    select(_TOUCHED.c.office_id, func.max(_TOUCHED.c.position).label("position"))
    .where(_TOUCHED.c.office_id.is_not(None))
    .group_by(_TOUCHED.c.office_id)
    .cte("concerned")
    .prefix_with("MATERIALIZED")
)
"""Offices that may be told, read once for all webhooks. The door decides; looking in vain costs less than missing."""
_NEWS = exists().where(_CONCERNED.c.office_id == webhook.c.office_id, _CONCERNED.c.position > webhook.c.position)
_PENDING = exists().where(
    delivery.c.webhook_id == webhook.c.id, delivery.c.state == DeliveryState.PENDING, delivery.c.next_at <= _NOW
)
_BEHIND = and_(webhook.c.position < _END, or_(webhook.c.position <= _END - ROUND_EVERY, _NEWS))
_DUE = (
    select(webhook.c.id)
    .where(_FREE, or_(_BEHIND, and_(webhook.c.due_at <= _NOW, _PENDING)))
    .order_by(webhook.c.due_at, webhook.c.id)
    .limit(MOST_AT_ONCE)
)
_LEASE = (
    update(webhook)
    .where(_FREE, webhook.c.id == bindparam("webhook", type_=BigInteger()))
    .values(leased_until=bindparam("until"))
    .returning(webhook.c.office_id, webhook.c.event_kinds, webhook.c.position)
)
_RELEASE = (
    update(webhook)
    .where(webhook.c.id == bindparam("webhook", type_=BigInteger()), webhook.c.leased_until == bindparam("until"))
    .values(leased_until=None)
)


async def webhooks_with_work(engine: AsyncEngine, *, now: datetime) -> Sequence[int]:
    """Give the webhooks that somebody should take, those that waited longest first."""
    async with engine.connect() as connection:
        end = await connection.scalar(select(func.coalesce(func.max(feed.c.position), 0)))
        return (await connection.scalars(_DUE, {"now": now, "end": end})).all()


async def lease(engine: AsyncEngine, *, webhook_id: int, now: datetime, until: datetime) -> Any:
    """Take a webhook until then; None when another worker has it, or it is no longer active."""
    async with engine.begin() as connection:
        given = {"webhook": webhook_id, "now": now, "until": until}
        return (await connection.execute(_LEASE, given)).one_or_none()


async def release(engine: AsyncEngine, *, webhook_id: int, until: datetime) -> None:
    """Let others take it again, unless somebody has already."""
    async with engine.begin() as connection:
        await connection.execute(_RELEASE, {"webhook": webhook_id, "until": until})
