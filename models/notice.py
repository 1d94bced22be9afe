"""What the worker told whom about a case, and when it looks at a case again."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, only, reference_to
from models.notice_words import NoticeReason


class Notice(SQLModel, table=True):
    """Level STATUS: a post or an office was told once about a case, for one reason that began at `since`.

    Open until the reason is over. Two clocks or two referrals of a case are two matters, told each.
    """

    __table_args__ = (
        only("reason", NoticeReason),
        CheckConstraint("num_nonnulls(seat_id, office_id) = 1", name="one_recipient"),
        Index("notice_of_seat", "seat_id", "case_id", "reason", "since", text("coalesce(referral_id, 0)"), unique=True),
        Index(
            "notice_of_office", "office_id", "case_id", "reason", "since", text("coalesce(referral_id, 0)"), unique=True
        ),
        Index("notice_of_case", "case_id", "given_at", "id"),
        Index("notice_inbox_of_seat", "seat_id", "given_at", "id", postgresql_where=text("ended_at IS NULL")),
        Index("notice_inbox_of_office", "office_id", "given_at", "id", postgresql_where=text("ended_at IS NULL")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    reason: NoticeReason = coded(NoticeReason, nullable=False)
    seat_id: int | None = reference_to("seat.id", nullable=True)
    office_id: int | None = reference_to("office.id", nullable=True)
    referral_id: int | None = reference_to("referral.id", nullable=True)
    since: datetime = instant()
    given_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)


class Watch(SQLModel, table=True):
    """When the worker looks at a case again; a case without one has ended or has nothing coming.

    No foreign key: marking a case for a look would wait for whoever holds its lock.
    """

    __table_args__ = (Index("watch_by_time", "look_at", "case_id"),)

    case_id: int = identity()
    look_at: datetime = instant()


class WatchCursor(SQLModel, table=True):
    """How far the worker has read the feed: one row."""

    __tablename__ = "watch_cursor"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(1, primary_key=True)
    position: int = Field(sa_type=BigInteger)
