"""Register a citizen: names, contacts and identifiers, before or without a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casework import citizen_records as records
from casework import journal
from casework.citizen_records import Identifier
from casework.policy.permissions import check_may_open
from casework.rules import people, texts
from casework.search import refresh_names
from casework.work import Work
from models import Citizen
from models.vocabulary import ContactKind, EventKind, Language


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a citizen; only the names are needed."""

    given_name: str
    family_name: str
    title: str | None = None
    language: Language = Language.TH
    area_code: str | None = None
    birth_year: int | None = None
    phones: Sequence[str] = ()
    addresses: Sequence[str] = ()
    identifiers: Sequence[Identifier] = field(default=())


async def register_citizen(work: Work, *, person: Person) -> int:
    """Write the citizen and give its id. Refuses wrong check digits, phones and areas.

    It looks for no double: whoever registers asks `matchCitizens` first, and may have a reason.
    """
    check_may_open(work.by)
    known = _checked(work, person)
    citizen = Citizen(
        id=await work.new_id(),
        title=known.title,
        given_name=known.given_name,
        family_name=known.family_name,
        language=known.language,
        area_code=known.area_code,
        birth_year=known.birth_year,
        registered_by_seat_id=work.by.seat_id,
        registered_at=work.now,
        updated_at=work.now,
        journal_head=b"",
    )
    await work.save(citizen)
    await records.save_contacts(work, citizen.id, ContactKind.PHONE, known.phones)
    await records.save_contacts(work, citizen.id, ContactKind.ADDRESS, known.addresses)
    await records.save_identifiers(work, citizen.id, known.identifiers)
    kinds = sorted({identifier.kind.value for identifier in known.identifiers})
    await journal.append(work, citizen, EventKind.CITIZEN_REGISTERED, {"identifiers": kinds})
    await refresh_names(work, citizen.id)
    return citizen.id


def _checked(work: Work, person: Person) -> Person:
    """Give the person with every value in its canonical form, or refuse the first wrong one."""
    for name in ("phones", "addresses", "identifiers"):
        records.check_number_of(name, getattr(person, name))
    area_code = records.known_area(work, person.area_code)
    return Person(
        given_name=texts.clean_line(person.given_name, "input", "givenName"),
        family_name=texts.clean_line(person.family_name, "input", "familyName"),
        title=records.clean_title(person.title),
        language=person.language,
        area_code=area_code,
        birth_year=people.check_birth_year(person.birth_year, "input", "birthYear", now=work.now),
        phones=records.canonical_phones(person.phones),
        addresses=records.clean_addresses(person.addresses),
        identifiers=records.canonical_identifiers(person.identifiers),
    )
