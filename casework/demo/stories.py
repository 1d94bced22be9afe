"""The library of what people in Nong Khai tell and write, read from the YAML files of the demo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Kind:
    """What stories about one problem type are made of; the fields are described in stories.yaml."""

    code: str
    often: int
    trades: Sequence[str]
    money: str | Sequence[int]
    before: Sequence[int]
    foreign: int
    urgent: int
    low: int
    age: Sequence[int]
    discloses: Sequence[str]
    days: Sequence[int] = (8, 60)
    hours: Sequence[int] = (40, 200)
    sex: str | None = None
    basis: str = "CONSENT"


@dataclass(frozen=True, slots=True)
class Trade:
    """Where people work: who employs them, as what, and for how much a day from the least to the most."""

    employers: Sequence[str]
    jobs: Sequence[str]
    wages: Sequence[int]


@dataclass(frozen=True, slots=True)
class Stories:
    kinds: Mapping[str, Kind]
    trades: Mapping[str, Trade]
    slots: Mapping[str, Sequence[str]]
    seasons: Sequence[str]
    narratives: Mapping[str, Sequence[str]]


@cache
def read(name: str) -> Any:
    """Read a YAML file of the demo, once; nobody may change what is given."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def read_stories() -> Stories:
    library = read("stories.yaml")
    kinds = {code: Kind(code, **fields) for code, fields in library["kinds"].items()}
    trades = {name: Trade(**fields) for name, fields in library["trades"].items()}
    return Stories(kinds, trades, library["slots"], library["seasons"], library["narratives"])


def written(name: str) -> Any:
    """Give what volunteers and officers write under a heading of writings.yaml."""
    return read("writings.yaml")[name]


def within(rng: Random, bounds: Sequence[int]) -> int:
    """Draw a whole number from the first to the last of two, both included."""
    return bounds[0] + int(rng.random() * (bounds[1] - bounds[0] + 1))
