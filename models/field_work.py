"""Work in the field on a case: visits, tasks, and the checklist of its documents."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, long_text, only, reference_to
from models.field_words import DocumentState, TaskFor, TaskState, VisitState


class Visit(SQLModel, table=True):
    """Shown from level WORK on; what was said there is a note."""

    __table_args__ = (
        only("state", VisitState),
        CheckConstraint("state <> 'PLANNED' OR planned_for IS NOT NULL", name="planned_for_a_day"),
        CheckConstraint("(state IN ('DONE', 'NOT_MET')) = (visited_at IS NOT NULL)", name="visited_or_not"),
        CheckConstraint("(state = 'PLANNED') = (recorded_at IS NULL)", name="recorded_or_planned"),
        Index("visit_of_case", "case_id", text("made_at DESC"), text("id DESC")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    state: VisitState = coded(VisitState, nullable=False)
    planned_for: date | None = None
    visited_at: datetime | None = instant(nullable=True)
    note_id: int | None = reference_to("note.id", nullable=True)
    made_by_seat_id: int = reference_to("seat.id")
    made_at: datetime = instant()
    """When it was planned or, unplanned, recorded: on the phone, if that was earlier."""
    recorded_by_seat_id: int | None = reference_to("seat.id", nullable=True)
    recorded_at: datetime | None = instant(nullable=True)


class Task(SQLModel, table=True):
    """Shown from level WORK on. Made by a rule, once for each occasion, or by a post in its own words.

    `seat_id` is whose task it is where `who` says SEAT. A rule's task that no post ended is ended by what happened.
    """

    __table_args__ = (
        only("who", TaskFor),
        only("state", TaskState),
        CheckConstraint("num_nonnulls(rule_code, rule_from, occasion) IN (0, 3)", name="by_a_rule_or_not"),
        CheckConstraint("(rule_code IS NULL) = (made_by_seat_id IS NOT NULL)", name="made_by_a_rule_or_a_post"),
        CheckConstraint("(who = 'SEAT') = (seat_id IS NOT NULL)", name="of_a_post_or_not"),
        CheckConstraint("(state = 'OPEN') = (ended_at IS NULL)", name="open_or_ended"),
        CheckConstraint("state <> 'OPEN' OR ended_by_seat_id IS NULL", name="ended_by_somebody"),
        Index("one_task_of_an_occasion", "case_id", "rule_code", "occasion", unique=True),
        Index("task_of_case", "case_id", "due_on", "id"),
        Index("task_open", "due_on", "id", postgresql_where=text("state = 'OPEN'")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    rule_code: str | None = None
    rule_from: date | None = None
    occasion: int | None = Field(default=None, sa_type=BigInteger)
    who: TaskFor = coded(TaskFor, nullable=False)
    seat_id: int | None = reference_to("seat.id", nullable=True)
    due_on: date
    state: TaskState = coded(TaskState, nullable=False)
    visit_id: int | None = reference_to("visit.id", nullable=True)
    referral_id: int | None = reference_to("referral.id", nullable=True)
    made_by_seat_id: int | None = reference_to("seat.id", nullable=True)
    made_at: datetime = instant()
    ended_by_seat_id: int | None = reference_to("seat.id", nullable=True)
    ended_at: datetime | None = instant(nullable=True)


class TaskText(SQLModel, table=True):
    """Level WORK: what a post wrote down to be done."""

    __tablename__ = "task_text"

    task_id: int = identity_of("task.id")
    case_id: int = reference_to("case.id", index=True)
    title: str = long_text()


class CaseDocument(SQLModel, table=True):
    """Level WORK: a document of the checklist about which somebody said something; all others are needed."""

    __tablename__ = "case_document"
    __table_args__ = (only("state", DocumentState),)

    case_id: int = identity_of("case.id")
    document_code: str = Field(primary_key=True)
    state: DocumentState = coded(DocumentState, nullable=False)
    checked_at: datetime = instant()
    checked_by_seat_id: int = reference_to("seat.id")
