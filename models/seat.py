"""Posts that hold work, and the people who fill them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, only, reference_to
from models.vocabulary import IncumbencyKind, Language, SeatKind


class Account(SQLModel, table=True):
    """A person who signs in; `subject` is the `sub` of the person's tokens, None until it is known."""

    __table_args__ = (
        Index("account_by_phone", "phone"),
        Index("account_by_name", "family_name", "given_name"),
    )

    id: int = identity()
    subject: UUID | None = Field(None, unique=True)
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    phone: str | None = None


class Seat(SQLModel, table=True):
    """A post: of an area (volunteer, mentor), of an office, or national; also the head of its chain of events."""

    __table_args__ = (
        only("kind", SeatKind),
        CheckConstraint(
            "CASE WHEN kind IN ('VOLUNTEER', 'MENTOR') THEN area_code IS NOT NULL AND office_id IS NULL"
            " WHEN kind IN ('OFFICER', 'OFFICE_HEAD', 'COORDINATOR') THEN office_id IS NOT NULL AND area_code IS NULL"
            " ELSE area_code IS NULL AND office_id IS NULL END",
            name="place",
        ),
        Index("one_mentor_seat_an_area", "area_code", unique=True, postgresql_where=text("kind = 'MENTOR'")),
    )

    id: int = identity()
    kind: SeatKind = coded(SeatKind, nullable=False)
    area_code: str | None = Field(None, foreign_key="area.code", index=True)
    office_id: int | None = reference_to("office.id", nullable=True, index=True)
    number: int = Field(description="Tells seats of one kind at one place apart, from 1.")
    handles_sensitive: bool = False
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = Field(default=b"", sa_type=LargeBinary)


_LANGUAGES = ", ".join(f"'{language.value}'" for language in Language)


class Incumbency(SQLModel, table=True):
    """Who fills a seat from when to when; one PRIMARY at a time. `languages` are those spoken besides Thai.

    `absent_account_id` is the one who is away meanwhile; an absence cancelled before it began has no length.
    """

    __table_args__ = (
        only("kind", IncumbencyKind),
        ExcludeConstraint(
            (text("int8range(seat_id, seat_id, '[]')"), "&&"),
            (text("tstzrange(since, until)"), "&&"),
            name="one_primary_at_a_time",
            using="gist",
            where=text("kind = 'PRIMARY'"),
        ),
        CheckConstraint(
            "until > since OR until = since AND absent_account_id IS NOT NULL", name="ends_after_it_begins"
        ),
        CheckConstraint(
            "absent_account_id IS NULL OR kind = 'COVER' AND until IS NOT NULL AND account_id <> absent_account_id",
            name="covers_another",
        ),
        CheckConstraint(f"languages <@ ARRAY[{_LANGUAGES}]", name="languages_known"),
    )

    id: int = identity()
    seat_id: int = reference_to("seat.id", index=True)
    account_id: int = reference_to("account.id", index=True)
    kind: IncumbencyKind = coded(IncumbencyKind, nullable=False)
    since: datetime = instant()
    until: datetime | None = instant(nullable=True)
    absent_account_id: int | None = reference_to("account.id", nullable=True)
    languages: list[str] = Field(
        default_factory=list, sa_type=ARRAY(Text), sa_column_kwargs={"server_default": text("'{}'")}
    )
