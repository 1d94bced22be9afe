"""Files of a case, and materials of an activity; their bytes stand in an object store, under random names."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.columns import coded, identity, instant, long_text, only, reference_to
from models.vocabulary import Audience


class Attachment(SQLModel, table=True):
    """Of a case: level WORK, and within it for the audience; of an activity: for all who see it.

    Before it is confirmed it is its author's alone.
    What stands under `object_key` has this length and this SHA-256, or is not there. A name can tell of a person.
    """

    __table_args__ = (
        only("audience", Audience),
        only("media_type", AttachmentType),
        only("state", AttachmentState),
        only("fault", AttachmentFault),
        CheckConstraint("num_nonnulls(case_id, activity_id) = 1", name="of_a_case_or_an_activity"),
        CheckConstraint("activity_id IS NULL OR audience = 'CASE'", name="materials_are_for_all"),
        CheckConstraint("byte_count > 0", name="not_empty"),
        CheckConstraint("octet_length(sha256) = 32", name="whole_hash"),
        CheckConstraint("(fault IS NOT NULL) = (state = 'REFUSED')", name="refused_for_something"),
        CheckConstraint("(confirmed_at IS NULL) = (state IN ('REQUESTED', 'EXPIRED'))", name="confirmed_once"),
        CheckConstraint("(scanned_at IS NOT NULL) = (state IN ('CLEAN', 'REFUSED'))", name="scanned_once"),
        Index("attachment_of_case", "case_id", text("requested_at DESC"), text("id DESC")),
        Index("attachment_of_activity", "activity_id", text("requested_at DESC"), text("id DESC")),
        Index("attachment_to_scan", "id", postgresql_where=text("state = 'QUARANTINED'")),
        Index("attachment_awaited", "requested_at", postgresql_where=text("state = 'REQUESTED'")),
    )

    id: int = identity()
    case_id: int | None = reference_to("case.id", nullable=True)
    activity_id: int | None = reference_to("activity.id", nullable=True)
    author_seat_id: int = reference_to("seat.id")
    author_agency_code: str | None = Field(None, foreign_key="agency.code")
    audience: Audience = coded(Audience, nullable=False)
    name: str = long_text()
    media_type: AttachmentType = coded(AttachmentType, nullable=False)
    byte_count: int
    sha256: bytes
    object_key: UUID = Field(unique=True)
    state: AttachmentState = coded(AttachmentState, nullable=False)
    fault: AttachmentFault | None = coded(AttachmentFault, default=None, nullable=True)
    requested_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    captured_at: datetime | None = instant(nullable=True)
    scanned_at: datetime | None = instant(nullable=True)


class DiscardedObject(SQLModel, table=True):
    """An object whose bytes are still to be deleted: nobody is told of them any more.

    The database itself writes it when an attachment goes, is refused or expires; whoever deletes the bytes, the row.
    """

    __tablename__ = "discarded_object"

    object_key: UUID = Field(primary_key=True)
    discarded_at: datetime = instant()
