"""The webhooks of the office that the actor leads, and what was or is to be sent to them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, select

from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import may_lead_webhooks
from casework.policy.visibility import BY_OFFICE
from models import NoticeAddress, Webhook, WebhookDelivery, table_of
from models.webhook_words import DeliveryState, NoticeChannel, WebhookState
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows_of_webhooks import DeliveryRow, WebhookRow

webhook, delivery, address = table_of(Webhook), table_of(WebhookDelivery), table_of(NoticeAddress)
DELIVERIES = "deliveries of a webhook"
_IDS = bindparam("ids", type_=ARRAY(BigInteger))
_OWN = (
    select(*(webhook.c[name] for name in WebhookRow._fields))
    .where(webhook.c.office_id == BY_OFFICE, webhook.c.state != WebhookState.REMOVED)
    .order_by(webhook.c.registered_at, webhook.c.id)
)
_BY_IDS = _OWN.where(webhook.c.id == any_(_IDS))
_DELIVERIES = (
    select(*(delivery.c[name] for name in DeliveryRow._fields))
    .join(webhook, webhook.c.id == delivery.c.webhook_id)
    .where(webhook.c.office_id == BY_OFFICE, webhook.c.state != WebhookState.REMOVED)
)
_DELIVERIES_BY_IDS = _DELIVERIES.where(delivery.c.id == any_(_IDS))
_KEYS = [delivery.c.made_at, delivery.c.id]
_ADDRESS = select(address.c.address).where(
    address.c.account_id == bindparam("account", type_=BigInteger()), address.c.channel == NoticeChannel.EMAIL
)


def _leads(context: Context) -> bool:
    by = context.by
    return by is not None and may_lead_webhooks(by, by.office_id).refusal is None


async def own_webhooks(context: Context) -> list[WebhookRow]:
    """Give the webhooks of the actor's office, the first one first; none to who does not lead it."""
    return [WebhookRow._make(row) for row in await context.rows(_OWN)] if _leads(context) else []


async def webhooks_by_ids(ids: Sequence[int | None], *, context: Context) -> list[WebhookRow | None]:
    """Give the webhooks that the actor looks after, aligned with the ids."""
    return await _look_up(_BY_IDS, WebhookRow, ids, context)


async def deliveries_by_ids(ids: Sequence[int | None], *, context: Context) -> list[DeliveryRow | None]:
    """Give the deliveries of webhooks that the actor looks after, aligned with the ids."""
    return await _look_up(_DELIVERIES_BY_IDS, DeliveryRow, ids, context)


async def _look_up(statement: Select[Any], kind: Any, ids: Sequence[int | None], context: Context) -> list[Any]:
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    rows = await context.rows(statement, {"ids": wanted}) if wanted and _leads(context) else []
    found = {row.id: kind._make(row) for row in rows}
    return [None if id_ is None else found.get(id_) for id_ in ids]


@cache
def _of_webhook(by_state: bool) -> Select[Any]:  # noqa: FBT001 - the shape of the statement
    rows = _DELIVERIES.where(delivery.c.webhook_id == bindparam("webhook", type_=BigInteger()))
    return rows.where(delivery.c.state == bindparam("state", type_=delivery.c.state.type)) if by_state else rows


@cache
def _page(by_state: bool, shape: tuple[bool, bool]) -> Select[Any]:  # noqa: FBT001 - the shape of the statement
    return keyset(_of_webhook(by_state), _KEYS, shape, descending=True)


@cache
def _count(by_state: bool) -> Select[Any]:  # noqa: FBT001 - the shape of the statement
    return capped(_of_webhook(by_state).with_only_columns(delivery.c.id))


async def deliveries(context: Context, webhook_id: int, state: DeliveryState | None, page: Paging) -> Page:
    """Give a page of a webhook's deliveries, the latest first; refuse a webhook that is not the actor's to look at."""
    context.actor()
    (found,) = await webhooks_by_ids([webhook_id], context=context)
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND, "webhook")
    by_state = state is not None
    given = {"webhook": webhook_id, **({"state": state} if by_state else {})}
    rows = await context.rows(_page(by_state, page.shape), {**given, **keyset_values(page)})
    return make_page(
        [DeliveryRow._make(row) for row in rows],
        page,
        lambda row: make_cursor(context, DELIVERIES, row.made_at, row.id),
        Total(_count(by_state), given),
    )


async def own_notice_address(context: Context) -> str | None:
    """Give where the actor wants to be told of notices by e-mail."""
    found = await context.rows(_ADDRESS, {"account": context.actor().account_id})
    return found[0].address if found else None
