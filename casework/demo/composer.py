"""Compose demo scripts in the form of cases.yaml; the same seed gives the same scripts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

import geothai

from casework.demo.days import later
from casework.demo.journeys import COORDINATOR, PROVINCE, Journey
from casework.demo.moves import play
from casework.demo.people import Known, People
from casework.demo.plots import COORDINATING, Deck, Plot, Problems, agencies, read_calendar, read_plots, sensitive_types
from casework.demo.stories import Kind, read, read_stories, within
from casework.demo.tales import Place, Tale

Script = dict[str, Any]
CHANNELS = {
    "volunteer": "VOLUNTEER",
    "mentor": "ONLINE",
    "office": "WALK_IN",
    "hotline": "HOTLINE",
    "online": "ONLINE",
}
TRIES = 6
"""How often a journey is told again until its last step falls on its day; weekends move the steps."""
NEAR = 2
"""How many days earlier is near enough."""
AMPHOE_DIGITS = 4
BANGKOK = "10"
AT_HOME = 0.88
"""How many citizens are heard in the tambon where they live."""


def compose(count: int, *, seed: int) -> list[Script]:
    """Give so many scripts, in the order of their opening."""
    scripts = list(_Composer(seed).scripts(count))
    return sorted(scripts, key=lambda script: (script["opened"], script["area"]))


@cache
def place_of(area: str) -> Place:
    """Name a tambon and its amphoe as people do; in Bangkok they are called otherwise."""
    tambon, amphoe = geothai.subdistrict(area), geothai.district(area[:AMPHOE_DIGITS])
    if tambon is None or amphoe is None:
        raise LookupError(f"There is no tambon {area}.")
    words = ("แขวง", "เขต") if area.startswith(BANGKOK) else ("ตำบล", "อำเภอ")
    return Place(f"{words[0]}{tambon.name_th}", f"{words[1]}{amphoe.name_th.removeprefix(words[1])}")


@cache
def areas() -> tuple[str, ...]:
    """Give the tambon of the demo's province."""
    return tuple(row["tambon"] for row in read("network.yaml")["volunteers"])


class Brief(NamedTuple):
    """What a case is to be like, before its day is known."""

    plot: Plot
    problems: Problems
    known: Known
    area: str
    by: str
    seed: str


class _Composer:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rng = Random(seed)  # noqa: S311 - the demo wants the same people every time
        self._people = People(self._rng)
        self._stories = read_stories()
        self._deck = Deck(self._stories, self._rng)
        self._areas = self._shuffled_areas()
        self._taken: set[tuple[str, str]] = set()

    def scripts(self, count: int) -> Iterator[Script]:
        plots = [plot for plot in read_plots() for _ in range(plot.cases)]
        self._rng.shuffle(plots)
        for number in range(count):
            plot = plots[number % len(plots)]
            yield self._script(plot, number, self._deck.deal(plot), next(self._areas))

    def _shuffled_areas(self) -> Iterator[str]:
        order = list(areas())
        while True:
            self._rng.shuffle(order)
            yield from order

    def _script(self, plot: Plot, number: int, problems: Problems, area: str) -> Script:
        kind = problems.kinds[0]
        known = self._people.citizen(kind, tambon=self._home(area))
        by = self._opener(plot, agencies()[kind.code], area)
        case = self._fitting(Brief(plot, problems, known, area, by, f"{self._seed} {number}"))
        self._taken.add((f"{case.opened}", area))
        narrative = case.told or case.say(self._stories.narratives[kind.code])
        return {
            "key": f"{plot.name}-{number + 1:03d}",
            "citizen": known.citizen,
            "channel": CHANNELS[plot.by],
            "by": by,
            "area": area,
            "problems": list(case.tales),
            "priority": _priority(case.rng, kind),
            "narrative": f"{narrative} {problems.aside}".strip(),
            "opened": f"{case.opened:%Y-%m-%d %H:%M}",
            "steps": case.steps,
        }

    def _home(self, area: str) -> str:
        if self._rng.random() < AT_HOME:
            return area
        return self._rng.choice([home for home in areas() if home[:AMPHOE_DIGITS] == area[:AMPHOE_DIGITS]])

    def _opener(self, plot: Plot, agency: str, area: str) -> str:
        openers = {
            "volunteer": f"volunteer {area}",
            "mentor": f"mentor {area[:AMPHOE_DIGITS]}",
            "office": f"officer {agency}-{PROVINCE}",
            "hotline": COORDINATOR,
            "online": self._rng.choice((COORDINATOR, f"officer {COORDINATING}-{PROVINCE} 3")),
        }
        return openers[plot.by]

    def _fitting(self, brief: Brief) -> Journey:
        """Tell the journey so that its last step falls on the day that the plot wants."""
        begins, asking, last = read_calendar()
        first = asking if any(move.verb == "assign" for move in brief.plot.moves) else begins
        case = self._told(brief, first)
        span = (case.at.date() - first).days + 1
        if brief.plot.quiet is None:
            wanted = first + timedelta(days=span + int(self._rng.random() * ((last - first).days - span)))
        else:
            wanted = last - timedelta(days=within(self._rng, brief.plot.quiet))
        for attempt in range(TRIES):
            off = (wanted - case.at.date()).days
            if 0 <= off <= NEAR:
                break
            off -= attempt if off < 0 else 0  # else weekends could throw it to and fro
            case = self._told(brief, max(first, case.opened.date() + timedelta(days=off)))
        return case

    def _told(self, brief: Brief, day: date) -> Journey:
        """Play all the moves of a case that is opened on that day, or on the next one on which its opener is there."""
        rng = Random(brief.seed)  # noqa: S311 - as above
        at = datetime(day.year, day.month, day.day, 8, within(rng, (0, 30)))  # noqa: DTZ001 - scripts tell wall time
        opened = later(at + timedelta(minutes=rng.randrange(500)), 0, rng, office=not brief.by.startswith("volunteer"))
        while (f"{opened}", brief.area) in self._taken:
            opened += timedelta(minutes=1)
        teller, place = brief.known.teller, place_of(brief.area)
        main = Tale(self._stories, brief.problems.kinds[0], rng, place=place, teller=teller, opened=opened.date())
        main["moo"] = "หมู่ " + brief.known.citizen["address"].rpartition(" ")[2]
        case = Journey(
            [main, *map(main.beside, brief.problems.kinds[1:])],
            area=brief.area,
            by=brief.by,
            opened=opened,
            sensitive=main.kind.code in sensitive_types(),
            people=self._people,
            pace=Random(f"{brief.seed} pace"),  # noqa: S311 - as above
        )
        for move in brief.plot.moves:
            play(case, move)
        return case


def _priority(rng: Random, kind: Kind) -> str:
    drawn = rng.random() * 100
    if drawn < kind.urgent:
        return "URGENT"
    return "LOW" if drawn < kind.urgent + kind.low else "NORMAL"
