"""`make bench`: load what is missing, run every operation against the service and the floor, write RESULTS.md."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks import processes
from benchmarks.choosing import choose
from benchmarks.contests import Contest, Contests, same_answer
from benchmarks.costs import compare_looks, compare_waiting, compare_wall
from benchmarks.counting import count_statements
from benchmarks.databases import SECRET, Database, country, fill
from benchmarks.fanning import Fanned, fan_out
from benchmarks.measuring import Side, measure
from benchmarks.results import FILE, Line, write_results
from benchmarks.statistics_asked import time_statistics
from server.startup import bars, say

CONNECTIONS = 16
SIZES = (20_000, 200_000)


class Plan(NamedTuple):
    """How long and how often."""

    slices: int
    seconds: float


THOROUGH, QUICK = Plan(8, 3.0), Plan(3, 1.0)
MANY_SOCKETS, FEW_SOCKETS = 5_000, 1_000


def bench(cases: int, plan: Plan, only: str) -> list[Line]:
    """Run every operation on a country of so many cases."""
    say(f"Benchmark on {cases:,} cases: {plan.slices} slices of {plan.seconds:.0f} s for each of service and floor.")
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        with processes.service(found.environment) as service, processes.floor(found.unwalled) as floor:
            sides = Side(*service), Side(*floor)
            chosen = asyncio.run(choose(found.owner, connections=CONNECTIONS))
            contests = Contests(chosen, SECRET, sides[0].port, connections=CONNECTIONS).all()
            wanted = [contest for contest in contests if contest.name.startswith(only)]
            return [_line(contest, sides, found, plan) for contest in wanted]


def fan(cases: int, sockets: int) -> list[Fanned]:
    """Let so many sockets of one process hear of a note, on a country of so many cases."""
    say(f"Fan-out to {sockets:,} sockets of one process.")
    with country(cases) as found:
        asyncio.run(fill(found, cases))
        return fan_out(found, sockets)


def _line(contest: Contest, sides: tuple[Side, Side], found: Database, plan: Plan) -> Line:
    reads = not contest.service[0].get("changes")
    answered = same_answer(contest, sides[0].port, sides[1].port) if reads else None
    with bars() as show:
        service, floor = measure(
            contest,
            sides,
            found,
            slices=plan.slices,
            seconds=plan.seconds,
            progress=lambda done: show(contest.name, done, plan.slices),
        )
    statements = asyncio.run(count_statements(contest, dict(found.environment)))
    say(f"  {contest.name}: {service.rate:.0f} of {floor.rate:.0f} requests/s = {service.rate / floor.rate:.2f}")
    return Line(contest.name, answered, statements, service, floor)


def _asked(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute instead of ten, on 20,000 cases only")
    parser.add_argument("--cases", type=int, action="append", help="another size; may be given several times")
    parser.add_argument(
        "--looks", action="store_true", help="what it costs the board to record who looked; writes nothing"
    )
    parser.add_argument("--wall", action="store_true", help="what row-level security costs; writes nothing")
    parser.add_argument("--waiting", action="store_true", help="how many boards `bottlenecks` costs; writes nothing")
    parser.add_argument("--fan", action="store_true", help="how soon thousands hear of a note; writes nothing")
    parser.add_argument("--statistics", action="store_true", help="seconds of each question; writes nothing")
    parser.add_argument("--only", default="", help="the operation whose name begins so, for example Q1; writes nothing")
    return parser.parse_args(given)


def main() -> None:
    asked = _asked()
    sizes = asked.cases or (SIZES[:1] if asked.quick else SIZES)
    plan = QUICK if asked.quick else THOROUGH
    costs = (asked.looks, compare_looks), (asked.wall, compare_wall), (asked.waiting, compare_waiting)
    for wanted, compare in costs:
        for cases in sizes if wanted else ():
            compare(cases, slices=plan.slices, seconds=plan.seconds, connections=CONNECTIONS)
    sockets = FEW_SOCKETS if asked.quick else MANY_SOCKETS
    if asked.fan:
        fan(sizes[0], sockets)
    for cases in sizes if asked.statistics else ():
        time_statistics(cases)
    if asked.fan or asked.statistics or any(wanted for wanted, _ in costs):
        return
    found = {cases: bench(cases, plan, asked.only) for cases in sizes}
    if asked.only:
        return
    given = " ".join(sys.argv[1:])
    how = f'make bench ARGS="{given}"' if given else "make bench"
    write_results(found, fan(sizes[0], sockets), connections=CONNECTIONS, how=how)
    say(f"Written to {FILE}.")


if __name__ == "__main__":
    main()
