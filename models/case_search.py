"""What the search reads: the words of cases and of citizens' names, made by casework/rules/words.py."""

from sqlalchemy import ARRAY, Index, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field, SQLModel

from models.columns import identity_of


class CaseSearch(SQLModel, table=True):
    """Level WORK: the words of a case's narrative and workplace and of its citizen's names."""

    __tablename__ = "case_search"
    __table_args__ = (Index("case_search_words", "words", postgresql_using="gin"),)

    case_id: int = identity_of("case.id")
    words: str = Field(sa_type=TSVECTOR)


class CitizenSearch(SQLModel, table=True):
    """Level WORK: the words of a citizen's names, and how these sound (casework/rules/sounds.py)."""

    __tablename__ = "citizen_search"
    __table_args__ = (
        Index("citizen_search_words", "words", postgresql_using="gin"),
        Index("citizen_search_sounds", "sounds", postgresql_using="gin"),
    )

    citizen_id: int = identity_of("citizen.id")
    words: str = Field(sa_type=TSVECTOR)
    sounds: list[str] = Field(sa_type=ARRAY(Text))
