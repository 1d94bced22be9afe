"""Citizens, split by the level that shows them: names, contacts, identifiers."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, long_text, only, reference_to
from models.vocabulary import ContactKind, IdentifierKind, Language


class Citizen(SQLModel, table=True):
    """Level WORK, and the head of the citizen's chain of events; nameless once it is erased.

    A record that was merged into another one stays as it was; its cases stand with the other one meanwhile.
    """

    __table_args__ = (
        only("language", Language),
        CheckConstraint(
            "erased_at IS NULL OR (given_name = '' AND family_name = '' AND title IS NULL AND birth_year IS NULL)",
            name="erased_is_nameless",
        ),
        CheckConstraint("merged_into_citizen_id <> id", name="merged_into_another"),
    )

    id: int = identity()
    title: str | None = None
    given_name: str
    family_name: str
    language: Language = coded(Language, nullable=False)
    area_code: str | None = Field(None, foreign_key="area.code", index=True)
    birth_year: int | None = Field(default=None, description="Of the Christian era.")
    registered_by_seat_id: int = reference_to("seat.id", index=True)
    registered_at: datetime = instant()
    updated_at: datetime = instant()
    erased_at: datetime | None = instant(nullable=True)
    merged_into_citizen_id: int | None = reference_to("citizen.id", nullable=True, index=True)
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = Field(sa_type=LargeBinary)


class CitizenContact(SQLModel, table=True):
    """Level FULL, or disclosed by a referral."""

    __tablename__ = "citizen_contact"
    __table_args__ = (
        only("kind", ContactKind),
        Index("contact_by_phone", "value", postgresql_where=text("kind = 'PHONE'")),
    )

    id: int = identity()
    citizen_id: int = reference_to("citizen.id", index=True)
    kind: ContactKind = coded(ContactKind, nullable=False)
    value: str = long_text()
    position: int
    from_citizen_id: int | None = reference_to("citizen.id", nullable=True, index=True)
    """Whose contact it is a copy of, while that record is merged into this one; the original stays as it was."""


class CitizenIdentifier(SQLModel, table=True):
    """Level FULL as `last_four`; the whole only encrypted, found by `blind_index` (see casework/identifiers.py)."""

    __tablename__ = "citizen_identifier"
    __table_args__ = (only("kind", IdentifierKind),)

    id: int = identity()
    citizen_id: int = reference_to("citizen.id", index=True)
    kind: IdentifierKind = coded(IdentifierKind, nullable=False)
    sealed: bytes = Field(sa_type=LargeBinary)
    blind_index: bytes = Field(sa_type=LargeBinary, index=True)
    last_four: str
    from_citizen_id: int | None = reference_to("citizen.id", nullable=True, index=True)
    """Whose document it is a copy of, as with contacts."""


class IdentifierReveal(SQLModel, table=True):
    """Somebody was shown a whole identifier, and why; the document itself may be gone since."""

    __tablename__ = "identifier_reveal"
    __table_args__ = (only("kind", IdentifierKind),)

    id: int = identity()
    citizen_id: int = reference_to("citizen.id", index=True)
    identifier_id: int = Field(sa_type=BigInteger)
    kind: IdentifierKind = coded(IdentifierKind, nullable=False)
    reason: str = long_text()
    revealed_by_seat_id: int = reference_to("seat.id")
    revealed_by_account_id: int = reference_to("account.id")
    revealed_at: datetime = instant()
