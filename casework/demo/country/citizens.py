"""Citizens: who comes to a volunteer or an office, for the first time or again."""

from collections import defaultdict
from itertools import count
from typing import NamedTuple

from stdnum.th import pin

from casework.demo.country.citizen_rows import CitizenRow, ContactRow, IdentifierRow
from casework.demo.country.country import Country
from casework.demo.country.posts import Post
from casework.identifiers import seal
from models.vocabulary import ContactKind, EventKind, IdentifierKind, Language, SubjectKind

WITH_PHONE, WITH_ADDRESS, WITH_IDENTIFIER = 0.9, 0.6, 0.7
"""Shares of citizens."""
BORN_FROM, BORN_WITHIN = 1944, 62
"""Years of birth, spread evenly."""
PHONES_FROM = 830_000_000
"""Phones of citizens count up from here; valid in form, invented: never call them."""


class Citizen(NamedTuple):
    """What a case needs to know of its citizen."""

    id: int
    area_code: str
    name: str


class Citizens:
    """Registers citizens, and remembers whom each seat or office knows."""

    def __init__(self, country: Country, *, per_case: float) -> None:
        self._country = country
        self._per_case = per_case
        self._known: dict[int, list[Citizen]] = defaultdict(list)
        self._numbers = count(1)
        self._cases = self._registered = 0
        languages = country.library.shares["languages"]
        self._languages = [Language(code) for code in languages]
        self._language_shares = list(languages.values())

    def come(self, by: Post, area_code: str) -> Citizen:
        """Give the one whose case is opened: somebody new, or somebody whom the seat or the office knows."""
        self._cases += 1
        known = self._known[by.office_id or by.seat_id]
        if known and self._registered > self._cases * self._per_case:
            return self._country.rng.choice(known)
        self._registered += 1
        citizen = self._register(by, area_code)
        known.append(citizen)
        return citizen

    def _register(self, by: Post, area_code: str) -> Citizen:
        country, rng = self._country, self._country.rng
        ledger, now = country.ledger, country.now
        name, number = country.library.name(rng), next(self._numbers)
        row = CitizenRow(
            id=ledger.new_id(),
            title=name.title,
            given_name=name.given,
            family_name=name.family,
            language=rng.choices(self._languages, self._language_shares)[0],
            area_code=area_code,
            birth_year=BORN_FROM + number * 37 % BORN_WITHIN,
            registered_by_seat_id=by.seat_id,
            registered_at=now,
            updated_at=now,
        )
        self._add_contacts(row, number)
        documents = [self._add_identifier(row, number)] if country.chance(WITH_IDENTIFIER) else []
        payload = {"identifiers": [kind.value for kind in documents]}
        ledger.append(row, SubjectKind.CITIZEN, EventKind.CITIZEN_REGISTERED, {**payload}, by=by, at=now)
        ledger.finish(row)
        told = f"{name.given} {name.family}"
        ledger.sheaf.texts["citizen_search"].append((row.id, [name.given, name.family]))
        return Citizen(row.id, area_code, told)

    def _add_contacts(self, citizen: CitizenRow, number: int) -> None:
        country, rng = self._country, self._country.rng
        values = []
        if country.chance(WITH_PHONE):
            values.append((ContactKind.PHONE, f"+66{PHONES_FROM + number}"))
        if country.chance(WITH_ADDRESS):
            values.append((ContactKind.ADDRESS, f"{rng.randint(1, 399)} หมู่ {rng.randint(1, 15)}"))
        for position, (kind, value) in enumerate(values):
            row = ContactRow(
                id=country.ledger.new_id(), citizen_id=citizen.id, kind=kind, value=value, position=position
            )
            country.ledger.finish(row)

    def _add_identifier(self, citizen: CitizenRow, number: int) -> IdentifierKind:
        """Seal a document: cards carry the district 99, which no province has, so that no real card bears them."""
        thai = citizen.language is Language.TH
        kind = IdentifierKind.NATIONAL_ID if thai else IdentifierKind.PINK_CARD
        digits = f"{1 if thai else 6}{citizen.area_code[:2]}99{number:07d}"
        sealed = seal(
            self._country.keys,
            row_id=self._country.ledger.new_id(),
            citizen_id=citizen.id,
            kind=kind,
            canonical=digits + pin.calc_check_digit(digits),
        )
        self._country.ledger.finish(
            IdentifierRow(
                id=sealed.id,
                citizen_id=citizen.id,
                kind=kind,
                sealed=sealed.sealed,
                blind_index=sealed.blind_index,
                last_four=sealed.last_four,
            )
        )
        return kind
