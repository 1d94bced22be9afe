"""Activities of offices: trainings, campaigns, meetings, field days, and who takes part in them."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, Text
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.activity_words import ActivityKind, ActivityState, ParticipantRole
from models.columns import coded, identity, identity_of, instant, long_text, only, reference_to


class Activity(SQLModel, table=True):
    """Told in the whole province of its host; also the head of its chain of events. No texts of it name a person.

    `closed_at` is when its outcome was first recorded. The fiscal year is in the Buddhist Era.
    """

    __table_args__ = (
        only("kind", ActivityKind),
        only("state", ActivityState),
        CheckConstraint("ends_at > begins_at", name="ends_after_it_begins"),
        CheckConstraint("round > 0", name="round_from_one"),
        CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name="closed_with_an_outcome"),
        CheckConstraint("knowledge_before BETWEEN 0 AND 100", name="knowledge_before_in_percent"),
        CheckConstraint("knowledge_after BETWEEN 0 AND 100", name="knowledge_after_in_percent"),
        CheckConstraint("people_reached >= 0", name="people_are_counted"),
        CheckConstraint(
            "kind = 'CAMPAIGN' OR topics = '{}' AND channels = '{}' AND people_reached IS NULL",
            name="publicity_of_campaigns",
        ),
        Index(
            "one_round_of_a_project",
            "host_office_id",
            "fiscal_year",
            "project",
            "round",
            unique=True,
            postgresql_where=text("state <> 'CANCELLED'"),
        ),
        Index("activity_of_province", "province_code", text("begins_at DESC"), text("id DESC")),
        Index("activity_listed", text("begins_at DESC"), text("id DESC")),
    )

    id: int = identity()
    kind: ActivityKind = coded(ActivityKind, nullable=False)
    state: ActivityState = coded(ActivityState, nullable=False)
    host_office_id: int = reference_to("office.id")
    province_code: str = Field(foreign_key="area.code")
    area_code: str = Field(foreign_key="area.code")
    project: str
    fiscal_year: int
    round: int
    venue: str
    begins_at: datetime = instant()
    ends_at: datetime | None = instant(nullable=True)
    objectives: str = long_text()
    topics: list[str] = Field(sa_type=ARRAY(Text))
    channels: list[str] = Field(sa_type=ARRAY(Text))
    knowledge_before: int | None = None
    knowledge_after: int | None = None
    people_reached: int | None = None
    outcome_notes: str | None = long_text(nullable=True)
    closed_at: datetime | None = instant(nullable=True)
    created_by_seat_id: int = reference_to("seat.id")
    created_at: datetime = instant()
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = Field(default=b"", sa_type=LargeBinary)


class ActivityParticipant(SQLModel, table=True):
    """A post that is invited, or a guest from outside; `account_id` is who filled the post on the day, where known.

    `attended` is None until somebody says so; `attendance_at` is when it was seen, on the phone if that was earlier.
    """

    __tablename__ = "activity_participant"
    __table_args__ = (
        only("role", ParticipantRole),
        CheckConstraint("(role = 'GUEST') = (seat_id IS NULL)", name="in_a_post_or_a_guest"),
        CheckConstraint("(attended IS NULL) = (attendance_at IS NULL)", name="attendance_seen_once"),
        Index("participant_once", "activity_id", "seat_id", unique=True),
        Index("participant_of_activity", "activity_id", "id"),
        Index("participant_of_seat", "seat_id", "activity_id"),
    )

    id: int = identity()
    activity_id: int = reference_to("activity.id")
    role: ParticipantRole = coded(ParticipantRole, nullable=False)
    seat_id: int | None = reference_to("seat.id", nullable=True)
    amphoe_code: str | None = Field(None, foreign_key="area.code")
    account_id: int | None = reference_to("account.id", nullable=True)
    invited_at: datetime = instant()
    invited_by_seat_id: int = reference_to("seat.id")
    attended: bool | None = None
    attendance_at: datetime | None = instant(nullable=True)
    attendance_by_seat_id: int | None = reference_to("seat.id", nullable=True)


class ActivityGuest(SQLModel, table=True):
    """Who a guest is: for those who lead the activity, and gone when the time for it has passed."""

    __tablename__ = "activity_guest"

    participant_id: int = identity_of("activity_participant.id")
    activity_id: int = reference_to("activity.id", index=True)
    name: str
    organisation: str | None = None
