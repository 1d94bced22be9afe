"""Who looked at a citizen's data: written after the answer was made, in batches; never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, SmallInteger
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, only
from models.privacy_words import AccessPurpose
from models.vocabulary import Level


def _number_of_a_row(*, nullable: bool = False) -> Any:
    """Declare an id without a foreign key: checking one would lock the row that was only read (decision 0032)."""
    default: Any = None if nullable else ...
    return Field(default, sa_type=BigInteger, nullable=nullable)


class CitizenAccess(SQLModel, table=True):
    """Somebody was shown data of a citizen, through a case or not. Holds no personal data itself.

    At level STATUS: somebody was told that a number is known, and not whose it is.
    """

    __tablename__ = "citizen_access"
    __table_args__ = (
        only("purpose", AccessPurpose),
        CheckConstraint("level BETWEEN 3 AND 4 OR level = 1 AND purpose = 'MATCH'", name="level_range"),
        CheckConstraint("num_nulls(seat_id, account_id) = CASE purpose WHEN 'EXPORT' THEN 2 ELSE 0 END", name="looker"),
        CheckConstraint("(reveal_id IS NOT NULL) = (purpose = 'REVEAL')", name="reason_of_a_reveal"),
        Index("access_of_citizen", "citizen_id", text("at DESC"), text("id DESC")),
    )

    id: int = identity()
    citizen_id: int = _number_of_a_row()
    case_id: int | None = _number_of_a_row(nullable=True)
    seat_id: int | None = _number_of_a_row(nullable=True)
    account_id: int | None = _number_of_a_row(nullable=True)
    purpose: AccessPurpose = coded(AccessPurpose, nullable=False)
    level: int = Field(Level.WORK, sa_type=SmallInteger)
    reveal_id: int | None = _number_of_a_row(nullable=True)
    request_id: UUID | None = Field(default=None, description="Null for exports, and for reveals of old.")
    at: datetime = instant()
