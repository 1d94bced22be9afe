"""What it costs a board to record who looked: one service that does beside one that forgets, in turns."""

import asyncio
from typing import NamedTuple

import asyncpg

from benchmarks import processes
from benchmarks.choosing import choose
from benchmarks.contests import Contest, Contests
from benchmarks.databases import SECRET, Database, country, fill
from benchmarks.measuring import Figures, Side, measure
from server.startup import bars, say

BOARD = "Q1"


class Cost(NamedTuple):
    """The figures of the service that records and of the one that forgets, and how many looks were written."""

    recorded: Figures
    forgotten: Figures
    written: int


def compare_looks(cases: int, *, slices: int, seconds: float, connections: int) -> Cost:
    """Ask both the board for the citizens' names, and say what the one loses to the other."""
    say(f"Who looked, on {cases:,} cases: {slices} slices of {seconds:.0f} s for each of the two services.")
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        with (
            processes.service(found.environment) as recording,
            processes.service(found.environment, program=processes.UNRECORDED) as forgetting,
        ):
            contest = _board(found, recording[1], connections)
            before = asyncio.run(_written(found.dsn))
            with bars() as show:
                figures = measure(
                    contest,
                    (Side(*recording), Side(*forgetting)),
                    found,
                    slices=slices,
                    seconds=seconds,
                    progress=lambda done: show("who looked", done, slices),
                )
        return Cost(*figures, asyncio.run(_written(found.dsn)) - before)


def _board(found: Database, port: int, connections: int) -> Contest:
    chosen = asyncio.run(choose(found.dsn, connections=connections))
    (board,) = [c for c in Contests(chosen, SECRET, port, connections=connections).all() if c.name.startswith(BOARD)]
    return board._replace(floor=board.service)


async def _written(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM citizen_access"))
    finally:
        await connection.close()


def tell(cost: Cost) -> None:
    one, other = cost.recorded, cost.forgotten
    say(f"  requests/s: {one.rate:.1f} of {other.rate:.1f} = {one.rate / other.rate:.3f}")
    say(f"  CPU, µs a board: {one.whole_cpu:.0f} of {other.whole_cpu:.0f} = {one.whole_cpu / other.whole_cpu:.3f}")
    say(f"  of which the process: {one.micros(one.cpu):.0f} of {other.micros(other.cpu):.0f}")
    say(f"  p50 ms: {one.percentile(50):.1f} of {other.percentile(50):.1f}; {cost.written} looks written")
