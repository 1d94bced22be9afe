"""Areas: provinces, amphoe and tambon of Thailand by DOPA code."""

from datetime import date

from sqlmodel import Field, SQLModel

from models.columns import coded, known_together, only
from models.vocabulary import AreaLevel


class Area(SQLModel, table=True):
    """One area; its code begins with the code of the area above it."""

    __table_args__ = (only("level", AreaLevel), known_together("residents", "residents_on"))

    code: str = Field(primary_key=True)
    level: AreaLevel = coded(AreaLevel, nullable=False)
    parent_code: str | None = Field(None, foreign_key="area.code", index=True)
    name_th: str
    name_en: str
    residents: int | None = None
    residents_on: date | None = None
