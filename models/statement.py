"""Monthly statements: what a post did, as the journal tells it; counts alone, and what was said against them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Numeric
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, known_together, long_text, only, reference_to
from models.statement_words import StatementDisputeState
from models.vocabulary import Outcome

_VERSION = ("seat_id", "month", "version")


def _of_version() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(_VERSION, [f"statement.{name}" for name in _VERSION])


def _part_of_key(kind: Any) -> Any:
    return Field(primary_key=True, sa_type=kind, sa_column_kwargs={"autoincrement": False})


class Statement(SQLModel, table=True):
    """One version of a post's month, which is never changed; a correction is the next version.

    For the post, those above it, and auditors. The database writes them (`draw_up_statements`): nobody types a figure.
    """

    __table_args__ = (
        CheckConstraint("extract(day FROM month) = 1", name="month_by_its_first_day"),
        CheckConstraint("version > 0", name="versions_from_one"),
        known_together("residents", "residents_on"),
    )

    seat_id: int = identity_of("seat.id")
    month: date = Field(primary_key=True)
    version: int = Field(primary_key=True)
    made_at: datetime = instant()
    people_served: int
    cases_opened: int
    cases_advanced: int
    cases_closed: int
    visits_made: int
    visits_not_met: int
    promises_kept: int
    promises_missed: int
    activities_attended: int
    open_held: int
    open_taken_part: int
    vacancy_days: int
    cover_days: int
    cases_in_area: int
    residents: int | None = None
    residents_on: date | None = None


class StatementOutcome(SQLModel, table=True):
    """How many problems a post brought to one outcome in the month, and the baht that came with it."""

    __tablename__ = "statement_outcome"
    __table_args__ = (only("outcome", Outcome), _of_version())

    seat_id: int = _part_of_key(BigInteger)
    month: date = Field(primary_key=True)
    version: int = Field(primary_key=True)
    outcome: Outcome = coded(Outcome, primary_key=True)
    problems: int
    recovered: Decimal = Field(sa_type=Numeric(20, 2))


class StatementDispute(SQLModel, table=True):
    """Whoever fills the post says that a version is wrong: once for each version. What they say stands apart."""

    __tablename__ = "statement_dispute"
    __table_args__ = (
        only("state", StatementDisputeState),
        _of_version(),
        CheckConstraint(
            "num_nonnulls(answered_at, answered_by_seat_id, answered_by_account_id)"
            " = CASE WHEN state = 'PENDING' THEN 0 ELSE 3 END",
            name="answered_by_somebody",
        ),
        Index("one_dispute_of_a_version", "seat_id", "month", "version", unique=True),
    )

    id: int = identity()
    seat_id: int = reference_to("seat.id")
    month: date
    version: int
    state: StatementDisputeState = coded(StatementDisputeState, nullable=False)
    disputed_at: datetime = instant()
    disputed_by_account_id: int = reference_to("account.id")
    answered_at: datetime | None = instant(nullable=True)
    answered_by_seat_id: int | None = reference_to("seat.id", nullable=True)
    answered_by_account_id: int | None = reference_to("account.id", nullable=True)


class StatementDisputeText(SQLModel, table=True):
    """Why a version is disputed, and what was answered; auditors read neither."""

    __tablename__ = "statement_dispute_text"

    dispute_id: int = identity_of("statement_dispute.id")
    reason: str = long_text()
    answer: str | None = long_text(nullable=True)
