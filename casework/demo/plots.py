"""Read the plots of plots.yaml, and deal the kinds of problems they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

from casework.demo.stories import Kind, Stories, read

PLOTS = "plots.yaml"
COORDINATORS = frozenset({"hotline", "online"})
COORDINATING = "OPS"
"""The agency whose office holds what its coordinator opens: it cannot refer to itself."""


class Move(NamedTuple):
    """A verb of moves.py, its words, and after how many days it comes; none: as soon as its verb usually does."""

    verb: str
    words: Sequence[str]
    gap: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Plot:
    name: str
    cases: int
    of: str | Sequence[str]
    by: str
    quiet: Sequence[int] | None
    teaches: str
    moves: Sequence[Move]


class Calendar(NamedTuple):
    """The demo's first and last day, and the first on which a volunteer is asked to take a case."""

    first: date
    asking: date
    last: date


class Problems(NamedTuple):
    """What a case is about; `aside` tells its second problem."""

    kinds: Sequence[Kind]
    aside: str


@cache
def read_plots() -> Sequence[Plot]:
    rows = read(PLOTS)["plots"]
    return tuple(Plot(**{**row, "moves": tuple(map(read_move, row["moves"]))}) for row in rows)


@cache
def read_calendar() -> Calendar:
    return Calendar(*(read(PLOTS)[name] for name in Calendar._fields))


def read_move(text: str) -> Move:
    """Read e.g. `complete r1 refused @8-40`."""
    words, _, gap = text.partition(" @")
    verb, *rest = words.split()
    return Move(verb, tuple(rest), tuple(map(int, gap.split("-"))) if gap else None)


@cache
def agencies() -> dict[str, str]:
    """Give each problem type's leading agency."""
    return {row["code"]: row["agency"] for row in read("../reference/problem_types.yaml")}


@cache
def sensitive_types() -> frozenset[str]:
    return frozenset(row["code"] for row in read("../reference/problem_types.yaml") if row["sensitive"])


class Deck:
    """Deals kinds of problems, each as often as stories.yaml says; what a plot cannot use stays on top."""

    def __init__(self, stories: Stories, rng: Random) -> None:
        self._stories = stories
        self._rng = rng
        self._cards: dict[bool, list[str]] = {True: [], False: []}
        self._pairs: list[dict[str, str]] = []

    def deal(self, plot: Plot) -> Problems:
        kinds = self._stories.kinds
        if plot.of == "pairs":
            pair = self._pair()
            return Problems((kinds[pair["first"]], kinds[pair["second"]]), pair["aside"])
        if not isinstance(plot.of, str):
            return Problems((kinds[self._rng.choice(plot.of)],), "")
        return Problems((kinds[self._single(plot)],), "")

    def _single(self, plot: Plot) -> str:
        cards = self._cards[plot.of == "sensitive"]
        while True:
            fitting = (at for at, code in enumerate(cards) if self._fits(plot, code))
            found = next(fitting, None)
            if found is not None:
                return cards.pop(found)
            cards += self._shuffled(sensitive=plot.of == "sensitive")

    def _fits(self, plot: Plot, code: str) -> bool:
        if plot.by in COORDINATORS and agencies()[code] == COORDINATING:
            return False
        if plot.of == "money":
            return self._stories.kinds[code].money != "none"
        if plot.of == "refusable":
            return "REJECTED" in {report["outcome"] for report in read("writings.yaml")["reports"][code]}
        return True

    def _shuffled(self, *, sensitive: bool) -> list[str]:
        wanted: Iterable[Kind] = self._stories.kinds.values()
        cards = [
            kind.code for kind in wanted if (kind.code in sensitive_types()) == sensitive for _ in range(kind.often)
        ]
        self._rng.shuffle(cards)
        return cards

    def _pair(self) -> dict[str, str]:
        if not self._pairs:
            self._pairs = list(read(PLOTS)["pairs"])
            self._rng.shuffle(self._pairs)
        return self._pairs.pop()
