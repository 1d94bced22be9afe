"""The light rows of statistics: None where a count is withheld."""

from decimal import Decimal
from typing import NamedTuple

from models.vocabulary import Outcome


class CaseCountRow(NamedTuple):
    """Cases of a group; `suppressed` says that something is withheld."""

    opened: int | None
    closed: int | None
    still_open: int | None
    suppressed: bool


class PeopleCountRow(NamedTuple):
    """Different citizens of a group."""

    counted: int | None
    suppressed: bool


class DwellRow(NamedTuple):
    """Seconds from opening to resolving; None also where nothing was resolved."""

    median: float | None
    p90: float | None
    suppressed: bool


class OutcomeCountRow(NamedTuple):
    """Problems of a group with one outcome."""

    outcome: Outcome
    counted: int | None
    claimed: Decimal | None
    recovered: Decimal | None
    suppressed: bool


class ClockCountRow(NamedTuple):
    """Clocks of a group by how they stand now."""

    met: int | None
    missed: int | None
    running: int | None
    suppressed: bool
