"""Kinds of labour problems, and the clocks that the law and the service run on them."""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, Text
from sqlmodel import Field, SQLModel

from models.clock_words import ClockKind, ClockUnit
from models.columns import coded, only
from models.vocabulary import Certainty, Priority, ReferralKind


def _codes() -> Any:
    return Field(sa_type=ARRAY(Text))


class ProblemType(SQLModel, table=True):
    """A kind of problem and the agency that leads on it."""

    __tablename__ = "problem_type"

    code: str = Field(primary_key=True)
    agency_code: str = Field(foreign_key="agency.code")
    also_agency_codes: list[str] = _codes()
    name_th: str
    name_en: str
    title_th: str
    sensitive: bool
    position: int


class LegalClock(SQLModel, table=True):
    """A period that a law sets; each version of the law is a row of its own."""

    __tablename__ = "legal_clock"
    __table_args__ = (only("kind", ClockKind), only("unit", ClockUnit), only("certainty", Certainty))

    code: str = Field(primary_key=True)
    effective_from: date = Field(primary_key=True)
    effective_until: date | None = None
    name_th: str
    name_en: str
    kind: ClockKind = coded(ClockKind, nullable=False)
    problem_type_codes: list[str] = _codes()
    starts_on: str
    ended_by: str | None = None
    amount: int
    unit: ClockUnit = coded(ClockUnit, nullable=False)
    extension: int | None = None
    pauses: bool
    law_th: str
    law_en: str
    section: str | None = None
    source: str
    certainty: Certainty = coded(Certainty, nullable=False)
    verified: bool


class SeveranceTier(SQLModel, table=True):
    """Days' wages due after so long an employment (Labour Protection Act s.118)."""

    __tablename__ = "severance_tier"
    __table_args__ = (only("certainty", Certainty), only("employed_unit", ClockUnit))

    employed: int = Field(primary_key=True)
    employed_unit: ClockUnit = coded(ClockUnit, primary_key=True)
    effective_from: date = Field(primary_key=True)
    effective_until: date | None = None
    wage_days: int
    section: str
    source: str
    certainty: Certainty = coded(Certainty, nullable=False)
    verified: bool


class ServiceStandard(SQLModel, table=True):
    """Thai working days of a referral: for its answer, for its result, and for what it discloses."""

    __tablename__ = "service_standard"
    __table_args__ = (only("kind", ReferralKind), only("priority", Priority))

    code: str = Field(primary_key=True)
    kind: ReferralKind = coded(ReferralKind, primary_key=True)
    priority: Priority = coded(Priority, primary_key=True)
    effective_from: date = Field(primary_key=True)
    effective_until: date | None = None
    working_days: int
    source: str
    verified: bool
