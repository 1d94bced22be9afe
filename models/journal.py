"""The journal: append-only events chained by hash, their reading order, and the answers already given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import EVENT_IDS, coded, instant, only, reference_to
from models.vocabulary import Audience, EventKind, SubjectKind

STEPS = (
    "('CASE_OPENED', 'CASE_STATUS_CHANGED', 'CASE_HOLDER_CHANGED', 'CASE_CLOSED', 'CASE_REOPENED', 'CLOSING_DISPUTED',"
    " 'CASE_MERGED', 'CASE_UNMERGED')"
)
"""What moves a case to another state or holder."""


class Event(SQLModel, table=True):
    """One fact about one subject. The payload holds codes and row ids, never free text or personal data."""

    __table_args__ = (
        only("subject_kind", SubjectKind),
        only("kind", EventKind),
        only("audience", Audience),
        Index("event_of_subject", "subject_kind", "subject_id", "seq", unique=True),
        Index("event_of_actor", "actor_seat_id", "recorded_at", postgresql_where=text("actor_seat_id IS NOT NULL")),
        Index(
            "event_of_steps",
            "subject_id",
            "seq",
            postgresql_include=["kind", "recorded_at", "payload"],
            postgresql_where=text(f"subject_kind = 'CASE' AND kind IN {STEPS}"),
        ),
    )

    id: int = Field(
        primary_key=True,
        sa_type=BigInteger,
        sa_column_kwargs={"autoincrement": False, "server_default": EVENT_IDS.next_value()},
    )
    subject_kind: SubjectKind = coded(SubjectKind, nullable=False)
    subject_id: int = Field(sa_type=BigInteger)
    seq: int = Field(description="1 for the subject's first event, then one more each.")
    kind: EventKind = coded(EventKind, nullable=False)
    actor_seat_id: int | None = reference_to("seat.id", nullable=True)
    actor_account_id: int | None = reference_to("account.id", nullable=True)
    actor_agency_code: str | None = Field(None, foreign_key="agency.code")
    recorded_at: datetime = instant()
    captured_at: datetime | None = instant(nullable=True)
    audience: Audience = coded(Audience, nullable=False)
    operation_id: UUID | None = None
    payload: dict[str, Any] = Field(sa_type=JSONB)
    previous_hash: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class FeedPending(SQLModel, table=True):
    """Events that have no place in the reading order yet; a trigger on `event` fills it."""

    __tablename__ = "feed_pending"

    event_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})


class Feed(SQLModel, table=True):
    """The reading order of committed events: gapless positions from 1, given by the stamper (server/feed.py)."""

    position: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    event_id: int = Field(foreign_key="event.id", sa_type=BigInteger, unique=True)


class Operation(SQLModel, table=True):
    """A mutation that succeeded: a replay of its `operation_id` answers with the same result."""

    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_type=BigInteger)
    operation_id: UUID = Field(primary_key=True)
    name: str
    fingerprint: bytes = Field(sa_type=LargeBinary, description="Keyed hash of the input; holds no personal data.")
    result_id: int | None = Field(None, sa_type=BigInteger)
    at: datetime = instant()


class CitizenOperation(SQLModel, table=True):
    """What a citizen answered by reference and tracking code: kept by the case, as there is no account."""

    __tablename__ = "citizen_operation"

    case_id: int = Field(primary_key=True, foreign_key="case.id", sa_type=BigInteger)
    operation_id: UUID = Field(primary_key=True)
    name: str
    fingerprint: bytes = Field(sa_type=LargeBinary, description="Keyed hash of what was told; nobody can turn it back.")
    at: datetime = instant()
