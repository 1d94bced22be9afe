"""Rows of citizens."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from casework.demo.country.sheaf import Row
from models.vocabulary import ContactKind, Language


@dataclass(slots=True, kw_only=True)
class CitizenRow(Row):
    table: ClassVar[str] = "citizen"
    id: int
    title: str
    given_name: str
    family_name: str
    language: Language
    area_code: str
    birth_year: int
    registered_by_seat_id: int
    registered_at: datetime
    updated_at: datetime
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = b""


@dataclass(slots=True, kw_only=True)
class ContactRow(Row):
    table: ClassVar[str] = "citizen_contact"
    id: int
    citizen_id: int
    kind: ContactKind
    value: str
    position: int


@dataclass(slots=True, kw_only=True)
class IdentifierRow(Row):
    table: ClassVar[str] = "citizen_identifier"
    id: int
    citizen_id: int
    kind: str
    sealed: bytes
    blind_index: bytes
    last_four: str
