"""Webhooks: endpoints of an office that are sent its news."""

from datetime import datetime

import strawberry

from models.vocabulary import EventKind
from models.webhook_words import DeliveryFault, DeliveryState, WebhookState
from resolvers.context import Context
from resolvers.rows_of_webhooks import DeliveryRow, WebhookRow
from schema.binding import noun, plain, worked_out
from schema.ids import identity, seal_id
from schema.types.connection import Connection
from schema.types.node import Node


def _events(row: WebhookRow, _context: Context) -> list[EventKind]:
    return [EventKind(kind) for kind in row.event_kinds]


@noun(
    WebhookRow,
    description="An endpoint to which the news of your office are sent, signed as Standard Webhooks says. It is told"
    " what any officer of the office may know: no event of a sensitive case, and no personal data. Shown to the head"
    " and the coordinator of the office.",
)
class Webhook(Node):
    id: strawberry.ID = identity("Webhook")
    url: str = plain("Where it leads.")
    events: list[EventKind] = worked_out(
        _events, "The kinds of events that are sent; none means all.", size=len(EventKind)
    )
    state: WebhookState = plain("How it stands.")
    state_thai: str = worked_out(lambda row, _: row.state.th, "The same in Thai.")
    registered_at: datetime = plain("When it was registered; it is told what happened since.")
    failures: int = plain("How often in a row it did not take what was sent.")
    failing_since: datetime | None = plain(
        "Since when; five days later it is disabled. Null when the last one was taken."
    )
    previous_secret_until: datetime | None = worked_out(
        lambda row, _: row.previous_until, "Until when the secret before the present one signs too; null for the first."
    )
    version: int = plain("Give it to mutations as `expectedVersion`.")


@noun(
    DeliveryRow,
    description="One event for one webhook, and what became of it. Kept for 30 days after it is over.",
)
class WebhookDelivery(Node):
    id: strawberry.ID = identity("WebhookDelivery")
    message_id: str = worked_out(
        lambda row, _: message_id(row), "The `webhook-id` of every attempt: by it the receiver tells repeats."
    )
    event_id: strawberry.ID = worked_out(
        lambda row, context: seal_id(context, "TimelineEvent", row.event_id),
        "Id of the event, for `node`; null there if you may not see it.",
    )
    event_kind: EventKind = worked_out(lambda row, _: EventKind(row.event_kind), "What happened.")
    case_id: strawberry.ID = worked_out(
        lambda row, context: seal_id(context, "Case", row.case_id),
        "Id of the case, for `node`; null there if you may not see it.",
    )
    state: DeliveryState = plain("How it stands.")
    state_thai: str = worked_out(lambda row, _: row.state.th, "The same in Thai.")
    made_at: datetime = plain("When the event reached the webhook's turn.")
    attempts: int = plain("How often it was sent, since it was last asked for.")
    next_at: datetime | None = plain("When it is tried next at the earliest; null when it is over.")
    attempted_at: datetime | None = plain("When it was sent last.")
    status: int | None = plain("The HTTP status of the last answer; null when there was none.")
    fault: DeliveryFault | None = plain("Why the last attempt failed; null when it did not.")
    redelivered: bool = plain("Whether somebody asked for it again; the message says so too.")
    done_at: datetime | None = plain("When it was over.")


def message_id(row: DeliveryRow) -> str:
    return f"msg_{row.message_id.hex}"


WebhookDeliveryConnection = Connection[WebhookDelivery]
