"""Other parties of a case, split by the level that shows them: who they are, and how to reach them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, long_text, only, reference_to
from models.incident_words import PartyContactKind
from models.vocabulary import PartyKind


class CaseParty(SQLModel, table=True):
    """Level WORK: an employer, a recruiter, a witness, an heir or a representative."""

    __tablename__ = "case_party"
    __table_args__ = (only("kind", PartyKind),)

    id: int = identity()
    case_id: int = reference_to("case.id", index=True)
    kind: PartyKind = coded(PartyKind, nullable=False)
    name: str
    area_code: str | None = Field(None, foreign_key="area.code")
    added_by_seat_id: int = reference_to("seat.id")
    added_at: datetime = instant()


class PartyContact(SQLModel, table=True):
    """Level FULL."""

    __tablename__ = "party_contact"
    __table_args__ = (only("kind", PartyContactKind),)

    id: int = identity()
    party_id: int = reference_to("case_party.id", index=True)
    kind: PartyContactKind = coded(PartyContactKind, nullable=False)
    value: str = long_text()
    position: int
