"""Queries and mutations about webhooks."""

from typing import Annotated, Any

import strawberry

from casework.actions.redeliver import redeliver
from casework.actions.register_webhook import Endpoint, register_webhook
from casework.actions.remove_webhook import remove_webhook
from casework.actions.rotate_webhook_secret import rotate_webhook_secret
from casework.actions.update_webhook import WebhookChange, update_webhook
from casework.webhook_secrets import secret_of
from casework.work import Work
from models.vocabulary import EventKind
from models.webhook_words import DeliveryState
from resolvers.webhooks import DELIVERIES, deliveries, deliveries_by_ids, webhooks_by_ids
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, Intent, carry_out, given_as, intent
from schema.ids import wanted_id
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.webhook import Webhook, WebhookDelivery, WebhookDeliveryConnection

_LEADERS = "Allowed to the head and the coordinator of the office; to others its webhooks do not exist."
_SECRET = "The secret with which it signs, as Standard Webhooks writes it (`whsec_…`). Keep it where the receiver runs."  # noqa: S105 - a description
_EVENTS = "The kinds of events to send; none means all."


@strawberry.input(description="An intent that changes a webhook.")
class WebhookIntent(Intent):
    webhook: strawberry.ID = strawberry.field(description="Id of the webhook.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.input(description="An endpoint of your office is to be sent what is news for it from now on.")
class RegisterWebhookInput(Intent):
    url: str = strawberry.field(description="Where to send: https, without a password or a fragment.")
    events: list[EventKind] = strawberry.field(default_factory=list, description=_EVENTS)


@strawberry.type(description="The webhook is registered and active.")
class RegisterWebhookPayload:
    webhook: Webhook = strawberry.field(description="The webhook.")
    secret: str = strawberry.field(description=_SECRET)


async def _register(info: Info, input: Annotated[RegisterWebhookInput, given_as("Where to send what.")]) -> Any:
    endpoint, plain_http = Endpoint(input.url, input.events), info.context.services.plain_http

    async def act(work: Work) -> int:
        return await register_webhook(work, endpoint=endpoint, plain_http=plain_http)

    def shown(row: Any) -> RegisterWebhookPayload:
        return RegisterWebhookPayload(webhook=row, secret=secret_of(info.context.keys, row.id, row.secret))

    return await carry_out(info, input, act, look_up=webhooks_by_ids, payload=shown)


@strawberry.input(description="What is left out stays as it is.")
class UpdateWebhookInput(WebhookIntent):
    url: str | None = strawberry.field(default=None, description="Where to send from now on.")
    events: list[EventKind] | None = strawberry.field(default=None, description=_EVENTS)
    active: bool | None = strawberry.field(
        default=None, description="False pauses it; true lets it go on where it stopped, also after it was disabled."
    )


@strawberry.type(description="The webhook is changed.")
class UpdateWebhookPayload:
    webhook: Webhook = strawberry.field(description="The webhook as it stands now.")


async def _update(info: Info, input: Annotated[UpdateWebhookInput, given_as("What is to be another way.")]) -> Any:
    change, plain_http = WebhookChange(input.url, input.events, input.active), info.context.services.plain_http

    async def act(work: Work) -> int:
        id_ = wanted_id(info.context, "Webhook", input.webhook, "input", "webhook")
        version = input.expected_version
        return await update_webhook(
            work, webhook_id=id_, expected_version=version, change=change, plain_http=plain_http
        )

    payload = lambda row: UpdateWebhookPayload(webhook=row)  # noqa: E731 - as short as it is
    return await carry_out(info, input, act, look_up=webhooks_by_ids, payload=payload)


@strawberry.input(description="A webhook gets a new secret.")
class RotateWebhookSecretInput(WebhookIntent):
    pass


@strawberry.type(description="The new secret signs; the one before signs too for 24 hours.")
class RotateWebhookSecretPayload:
    webhook: Webhook = strawberry.field(description="The webhook as it stands now.")
    secret: str = strawberry.field(description=_SECRET)


async def _rotate(info: Info, input: Annotated[RotateWebhookSecretInput, given_as("Whose secret.")]) -> Any:
    async def act(work: Work) -> int:
        id_ = wanted_id(info.context, "Webhook", input.webhook, "input", "webhook")
        return await rotate_webhook_secret(work, webhook_id=id_, expected_version=input.expected_version)

    def shown(row: Any) -> RotateWebhookSecretPayload:
        return RotateWebhookSecretPayload(webhook=row, secret=secret_of(info.context.keys, row.id, row.secret))

    return await carry_out(info, input, act, look_up=webhooks_by_ids, payload=shown)


@strawberry.input(description="Nothing is to be sent to an endpoint any more.")
class RemoveWebhookInput(WebhookIntent):
    pass


@strawberry.type(description="The webhook is gone, and its secrets with it.")
class RemoveWebhookPayload:
    webhook_id: strawberry.ID = strawberry.field(description="The id that it had.")


async def _remove(info: Info, input: Annotated[RemoveWebhookInput, given_as("Which webhook.")]) -> Any:
    async def act(work: Work) -> int:
        id_ = wanted_id(info.context, "Webhook", input.webhook, "input", "webhook")
        return await remove_webhook(work, webhook_id=id_, expected_version=input.expected_version)

    async def gone(ids: list[int], *, context: Any) -> list[int]:  # noqa: ARG001 - the shape of a look-up
        return ids

    payload = lambda _: RemoveWebhookPayload(webhook_id=input.webhook)  # noqa: E731 - as short as it is
    return await carry_out(info, input, act, look_up=gone, payload=payload)


@strawberry.input(description="A delivery is to be sent once more.")
class RedeliverInput(Intent):
    delivery: strawberry.ID = strawberry.field(description="Id of the delivery.")


@strawberry.type(description="It is sent at once, with the id that it had.")
class RedeliverPayload:
    delivery: WebhookDelivery = strawberry.field(description="The delivery as it stands now.")


async def _redeliver(info: Info, input: Annotated[RedeliverInput, given_as("Which delivery.")]) -> Any:
    async def act(work: Work) -> int:
        id_ = wanted_id(info.context, "WebhookDelivery", input.delivery, "input", "delivery")
        return await redeliver(work, delivery_id=id_)

    payload = lambda row: RedeliverPayload(delivery=row)  # noqa: E731 - as short as it is
    return await carry_out(info, input, act, look_up=deliveries_by_ids, payload=payload)


async def _deliveries(
    info: Info,
    webhook: Annotated[strawberry.ID, strawberry.argument(description="Id of a webhook of your office.")],
    state: Annotated[
        DeliveryState | None, strawberry.argument(description="Only those that stand so; left out: all.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    info.context.actor()
    page = asked_page(info, DELIVERIES, first, last, after, before)
    return await deliveries(info.context, wanted_id(info.context, "Webhook", webhook, "webhook"), state, page)


@strawberry.type
class WebhookQueries:
    webhook_deliveries: WebhookDeliveryConnection | None = strawberry.field(
        resolver=_deliveries,
        description=f"What was or is to be sent to a webhook of your office, the latest first. {_LEADERS}",
    )


@strawberry.type
class WebhookMutations:
    register_webhook = intent(
        _register,
        RegisterWebhookPayload,
        f"Register an endpoint of your office, at most ten. {_LEADERS}",
        versioned=False,
    )
    update_webhook = intent(
        _update,
        UpdateWebhookPayload,
        f"Change where a webhook leads or what it is sent, pause it, or activate it again. {_LEADERS}",
    )
    rotate_webhook_secret = intent(
        _rotate,
        RotateWebhookSecretPayload,
        f"Give a webhook a new secret. For 24 hours every message has two signatures, by the new one and the one before"
        f" it: change the receiver meanwhile. {_LEADERS}",
    )
    remove_webhook = intent(_remove, RemoveWebhookPayload, f"Remove a webhook. {_LEADERS}")
    redeliver = intent(
        _redeliver,
        RedeliverPayload,
        f"Send a delivery once more, whatever became of it; its `webhook-id` stays, and its `redelivered` is true."
        f" {_LEADERS}",
        versioned=False,
    )
