"""The clocks of a case: the days they count from, how they stand, and the ledger of what moved them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.clock_words import ClockKind, DeadlineEnding, DeadlineMove, KeyEvent
from models.columns import coded, identity, identity_of, instant, only, reference_to


class KeyDate(SQLModel, table=True):
    """Level STATUS: the day of an event that legal clocks count from, or that ends one."""

    __tablename__ = "key_date"
    __table_args__ = (only("event", KeyEvent),)

    case_id: int = identity_of("case.id")
    event: KeyEvent = coded(KeyEvent, primary_key=True)
    day: date
    recorded_at: datetime = instant()


class Deadline(SQLModel, table=True):
    """Level STATUS: a clock of a case as its ledger has it now; a service standard belongs to a referral.

    `rule_from` names the version of the rule. `ended_at` with `ending`: met, or no longer of any matter.
    """

    __table_args__ = (
        only("kind", ClockKind),
        only("ending", DeadlineEnding),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended_somehow"),
        CheckConstraint("(kind = 'SERVICE_STANDARD') = (referral_id IS NOT NULL)", name="standards_are_of_referrals"),
        CheckConstraint("extension >= 0", name="extension_not_negative"),
        Index("one_clock_of_a_law", "case_id", "code", unique=True, postgresql_where=text("referral_id IS NULL")),
        Index("one_clock_of_a_referral", "referral_id", "code", unique=True),
        Index("deadline_of_case", "case_id", "due_at", "id"),
        Index("deadline_open", "kind", "due_at", "id", postgresql_where=text("ended_at IS NULL")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    referral_id: int | None = reference_to("referral.id", nullable=True)
    kind: ClockKind = coded(ClockKind, nullable=False)
    code: str
    rule_from: date
    started_at: datetime = instant()
    due_at: datetime = instant()
    extension: int = 0
    paused_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    ending: DeadlineEnding | None = coded(DeadlineEnding, default=None, nullable=True)
    steps: int = 0
    """Lines in the ledger."""


class DeadlineStep(SQLModel, table=True):
    """Level STATUS: a line of the ledger; `due_at` holds from here on."""

    __tablename__ = "deadline_step"
    __table_args__ = (only("move", DeadlineMove),)

    deadline_id: int = identity_of("deadline.id")
    position: int = Field(primary_key=True)
    case_id: int = reference_to("case.id", index=True)
    move: DeadlineMove = coded(DeadlineMove, nullable=False)
    at: datetime = instant()
    due_at: datetime = instant()
