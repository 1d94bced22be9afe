"""Rows of webhooks and their deliveries."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from models.webhook_words import DeliveryFault, DeliveryState, WebhookState


class WebhookRow(NamedTuple):
    id: int
    url: str
    event_kinds: list[str]
    state: WebhookState
    secret: str
    """Sealed."""
    previous_until: datetime | None
    registered_at: datetime
    failures: int
    failing_since: datetime | None
    version: int


class DeliveryRow(NamedTuple):
    id: int
    webhook_id: int
    event_id: int
    event_kind: str
    case_id: int
    message_id: UUID
    state: DeliveryState
    made_at: datetime
    attempts: int
    next_at: datetime | None
    attempted_at: datetime | None
    status: int | None
    fault: DeliveryFault | None
    redelivered: bool
    done_at: datetime | None
