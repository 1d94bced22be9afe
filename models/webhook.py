"""Webhooks of offices, and what was or is to be sent to each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, LargeBinary, Text
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, only, reference_to
from models.webhook_words import DeliveryFault, DeliveryState, WebhookState


class Webhook(SQLModel, table=True):
    """An office's endpoint; also the head of its chain of events. Secrets are sealed with the key ring.

    `position` is how far of the feed it was told, `failures` are its failed attempts since a success, and
    `leased_until` keeps other workers away from it.
    """

    __table_args__ = (
        only("state", WebhookState),
        Index("webhook_to_tell", "position", "id", postgresql_where=text("state = 'ACTIVE'")),
    )

    id: int = identity()
    office_id: int = reference_to("office.id", index=True)
    url: str
    event_kinds: list[str] = Field(sa_type=ARRAY(Text))
    state: WebhookState = coded(WebhookState, nullable=False)
    secret: str
    previous_secret: str | None = None
    previous_until: datetime | None = instant(nullable=True)
    registered_by_seat_id: int = reference_to("seat.id")
    registered_at: datetime = instant()
    position: int = Field(sa_type=BigInteger)
    failures: int = 0
    failing_since: datetime | None = instant(nullable=True)
    due_at: datetime = instant()
    leased_until: datetime | None = instant(nullable=True)
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = Field(default=b"", sa_type=LargeBinary)


class WebhookDelivery(SQLModel, table=True):
    """One event for one webhook. What is sent is made anew for each attempt; `since` is when trying began.

    The case is named without a foreign key: whether the office still sees it is asked at each attempt.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        only("state", DeliveryState),
        only("fault", DeliveryFault),
        Index("webhook_delivery_once", "webhook_id", "event_id", unique=True),
        Index("webhook_delivery_listed", "webhook_id", "made_at", "id"),
        Index("webhook_delivery_pending", "webhook_id", "position", postgresql_where=text("state = 'PENDING'")),
        Index("webhook_delivery_done", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: int = identity()
    webhook_id: int = reference_to("webhook.id")
    event_id: int = reference_to("event.id")
    event_kind: str
    case_id: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)
    message_id: UUID
    state: DeliveryState = coded(DeliveryState, nullable=False)
    made_at: datetime = instant()
    since: datetime = instant()
    attempts: int = 0
    next_at: datetime | None = instant(nullable=True)
    attempted_at: datetime | None = instant(nullable=True)
    status: int | None = None
    fault: DeliveryFault | None = coded(DeliveryFault, nullable=True)
    redelivered: bool = False
    done_at: datetime | None = instant(nullable=True)
