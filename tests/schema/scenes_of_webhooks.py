"""Scenes of the mutations about webhooks and addresses for notices."""

from typing import Any

from casework.actions.register_webhook import Endpoint, register_webhook
from casework.deliveries import NewDelivery, add_deliveries
from tests.api import Api
from tests.schema.stage import Given, Scene
from tests.world import World

HEAD, OFFICER = "head DSD-43", "officer DSD-43"
URL = "https://news.example.go.th/prasan"


async def registered(world: World, *events: Any, by: str = HEAD, url: str = URL) -> int:
    """Register a webhook; give its id."""
    return await world.act(by, register_webhook, endpoint=Endpoint(url, events), plain_http=True)


async def on_webhook(api: Api, webhook_id: int, **more: Any) -> Given:
    version = await api.world.value("SELECT version FROM webhook WHERE id = :id", id=webhook_id)
    return {"webhook": api.id("Webhook", webhook_id), "expectedVersion": version, **more}


async def to_deliver(world: World) -> int:
    """Register a webhook that is to be told of the opening of a case; give the delivery's id."""
    case_id, webhook_id = await world.case(), await registered(world)
    event_id = await world.value("SELECT id FROM event WHERE kind = 'CASE_OPENED'")
    found = [NewDelivery(event_id, "CASE_OPENED", case_id, 1)]
    behind = await world.value("SELECT position FROM webhook WHERE id = :id", id=webhook_id)
    assert await add_deliveries(
        world.worker, webhook_id=webhook_id, behind=behind, read_to=1, found=found, now=world.now
    )
    delivery_id: int = await world.value("SELECT id FROM webhook_delivery WHERE webhook_id = :id", id=webhook_id)
    return delivery_id


async def _registering(_api: Api) -> Given:
    return {"url": URL, "events": ["REFERRAL_SENT", "CASE_CLOSED"]}


async def _pausing(api: Api) -> Given:
    return await on_webhook(api, await registered(api.world), active=False)


async def _plain(api: Api) -> Given:
    return await on_webhook(api, await registered(api.world))


async def _repeating(api: Api) -> Given:
    return {"delivery": api.id("WebhookDelivery", await to_deliver(api.world))}


async def _addressing(_api: Api) -> Given:
    return {"email": "malee@example.go.th"}


_LED: dict[str, Any] = {"by": HEAD, "stranger": OFFICER}

SCENES_OF_WEBHOOKS = (
    Scene(
        "registerWebhook",
        _registering,
        **_LED,
        refusal="NOT_PERMITTED",
        want="webhook { id events } secret",
        events=("WEBHOOK_REGISTERED",),
    ),
    Scene("updateWebhook", _pausing, **_LED, want="webhook { state }", events=("WEBHOOK_UPDATED",)),
    Scene(
        "rotateWebhookSecret",
        _plain,
        **_LED,
        want="webhook { previousSecretUntil } secret",
        events=("WEBHOOK_SECRET_ROTATED",),
    ),
    Scene("removeWebhook", _plain, **_LED, want="webhookId", events=("WEBHOOK_REMOVED",)),
    Scene("redeliver", _repeating, **_LED, want="delivery { state }", events=("DELIVERY_REPEATED",)),
    Scene(
        "setNoticeAddress",
        _addressing,
        stranger=None,
        refusal="",
        want="email",
        events=("NOTICE_ADDRESS_SET",),
        admin_may=True,
    ),
)
