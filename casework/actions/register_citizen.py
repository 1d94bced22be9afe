"""Register a citizen: names, contacts and identifiers, before or without a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.identifiers import seal
from casework.policy.permissions import check_may_open
from casework.rules import people, texts
from casework.work import Work
from models import Citizen, CitizenContact
from models.vocabulary import ContactKind, EventKind, IdentifierKind, Language

MOST_CONTACTS = 5


@dataclass(frozen=True, slots=True)
class Identifier:
    kind: IdentifierKind
    number: str


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a citizen; only the names are needed."""

    given_name: str
    family_name: str
    title: str | None = None
    language: Language = Language.TH
    area_code: str | None = None
    phones: Sequence[str] = ()
    addresses: Sequence[str] = ()
    identifiers: Sequence[Identifier] = field(default=())


async def register_citizen(work: Work, *, person: Person) -> int:
    """Write the citizen and give its id. Refuses wrong check digits, phones and areas; finds no doubles yet."""
    check_may_open(work.by)
    known = _checked(work, person)
    citizen = Citizen(
        id=await work.new_id(),
        title=known.title,
        given_name=known.given_name,
        family_name=known.family_name,
        language=known.language,
        area_code=known.area_code,
        registered_by_seat_id=work.by.seat_id,
        registered_at=work.now,
        updated_at=work.now,
        journal_head=b"",
    )
    await work.save(citizen)
    await _save_contacts(work, citizen.id, known)
    kinds = sorted({identifier.kind.value for identifier in known.identifiers})
    await journal.append(work, citizen, EventKind.CITIZEN_REGISTERED, {"identifiers": kinds})
    return citizen.id


async def _save_contacts(work: Work, citizen_id: int, known: Person) -> None:
    values = [(ContactKind.PHONE, phone) for phone in known.phones]
    values += [(ContactKind.ADDRESS, address) for address in known.addresses]
    ids = iter(await work.new_ids(len(values) + len(known.identifiers)) if values or known.identifiers else [])
    for position, (kind, value) in enumerate(values):
        contact = CitizenContact(id=next(ids), citizen_id=citizen_id, kind=kind, value=value, position=position)
        await work.save(contact)
    for identifier in known.identifiers:
        row = seal(
            work.keys, row_id=next(ids), citizen_id=citizen_id, kind=identifier.kind, canonical=identifier.number
        )
        await work.save(row)


def _checked(work: Work, person: Person) -> Person:
    """Give the person with every value in its canonical form, or refuse the first wrong one."""
    for name, values in (
        ("phones", person.phones),
        ("addresses", person.addresses),
        ("identifiers", person.identifiers),
    ):
        if len(values) > MOST_CONTACTS:
            raise Refusal(RefusalCode.TOO_MANY, "input", name, limit=MOST_CONTACTS)
    if person.area_code is not None and person.area_code not in work.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "area")
    return Person(
        given_name=texts.clean_line(person.given_name, "input", "givenName"),
        family_name=texts.clean_line(person.family_name, "input", "familyName"),
        title=None if person.title is None else texts.clean_line(person.title, "input", "title"),
        language=person.language,
        area_code=person.area_code,
        phones=[people.canonical_phone(p, "input", "phones", str(at)) for at, p in enumerate(person.phones)],
        addresses=[
            texts.clean_line(a, "input", "addresses", str(at), limit=texts.LINE)
            for at, a in enumerate(person.addresses)
        ],
        identifiers=[
            Identifier(i.kind, people.canonical_identifier(i.kind, i.number, "input", "identifiers", str(at), "number"))
            for at, i in enumerate(person.identifiers)
        ],
    )
