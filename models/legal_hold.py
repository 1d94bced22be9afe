"""Orders that the personal data of a citizen stay as they are."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, long_text, only, reference_to
from models.privacy_words import HoldGround


class LegalHold(SQLModel, table=True):
    """Stands from `placed_at` to `released_at`; the owner's alone, no role of the service reads it."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        only("ground", HoldGround),
        Index(
            "one_hold_of_a_ground", "citizen_id", "ground", unique=True, postgresql_where=text("released_at IS NULL")
        ),
    )

    id: int = identity()
    citizen_id: int = reference_to("citizen.id", index=True)
    ground: HoldGround = coded(HoldGround, nullable=False)
    note: str = long_text()
    placed_by: str = Field(description="Who ordered it, such as the number of a letter.")
    placed_at: datetime = instant()
    released_by: str | None = None
    released_at: datetime | None = instant(nullable=True)
