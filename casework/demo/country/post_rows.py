"""Rows of posts and the people who fill them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from casework.demo.country.sheaf import Row
from models.vocabulary import IncumbencyKind, SeatKind


@dataclass(slots=True, kw_only=True)
class AccountRow(Row):
    table: ClassVar[str] = "account"
    id: int
    subject: UUID
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    phone: str


@dataclass(slots=True, kw_only=True)
class SeatRow(Row):
    table: ClassVar[str] = "seat"
    id: int
    kind: SeatKind
    area_code: str | None
    office_id: int | None
    number: int
    handles_sensitive: bool


@dataclass(slots=True, kw_only=True)
class IncumbencyRow(Row):
    table: ClassVar[str] = "incumbency"
    id: int
    seat_id: int
    account_id: int
    kind: IncumbencyKind = IncumbencyKind.PRIMARY
    since: datetime
