"""Who acts in demo scripts, and when: the phrases of scripts read against the files of the demo."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casework.demo.scripts import opening

DATA = Path(__file__).parents[2] / "casework"


@cache
def load(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def office_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in load("reference/offices.yaml"))


@cache
def sensitive_types() -> frozenset[str]:
    return frozenset(row["code"] for row in load("reference/problem_types.yaml") if row["sensitive"])


class Actor(NamedTuple):
    seat: str
    office: str | None
    handles_sensitive: bool

    @property
    def party(self) -> str:
        """Who holds a case that this actor opened."""
        return self.office or self.seat

    @property
    def coordinates(self) -> bool:
        return self.seat == "coordinator 43"


@cache
def actor(phrase: str) -> Actor:
    """Find the seat that a script's phrase names; a seat that does not exist fails."""
    if phrase == "system":
        return Actor(phrase, None, handles_sensitive=True)
    kind, place, *number = phrase.split()
    if kind in {"volunteer", "mentor"}:
        area = {"volunteer": "tambon", "mentor": "amphoe"}[kind]
        assert place in {row[area] for row in load("demo/network.yaml")[f"{kind}s"]}, phrase
        return Actor(phrase, None, handles_sensitive=True)
    office = "OPS-43" if kind == "coordinator" else place
    wanted = {"coordinator": "COORDINATOR", "head": "OFFICE_HEAD"}.get(kind, "OFFICER")
    seats = [row for row in load("demo/network.yaml")["staff"] if (row["office"], row["kind"]) == (office, wanted)]
    if kind == "sensitive":
        seats = [row for row in seats if row["handles_sensitive"]]
    return Actor(phrase, office, seats[int(number[0]) - 1 if number else 0]["handles_sensitive"])


def moment(script: Any, step: Any) -> datetime:
    """Tell when a step is made, in Bangkok."""
    day, clock = step["at"].split()
    hour, minute = map(int, clock.split(":"))
    midnight = opening(script).replace(hour=0, minute=0)
    return midnight + timedelta(days=int(day.strip("+d")), hours=hour, minutes=minute)
