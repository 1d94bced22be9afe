"""Correct a citizen's record: names, language, home, contacts and documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from sqlalchemy import select
from sqlmodel import col

from casework import citizen_records as records
from casework import journal
from casework.citizen_desk import take_citizen_for
from casework.citizen_records import Identifier
from casework.errors import Refusal, RefusalCode
from casework.identifiers import blind_indexes
from casework.rules import people, texts
from casework.search import refresh_names
from casework.work import Work
from models import Citizen, CitizenContact, CitizenIdentifier
from models.action_words import CitizenAction
from models.vocabulary import ContactKind, EventKind, IdentifierKind, Language


class _Unchanged(Enum):
    TOKEN = 0


UNCHANGED = _Unchanged.TOKEN
"""Stands where None would mean to take the value away."""


@dataclass(frozen=True, slots=True)
class ShownIdentifier:
    """A document as people see it."""

    kind: IdentifierKind
    last_four: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to change; None leaves a value as it is. A list of contacts replaces the one before."""

    given_name: str | None = None
    family_name: str | None = None
    title: str | Literal[_Unchanged.TOKEN] | None = UNCHANGED
    language: Language | None = None
    area_code: str | Literal[_Unchanged.TOKEN] | None = UNCHANGED
    birth_year: int | Literal[_Unchanged.TOKEN] | None = UNCHANGED
    phones: Sequence[str] | None = None
    addresses: Sequence[str] | None = None
    added: Sequence[Identifier] = ()
    removed: Sequence[ShownIdentifier] = ()


async def update_citizen(work: Work, *, citizen_id: int, expected_version: int, correction: Correction) -> int:
    """Write what changes; the event names the kinds of values, never the values. Gives the citizen's id."""
    citizen = await take_citizen_for(work, citizen_id, CitizenAction.UPDATE, expected_version=expected_version)
    changed = [
        *_correct_person(work, citizen, correction),
        *await _replace_contacts(work, citizen_id, correction),
        *await _change_identifiers(work, citizen_id, correction),
    ]
    if not changed:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    citizen.updated_at = work.now
    citizen.version += 1
    await journal.append(work, citizen, EventKind.CITIZEN_UPDATED, {"changed": changed})
    if {"givenName", "familyName"} & set(changed):
        await refresh_names(work, citizen_id)
    return citizen_id


def _correct_person(work: Work, citizen: Citizen, wanted: Correction) -> list[str]:
    changed = []
    if wanted.given_name is not None:
        citizen.given_name = texts.clean_line(wanted.given_name, "input", "givenName")
        changed.append("givenName")
    if wanted.family_name is not None:
        citizen.family_name = texts.clean_line(wanted.family_name, "input", "familyName")
        changed.append("familyName")
    if wanted.title is not UNCHANGED:
        citizen.title = records.clean_title(wanted.title)
        changed.append("title")
    if wanted.language is not None:
        citizen.language = wanted.language
        changed.append("language")
    if wanted.area_code is not UNCHANGED:
        citizen.area_code = records.known_area(work, wanted.area_code)
        changed.append("area")
    if wanted.birth_year is not UNCHANGED:
        citizen.birth_year = people.check_birth_year(wanted.birth_year, "input", "birthYear", now=work.now)
        changed.append("birthYear")
    return changed


async def _replace_contacts(work: Work, citizen_id: int, wanted: Correction) -> list[str]:
    changed = []
    if wanted.phones is not None:
        phones = records.canonical_phones(wanted.phones)
        await _replace(work, citizen_id, ContactKind.PHONE, phones)
        changed.append("phones")
    if wanted.addresses is not None:
        addresses = records.clean_addresses(wanted.addresses)
        await _replace(work, citizen_id, ContactKind.ADDRESS, addresses)
        changed.append("addresses")
    return changed


async def _replace(work: Work, citizen_id: int, kind: ContactKind, values: Sequence[str]) -> None:
    before = select(CitizenContact).where(
        col(CitizenContact.citizen_id) == citizen_id,
        col(CitizenContact.kind) == kind,
    )
    for row in (await work.session.scalars(before)).all():
        await work.session.delete(row)
    await work.session.flush()
    await records.save_contacts(work, citizen_id, kind, values)


async def _change_identifiers(work: Work, citizen_id: int, wanted: Correction) -> list[str]:
    added = records.canonical_identifiers(wanted.added, "addIdentifiers")
    records.check_number_of("removeIdentifiers", wanted.removed)
    of_citizen = select(CitizenIdentifier).where(col(CitizenIdentifier.citizen_id) == citizen_id)
    rows = list((await work.session.scalars(of_citizen)).all())
    for at, shown in enumerate(wanted.removed):
        row = next((row for row in rows if (row.kind, row.last_four) == (shown.kind, shown.last_four)), None)
        if row is None:
            raise Refusal(RefusalCode.NOT_FOUND, "input", "removeIdentifiers", str(at))
        rows.remove(row)
        await work.session.delete(row)
    await work.session.flush()
    known = {bytes(row.blind_index) for row in rows}
    for at, given in enumerate(added):
        indexes = blind_indexes(work.keys, given.kind, given.number)
        if not known.isdisjoint(indexes):
            raise Refusal(RefusalCode.IDENTIFIER_KNOWN, "input", "addIdentifiers", str(at))
        known.add(indexes[0])
    if added and len(known) > records.MOST_CONTACTS:
        raise Refusal(RefusalCode.TOO_MANY, "input", "addIdentifiers", limit=records.MOST_CONTACTS)
    await records.save_identifiers(work, citizen_id, added)
    return ["identifiers"] if added or wanted.removed else []
