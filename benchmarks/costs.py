"""What a part of the service costs: one service with it beside one without, in turns."""

import asyncio
from collections.abc import Mapping, Sequence

import asyncpg

from benchmarks import processes
from benchmarks.choosing import choose
from benchmarks.contests import Contest, Contests
from benchmarks.databases import SECRET, Database, country, fill
from benchmarks.measuring import Figures, Side, measure
from server.startup import bars, say

BOARD, SEARCHES = ("Q1",), ("S1", "S2")


def compare_looks(cases: int, *, slices: int, seconds: float, connections: int) -> None:
    """Ask the board of a service that records who looked, and of one that forgets."""
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        before = asyncio.run(_looks(found.owner))
        say(f"Who looked, on {cases:,} cases: {slices} slices of {seconds:.0f} s for each of the two services.")
        _compare(found, BOARD, {}, processes.UNRECORDED, slices=slices, seconds=seconds, connections=connections)
        say(f"  {asyncio.run(_looks(found.owner)) - before} looks written")


def compare_wall(cases: int, *, slices: int, seconds: float, connections: int) -> None:
    """Ask the board and the search of the service, and of one whose role knows no row-level security."""
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        say(f"Row-level security, on {cases:,} cases: {slices} slices of {seconds:.0f} s for each of the two services.")
        bare = {"PRASAN_DATABASE_URL": found.unwalled}
        names = (*BOARD, *SEARCHES)
        _compare(found, names, bare, processes.PRASAN, slices=slices, seconds=seconds, connections=connections)


def _compare(
    found: Database,
    names: tuple[str, ...],
    changed: Mapping[str, str],
    program: Sequence[str],
    *,
    slices: int,
    seconds: float,
    connections: int,
) -> None:
    other = {**found.environment, **changed}
    with processes.service(found.environment) as whole, processes.service(other, program=program) as without:
        chosen = asyncio.run(choose(found.owner, connections=connections))
        contests = Contests(chosen, SECRET, whole[1], connections=connections)
        for contest in (each for each in (*contests.all(), *contests.searches()) if each.name.startswith(names)):
            with bars() as show:
                figures = measure(
                    contest._replace(floor=contest.service),
                    (Side(*whole), Side(*without)),
                    found,
                    slices=slices,
                    seconds=seconds,
                    progress=lambda done, name=contest.name: show(name, done, slices),  # type: ignore[misc]
                )
            _tell(contest, *figures)


def compare_waiting(cases: int, *, slices: int, seconds: float, connections: int) -> None:
    """Ask one service where cases wait, and for the board, in turns: how many boards the question costs."""
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        say(f"Bottlenecks beside the board, on {cases:,} cases: {slices} slices of {seconds:.0f} s for each.")
        with processes.service(found.environment) as (process, port), bars() as show:
            chosen = asyncio.run(choose(found.owner, connections=connections))
            contests = Contests(chosen, SECRET, port, connections=connections)
            waiting, board = contests.waiting(), contests.all()[0]
            asked, boards = measure(
                waiting._replace(floor=board.service),
                (Side(process, port), Side(process, port)),
                found,
                slices=slices,
                seconds=seconds,
                progress=lambda done: show(waiting.name, done, slices),
            )
        say(f"  p50 ms: {asked.percentile(50):.1f} of {boards.percentile(50):.1f}")
        say(f"  requests/s: {asked.rate:.1f} of {boards.rate:.1f}: one costs {boards.rate / asked.rate:.2f} boards")


async def _looks(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM citizen_access"))
    finally:
        await connection.close()


def _tell(contest: Contest, one: Figures, other: Figures) -> None:
    say(f"  {contest.name}, with and without:")
    say(f"  requests/s: {one.rate:.1f} of {other.rate:.1f} = {one.rate / other.rate:.3f}")
    say(f"  CPU, µs a request: {one.whole_cpu:.0f} of {other.whole_cpu:.0f} = {one.whole_cpu / other.whole_cpu:.3f}")
    say(f"  of which the process: {one.micros(one.cpu):.0f} of {other.micros(other.cpu):.0f}")
    say(f"  p50 ms: {one.percentile(50):.1f} of {other.percentile(50):.1f}")
