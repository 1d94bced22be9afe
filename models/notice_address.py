"""Where people want to be told of notices outside the service, and what was or is to be sent there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import SQLModel

from models.columns import coded, identity, identity_of, instant, only, reference_to
from models.webhook_words import DeliveryState, NoticeChannel


class NoticeAddress(SQLModel, table=True):
    """A person's own address on a channel."""

    __tablename__ = "notice_address"
    __table_args__ = (only("channel", NoticeChannel),)

    account_id: int = identity_of("account.id")
    channel: NoticeChannel = coded(NoticeChannel, primary_key=True)
    address: str


class OutgoingNotice(SQLModel, table=True):
    """One notice, or the end of one webhook, for one person in one post on one channel. It holds no words."""

    __tablename__ = "outgoing_notice"
    __table_args__ = (
        only("channel", NoticeChannel),
        only("state", DeliveryState),
        CheckConstraint("num_nonnulls(notice_id, webhook_id) = 1", name="one_matter"),
        Index("outgoing_notice_due", "next_at", "id", postgresql_where=text("state = 'PENDING'")),
        Index("outgoing_notice_done", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: int = identity()
    notice_id: int | None = reference_to("notice.id", nullable=True)
    webhook_id: int | None = reference_to("webhook.id", nullable=True)
    seat_id: int = reference_to("seat.id")
    account_id: int = reference_to("account.id")
    channel: NoticeChannel = coded(NoticeChannel, nullable=False)
    state: DeliveryState = coded(DeliveryState, nullable=False)
    made_at: datetime = instant()
    attempts: int = 0
    next_at: datetime = instant()
    done_at: datetime | None = instant(nullable=True)
