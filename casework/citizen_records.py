"""What stands in a citizen's record: names, contacts and documents, each checked and brought to one form."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.errors import Refusal, RefusalCode
from casework.identifiers import seal
from casework.rules import people, texts
from casework.work import Work
from models import CitizenContact
from models.vocabulary import ContactKind, IdentifierKind

MOST_CONTACTS = 5


@dataclass(frozen=True, slots=True)
class Identifier:
    kind: IdentifierKind
    number: str


def known_area(work: Work, code: str | None) -> str | None:
    if code is not None and code not in work.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "input", "area")
    return code


def clean_title(title: str | None) -> str | None:
    return None if title is None else texts.clean_line(title, "input", "title")


def canonical_phones(phones: Sequence[str]) -> list[str]:
    check_number_of("phones", phones)
    return [people.canonical_phone(phone, "input", "phones", str(at)) for at, phone in enumerate(phones)]


def clean_addresses(addresses: Sequence[str]) -> list[str]:
    check_number_of("addresses", addresses)
    return [
        texts.clean_line(address, "input", "addresses", str(at), limit=texts.LINE)
        for at, address in enumerate(addresses)
    ]


def canonical_identifiers(given: Sequence[Identifier], name: str = "identifiers") -> list[Identifier]:
    check_number_of(name, given)
    return [
        Identifier(i.kind, people.canonical_identifier(i.kind, i.number, "input", name, str(at), "number"))
        for at, i in enumerate(given)
    ]


def check_number_of(name: str, values: Sequence[object]) -> None:
    if len(values) > MOST_CONTACTS:
        raise Refusal(RefusalCode.TOO_MANY, "input", name, limit=MOST_CONTACTS)


async def save_contacts(work: Work, citizen_id: int, kind: ContactKind, values: Sequence[str]) -> None:
    for position, value in enumerate(values):
        row = CitizenContact(id=await work.new_id(), citizen_id=citizen_id, kind=kind, value=value, position=position)
        await work.save(row)


async def save_identifiers(work: Work, citizen_id: int, identifiers: Sequence[Identifier]) -> None:
    for given in identifiers:
        row_id = await work.new_id()
        await work.save(seal(work.keys, row_id=row_id, citizen_id=citizen_id, kind=given.kind, canonical=given.number))
