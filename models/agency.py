"""Agencies of the Ministry and their offices."""

from sqlmodel import Field, SQLModel

from models.columns import identity, identity_of


class Agency(SQLModel, table=True):
    code: str = Field(primary_key=True)
    name_th: str
    name_en: str
    hotline: str | None = None
    position: int


class Office(SQLModel, table=True):
    """An agency's office; `verified` is false while its name is not confirmed by an official list."""

    id: int = identity()
    code: str = Field(unique=True)
    agency_code: str = Field(foreign_key="agency.code", index=True)
    province_code: str = Field(foreign_key="area.code", index=True)
    name_th: str
    name_en: str
    verified: bool


class OfficeArea(SQLModel, table=True):
    """Which areas an office answers for; many to many."""

    __tablename__ = "office_area"

    office_id: int = identity_of("office.id")
    area_code: str = Field(primary_key=True, foreign_key="area.code", index=True)
