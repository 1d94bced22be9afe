"""Measure an operation: slices of the service and of the floor in turn, so that what disturbs the machine hits both."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles

import orjson

from benchmarks.contests import Contest, Target
from benchmarks.databases import Database
from benchmarks.processes import cpu_seconds, load, memory

WARMING = 1.0
"""Seconds of a slice that is not counted."""


@dataclass(slots=True)
class Figures:
    """What one of the two did, over all its slices."""

    seconds: float = 0
    times: list[int] = field(default_factory=list)
    cpu: float = 0
    database_cpu: float = 0
    memory: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, percent: int) -> float:
        """Give milliseconds."""
        return quantiles(self.times, n=100)[percent - 1] / 1000

    @property
    def whole_cpu(self) -> float:
        """Give microseconds an operation, PostgreSQL's included."""
        return self.micros(self.cpu + self.database_cpu)

    def micros(self, seconds: float) -> float:
        """Give microseconds an operation."""
        return seconds / len(self.times) * 1e6


@dataclass(frozen=True, slots=True)
class Side:
    """The service or the floor: where it listens, and its process."""

    process: int
    port: int


def measure(
    contest: Contest,
    sides: tuple[Side, Side],
    database: Database,
    *,
    slices: int,
    seconds: float,
    progress: Callable[[int], None],
) -> tuple[Figures, Figures]:
    """Give the figures of the service and of the floor."""
    found = Figures(), Figures()
    for turn in range(slices + 1):
        for side, targets, figures in zip(sides, (contest.service, contest.floor), found, strict=True):
            if turn == 0:
                _advance(targets, load(side.port, targets, seconds=WARMING)["last"])
            else:
                _slice(side, targets, figures, database, seconds=seconds)
        progress(turn)
    return found


def _slice(side: Side, targets: list[Target], figures: Figures, database: Database, *, seconds: float) -> None:
    own, others = cpu_seconds(side.process), cpu_seconds(*database.processes())
    result = load(side.port, targets, seconds=seconds)
    figures.cpu += cpu_seconds(side.process) - own
    figures.database_cpu += cpu_seconds(*database.processes()) - others
    figures.seconds += result["seconds"]
    figures.times += result["times"]
    figures.memory = memory(side.process)
    _advance(targets, result["last"])


def _advance(targets: list[Target], last: list[str]) -> None:
    """Let a connection that changes a case go on from the version that its last answer told."""
    for target, text in zip(targets, last, strict=True):
        if target.get("changes"):
            case = orjson.loads(text)
            for step in target["version_at"]:
                case = case[step]
            target["body"] |= {"version": case["version"], "waits": case["state"] == "IN_PROGRESS"}
