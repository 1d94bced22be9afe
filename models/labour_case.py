"""Cases, split by the level that shows them, with their problems and the history of their holders."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import baht, coded, identity, identity_of, instant, long_text, only, reference_to
from models.vocabulary import CaseState, Channel, Outcome, Priority

ONE_HOLDER = "num_nonnulls({seat}, {office}) = 1"


class Case(SQLModel, table=True):
    """Levels STATUS and ANONYMOUS: no person, no narrative; also the head of the case's chain of events.

    `amphoe_code`, `province_code` and `sensitive` repeat what area and problems say: policies read them here.
    """

    __table_args__ = (
        only("state", CaseState),
        only("channel", Channel),
        only("priority", Priority),
        CheckConstraint(ONE_HOLDER.format(seat="holder_seat_id", office="holder_office_id"), name="one_holder"),
        CheckConstraint(
            "(state IN ('WAITING_CITIZEN', 'WAITING_AGENCY')) = (review_on IS NOT NULL)", name="waiting_has_a_review"
        ),
        CheckConstraint("(state = 'MERGED') = (merged_into_case_id IS NOT NULL)", name="merged_into_another"),
        CheckConstraint("merged_into_case_id <> id", name="not_merged_into_itself"),
        CheckConstraint("erased_at IS NULL OR ended_at IS NOT NULL", name="erased_after_its_end"),
        Index("case_of_holder_office", "holder_office_id", "state", text("updated_at DESC"), text("id DESC")),
        Index("case_of_holder_seat", "holder_seat_id", "state", text("updated_at DESC"), text("id DESC")),
        Index("case_of_volunteer", "volunteer_seat_id", "state", text("updated_at DESC"), text("id DESC")),
        Index(
            "case_of_amphoe",
            "amphoe_code",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_include=["province_code", "sensitive"],
        ),
        Index(
            "case_of_province",
            "province_code",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_include=["amphoe_code", "sensitive"],
        ),
        Index("case_by_update", text("updated_at DESC"), text("id DESC")),
        Index("case_by_opening", text("opened_at DESC"), text("id DESC")),
        Index("case_by_sequence", text("split_part(reference, '-', 3)")),
        Index("case_by_due", text("coalesce(due_at, 'infinity')"), "id"),
        Index("case_of_province_by_due", "province_code", text("coalesce(due_at, 'infinity')"), "id"),
        Index("case_of_province_by_opening", "province_code", text("opened_at DESC"), text("id DESC")),
        Index(
            "case_of_campaign",
            "campaign_id",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("campaign_id IS NOT NULL"),
        ),
    )

    id: int = identity()
    reference: str = Field(unique=True)
    state: CaseState = coded(CaseState, nullable=False)
    channel: Channel = coded(Channel, nullable=False)
    title: str = long_text()
    priority: Priority = coded(Priority, nullable=False)
    sensitive: bool
    area_code: str = Field(foreign_key="area.code", index=True)
    amphoe_code: str = Field(foreign_key="area.code")
    province_code: str = Field(foreign_key="area.code")
    citizen_id: int = reference_to("citizen.id", index=True)
    from_citizen_id: int | None = reference_to("citizen.id", nullable=True, index=True)
    """Whose case it is again when that record, which is merged into the citizen's, goes on by itself."""
    holder_seat_id: int | None = reference_to("seat.id", nullable=True)
    holder_office_id: int | None = reference_to("office.id", nullable=True)
    volunteer_seat_id: int | None = reference_to("seat.id", nullable=True)
    opened_at: datetime = instant()
    updated_at: datetime = instant()
    due_at: datetime | None = instant(nullable=True)
    review_on: date | None = None
    resolved_at: datetime | None = instant(nullable=True)
    resolved_by_account_id: int | None = reference_to("account.id", nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    erased_at: datetime | None = instant(nullable=True)
    merged_into_case_id: int | None = reference_to("case.id", nullable=True, index=True)
    campaign_id: int | None = reference_to("activity.id", nullable=True)
    """Where the citizen heard of the service; said when the case is opened, and never changed."""
    tracking_generation: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = Field(sa_type=LargeBinary)


class CaseContent(SQLModel, table=True):
    """Level WORK: what the citizen told."""

    __tablename__ = "case_content"

    case_id: int = identity_of("case.id")
    narrative: str = long_text()
    workplace_area_code: str | None = Field(None, foreign_key="area.code")
    workplace_name: str | None = None


class CaseProblem(SQLModel, table=True):
    """One labour problem of a case; type at level STATUS, outcome and amounts at ANONYMOUS.

    `from_case_id` is the merged case that brought the problem along.
    """

    __tablename__ = "case_problem"
    __table_args__ = (
        only("outcome", Outcome),
        Index("one_problem_of_a_type", "case_id", "problem_type_code", unique=True),
        Index("problem_of_type", "problem_type_code", "case_id"),
        CheckConstraint("amount_claimed >= 0 AND amount_recovered >= 0", name="amounts_not_negative"),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    problem_type_code: str = Field(foreign_key="problem_type.code")
    position: int
    outcome: Outcome | None = coded(Outcome, default=None, nullable=True)
    amount_claimed: Decimal | None = baht()
    amount_recovered: Decimal | None = baht()
    outcome_at: datetime | None = instant(nullable=True)
    from_case_id: int | None = reference_to("case.id", nullable=True)


class CaseHolding(SQLModel, table=True):
    """Who held a case from when to when: gapless, and one at any instant."""

    __tablename__ = "case_holding"
    __table_args__ = (
        CheckConstraint(ONE_HOLDER.format(seat="seat_id", office="office_id"), name="one_holder"),
        Index("one_holder_now", "case_id", unique=True, postgresql_where=text("until IS NULL")),
        ExcludeConstraint(
            (text("int8range(case_id, case_id, '[]')"), "&&"),
            (text("tstzrange(since, until)"), "&&"),
            name="one_holder_at_any_instant",
            using="gist",
        ),
    )

    id: int = identity()
    case_id: int = reference_to("case.id", index=True)
    seat_id: int | None = reference_to("seat.id", nullable=True)
    office_id: int | None = reference_to("office.id", nullable=True)
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)


class CaseMerge(SQLModel, table=True):
    """A case went on in another; `target_version` tells whether that one changed since, `source_state` leads back."""

    __tablename__ = "case_merge"
    __table_args__ = (
        only("source_state", CaseState),
        Index("one_merge_at_a_time", "source_case_id", unique=True, postgresql_where=text("unmerged_at IS NULL")),
    )

    id: int = identity()
    source_case_id: int = reference_to("case.id")
    target_case_id: int = reference_to("case.id", index=True)
    source_state: CaseState = coded(CaseState, nullable=False)
    target_version: int
    merged_at: datetime = instant()
    unmerged_at: datetime | None = instant(nullable=True)


class CaseCounter(SQLModel, table=True):
    """The last sequence number given to a case of a province in a Buddhist year."""

    __tablename__ = "case_counter"

    province_code: str = Field(primary_key=True, foreign_key="area.code")
    buddhist_year: int = Field(primary_key=True)
    last: int
