"""Notes that participants write on a case, each for an audience."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.sql import false, text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, long_text, only, reference_to
from models.vocabulary import Audience


class Note(SQLModel, table=True):
    """Level WORK, and within it for the audience; `author_agency_code` is what OWN_AGENCY compares.

    No post wrote what the citizen told by reference and tracking code.
    """

    __table_args__ = (
        only("audience", Audience),
        Index("note_of_case", "case_id", text("written_at DESC"), text("id DESC")),
    )

    id: int = identity()
    case_id: int = reference_to("case.id")
    author_seat_id: int | None = reference_to("seat.id", nullable=True)
    author_agency_code: str | None = Field(None, foreign_key="agency.code")
    audience: Audience = coded(Audience, nullable=False)
    text: str = long_text()
    written_at: datetime = instant()
    captured_at: datetime | None = instant(nullable=True)
    late: bool = Field(
        False,
        sa_column_kwargs={"server_default": false()},
        description="Captured offline; when it arrived the case was no longer the author's.",
    )
