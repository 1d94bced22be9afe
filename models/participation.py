"""Participation, the one fact about access to a case; assignments to volunteer seats; and who follows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, SmallInteger
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, only, reference_to
from models.vocabulary import AccessSource, AssignmentState, Disclosure, Level


class Participation(SQLModel, table=True):
    """A seat or an office sees a case at `level` until `until`, and at level STATUS for ever after.

    From `expires_at` on it shows no person: at most level ANONYMOUS, and nothing is disclosed.
    """

    __table_args__ = (
        only("source", AccessSource),
        CheckConstraint("num_nonnulls(seat_id, office_id) = 1", name="seat_or_office"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level_range"),
        Index("participation_of_case", "case_id"),
        Index("participation_of_seat", "seat_id", "case_id", postgresql_where=text("seat_id IS NOT NULL")),
        Index("participation_of_office", "office_id", "case_id", postgresql_where=text("office_id IS NOT NULL")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    seat_id: int | None = reference_to("seat.id", nullable=True)
    office_id: int | None = reference_to("office.id", nullable=True)
    level: int = Field(Level.STATUS, sa_type=SmallInteger)
    discloses: int = Field(Disclosure.NOTHING, sa_type=SmallInteger)
    source: AccessSource = coded(AccessSource, nullable=False)
    referral_id: int | None = reference_to("referral.id", nullable=True)
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)
    expires_at: datetime | None = instant(nullable=True)


class Assignment(SQLModel, table=True):
    """A volunteer seat was asked to take a case; at most one question is open."""

    __table_args__ = (
        only("state", AssignmentState),
        Index("one_open_assignment", "case_id", unique=True, postgresql_where=text("state = 'PROPOSED'")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id", index=True)
    seat_id: int = reference_to("seat.id", index=True)
    proposed_by_seat_id: int = reference_to("seat.id")
    state: AssignmentState = coded(AssignmentState, nullable=False)
    proposed_at: datetime = instant()
    answered_at: datetime | None = instant(nullable=True)


class Follow(SQLModel, table=True):
    """A seat follows a case; it raises no level."""

    __table_args__ = (Index("follow_of_case", "case_id"),)

    seat_id: int = identity_of("seat.id")
    case_id: int = identity_of("case.id")
    since: datetime = instant()
