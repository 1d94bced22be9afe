"""Rows of citizens and other parties; null where the level hides a value."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from models.match_words import MatchReason
from models.privacy_words import AccessPurpose
from models.vocabulary import (
    IdentifierKind,
    Language,
    PartyKind,
)


class CitizenRow(NamedTuple):
    id: int
    title: str | None
    given_name: str
    family_name: str
    language: Language
    area_code: str | None
    birth_year: int | None
    registered_at: datetime
    erased_at: datetime | None
    merged_into_citizen_id: int | None
    version: int
    level: int
    discloses: int


class MatchRow(NamedTuple):
    """A citizen on record who may be meant; `score` is out of 100."""

    citizen: CitizenRow
    score: int
    because: list[MatchReason]


class MatchesRow(NamedTuple):
    """`known_elsewhere`: a phone or a document is known, of somebody whom the asker is not shown it of."""

    candidates: list[MatchRow]
    known_elsewhere: bool


class ContactsRow(NamedTuple):
    """What level FULL or a disclosure shows of a citizen; None where it is hidden."""

    phones: list[str] | None
    addresses: list[str] | None
    identifiers: list["IdentifierRow"] | None


class AccessLogRow(NamedTuple):
    """Somebody was shown data of the citizen at `level_shown`; `level` is that of whoever asks now."""

    id: int
    citizen_id: int
    case_id: int | None
    seat_id: int | None
    account_id: int | None
    purpose: AccessPurpose
    request_id: UUID | None
    at: datetime
    level_shown: int
    office_id: int | None
    reason: str | None
    level: int


class IdentifierRow(NamedTuple):
    kind: IdentifierKind
    last_four: str


class RevealRow(NamedTuple):
    """A whole identifier, for the one who gave a reason."""

    kind: IdentifierKind
    number: str
    citizen: CitizenRow


class PartyRow(NamedTuple):
    id: int
    case_id: int
    kind: PartyKind
    name: str
    area_code: str | None
    added_at: datetime
    citizen_id: int
    level: int


class PartyContactsRow(NamedTuple):
    """How to reach another party; None where the level hides it."""

    phones: list[str] | None
    addresses: list[str] | None
    bank_accounts: list[str] | None
