"""What people are called and what they write: the library country.yaml, and the one function that writes a text."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

FILE = Path(__file__).with_name("country.yaml")


class Name(NamedTuple):
    """A person's name in Thai and romanised."""

    title: str
    given: str
    family: str
    given_en: str
    family_en: str


@dataclass(frozen=True, slots=True)
class Library:
    """The file, ready to draw from."""

    shares: dict[str, Any]
    names: list[tuple[str, str, str]]
    families: list[tuple[str, str]]

    def name(self, rng: Random) -> Name:
        title, given, given_en = rng.choice(self.names)
        family, family_en = rng.choice(self.families)
        return Name(title, given, family, given_en, family_en)

    def text(self, rng: Random, kind: str, *, problem: str) -> str:
        """Write a text of a kind such as `narratives` or `reports` about a problem, as its type's title says it."""
        shares = self.shares
        return str(rng.choice(shares[kind])).format(
            problem=problem,
            job=rng.choice(shares["jobs"]),
            employer=rng.choice(shares["employers"]),
            years=rng.randint(1, 12),
        )


def read_library() -> Library:
    shares: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    family = shares["family"]
    return Library(
        shares,
        [(title, given, english) for title, names in shares["names"].items() for given, english in names.items()],
        [
            (first + second, first_en + second_en)
            for first, first_en in family["first"].items()
            for second, second_en in family["second"].items()
        ],
    )
