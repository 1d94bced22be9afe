"""Write RESULTS.md: the prose stays, the part between its two marks is written anew by each run."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.fanning import Fanned
from benchmarks.measuring import Figures

FILE = Path(__file__).with_name("RESULTS.md")
BEGIN, END = "<!-- figures of the last run: written by make bench -->", "<!-- end of the figures -->"


class Line(NamedTuple):
    """An operation at one size."""

    name: str
    fields: int | None
    statements: int
    service: Figures
    floor: Figures


def write_results(found: Mapping[int, Sequence[Line]], fanned: Sequence[Fanned], *, connections: int, how: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    FILE.write_text(f"{before}{BEGIN}\n\n{_figures(found, fanned, connections, how)}\n{END}{after}", encoding="utf-8")


def _figures(found: Mapping[int, Sequence[Line]], fanned: Sequence[Fanned], connections: int, how: str) -> str:
    now = datetime.now(UTC)
    parts = [
        f"{now:%Y-%m-%d %H:%M} UTC, `{how}`, {connections} connections; {_machine()}.",
        *(_table(cases, lines) for cases, lines in found.items()),
        _fan_table(fanned),
    ]
    return "\n\n".join(parts) + "\n"


def _machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?"
    )
    kilobytes = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    load = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} × {model}, {kilobytes / 2**20:.0f} GB, Python {platform.python_version()}; "
        f"load of the machine over the last 15 minutes {load:.1f}"
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


def _table(cases: int, lines: Sequence[Line]) -> str:
    head = (
        "| operation | service/floor by requests/s | by CPU | requests/s | p50 ms | p99 ms | statements "
        "| CPU of the process, µs | CPU of PostgreSQL, µs | memory MB |"
    )
    rows = [row for line in lines for row in _rows(line)]
    return "\n".join([f"### {cases:,} cases", "", head, "|---" * 10 + "|", *rows])


def _fan_table(fanned: Sequence[Fanned]) -> str:
    """Times are from sending the mutation; the median note's deliveries, and the last delivery of the slowest note."""
    head = "| followers | sockets | first ms | median ms | last ms | worst last ms | KB a socket | opened in s |"
    rows = [
        f"| {each.name} | {each.sockets:,} | {' | '.join(f'{time:.0f}' for time in each.middle)} | {each.worst:.0f} "
        f"| {each.memory:.0f} | {each.opening:.0f} |"
        for each in fanned
    ]
    return "\n".join(["### Fan-out", "", head, "|---" * 8 + "|", *rows])


def _rows(line: Line) -> list[str]:
    ratio = line.service.rate / line.floor.rate
    by_cpu = line.floor.whole_cpu / line.service.whole_cpu
    name = line.name if line.fields is None else f"{line.name} ({line.fields} fields)"
    return [
        f"| {name} | **{ratio:.2f}** | {by_cpu:.2f} {_row(line.service, line.statements)}",
        f"| – its floor | 1 | 1 {_row(line.floor, 1)}",
    ]


def _row(figures: Figures, statements: int) -> str:
    return (
        f"| {figures.rate:.0f} | {figures.percentile(50):.1f} | {figures.percentile(99):.1f} | {statements} "
        f"| {figures.micros(figures.cpu):.0f} | {figures.micros(figures.database_cpu):.0f} "
        f"| {figures.memory / 2**20:.0f} |"
    )
