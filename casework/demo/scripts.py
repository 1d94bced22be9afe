"""All scripts of the demo: sixty written by hand, the others composed; each known by when and where it is opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from casework.demo.composer import compose
from casework.demo.stories import read
from casework.rules.calendar import BANGKOK

COMPOSED = 340
SEED = 2569


class Identity(NamedTuple):
    """What tells a script's case from every other case of the demo."""

    opened_at: datetime
    area: str


Script = Mapping[str, Any]


def read_scripts() -> list[Script]:
    """Give all scripts in the order of their opening."""
    return sorted([*read_by_hand(), *compose(COMPOSED, seed=SEED)], key=identity_of)


def read_by_hand() -> list[Script]:
    """Give the scripts that are written by hand, in the order of their opening."""
    return sorted(read("cases.yaml"), key=identity_of)


def identity_of(script: Script) -> Identity:
    return Identity(opening(script), script["area"])


def opening(script: Script) -> datetime:
    """Read when the case is opened: scripts tell wall time in Bangkok."""
    return datetime.strptime(script["opened"], "%Y-%m-%d %H:%M").replace(tzinfo=BANGKOK)
