"""Invent citizens with distinct names, phones and documents that nobody bears."""

from random import Random
from typing import Any, NamedTuple

from stdnum.th import pin

from casework.demo.stories import Kind, read, within
from casework.demo.tales import Teller

FIRST = 101
"""Numbers of documents count up from here; below are the citizens of cases.yaml."""
PHONES = 800_020_000
PARTY_PHONES = 800_030_000
"""Phones count up from 080-002-0001 and 080-003-0001; valid in form: never call or text them."""
LANGUAGES = ("LO", "LO", "LO", "LO", "LO", "LO", "MY", "KM")
"""Foreigners by language, as they come to the bank of the Mekong."""
CAMPS = ("แคมป์คนงาน", "บ้านเช่าหลังตลาด", "บ้านพักสวนยาง", "ห้องแถวท้ายซอย")
MARRIED_FROM = 29


class Known(NamedTuple):
    """A citizen as a script writes it, and as the teller of a story."""

    citizen: dict[str, Any]
    teller: Teller


class People:
    """Draws citizens and other parties one after another; no full name, phone or document comes twice."""

    def __init__(self, rng: Random) -> None:
        self._names = read("names.yaml")
        self._rng = rng
        self._taken: set[tuple[str, str]] = set()
        self._count = 0
        self._phones = 0
        self._party_phones = 0

    def citizen(self, kind: Kind, *, tambon: str) -> Known:
        """Invent somebody with a problem of this kind, who lives in the tambon."""
        rng = self._rng
        self._count += 1
        foreign = rng.random() * 100 < kind.foreign
        female = kind.sex == "F" if kind.sex else rng.random() < 0.5  # noqa: PLR2004 - one half
        language = rng.choice(LANGUAGES) if foreign else "TH"
        given, family = self._name(language, female=female)
        age = within(rng, kind.age)
        origin = self._names["foreign"].get(language)
        citizen = {
            "title": _title(rng, age, female=female),
            "given_name": given,
            "family_name": family,
            "language": language,
            "tambon": tambon,
            "address": self._address(foreign=foreign),
            "phones": [self._phone() for _ in range(rng.choice((0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2)))],
            **self._documents(foreign=foreign),
        }
        if origin is None:
            return Known(citizen, Teller(female, age))
        return Known(citizen, Teller(female, age, origin["nation"], rng.choice(origin["homes"])))

    def party(self) -> tuple[str, str]:
        """Invent a person beside the citizen: the full name and a phone."""
        female = self._rng.random() < 0.5  # noqa: PLR2004 - one half
        given, family = self._name("TH", female=female)
        return f"{given} {family}", self.party_phone()

    def party_phone(self) -> str:
        self._party_phones += 1
        return f"0{PARTY_PHONES + self._party_phones}"

    def _phone(self) -> str:
        self._phones += 1
        return f"0{PHONES + self._phones}"

    def _name(self, language: str, *, female: bool) -> tuple[str, str]:
        names = self._names if language == "TH" else self._names["foreign"][language]
        given, family = names["given"]["F" if female else "M"], names["family"]
        name = (self._rng.choice(given), self._rng.choice(family))
        while name in self._taken:
            name = (self._rng.choice(given), self._rng.choice(family))
        self._taken.add(name)
        return name

    def _address(self, *, foreign: bool) -> str:
        moo = f"หมู่ {1 + int(self._rng.random() * 14)}"
        return f"{self._rng.choice(CAMPS)} {moo}" if foreign else f"{1 + int(self._rng.random() * 260)} {moo}"

    def _documents(self, *, foreign: bool) -> dict[str, str | None]:
        number = FIRST + self._count
        if not foreign:
            return {"national_id": thai_id(number), "passport": None, "pink_card": None}
        passport, pink = f"PA43{number:05d}", pink_card(number)
        kept = self._rng.choice(((passport, pink), (passport, None), (None, pink)))
        return {"national_id": None, "passport": kept[0], "pink_card": kept[1]}


def thai_id(number: int) -> str:
    """Give a national ID with a right check digit, of the district 4399, which does not exist."""
    digits = f"14399{number:05d}{number * 37 % 100:02d}"
    return digits + pin.calc_check_digit(digits)


def pink_card(number: int) -> str:
    digits = f"004399{number:06d}"
    return digits + pin.calc_check_digit(digits)


def _title(rng: Random, age: int, *, female: bool) -> str:
    if not female:
        return "นาย"
    return "นาง" if rng.random() < (0.75 if age >= MARRIED_FROM else 0.15) else "นางสาว"
