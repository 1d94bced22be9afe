"""How often somebody may still ask: the state of the rate limits, shared by all processes."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from models.columns import instant


class RateLimit(SQLModel, table=True):
    """One who asks, as a keyed hash; `spent_until` in the past is the same as no row. A crash may empty the table."""

    __tablename__ = "rate_limit"
    __table_args__ = {"prefixes": ["UNLOGGED"]}

    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    spent_until: datetime = instant(index=True)
