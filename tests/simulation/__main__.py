"""`python -m tests.simulation --seed N --hours H`: one seed or several in a row; what fails is told with its seed."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import uvloop

from tests.own_server import private_server
from tests.simulation.checks import judge, report
from tests.simulation.ground import prepared
from tests.simulation.simulate import simulate
from tests.world import World

SERVER = "PRASAN_TEST_DATABASE_URL"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def play(superuser_url: str, seeds: range, hours: float, pace: float) -> int:
    """Give how many checks failed, after the last line has told it."""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        async with prepared(superuser_url, Path(folder)) as ground:
            for seed in seeds:
                began = time.monotonic()
                evidence = await simulate(seed, hours, ground, pace=pace)
                found = judge(evidence)
                failed += sum(map(bool, found.values()))
                passed += sum(not faults for faults in found.values())
                run = evidence.run
                say(
                    f"seed {seed}: {len(evidence.intents)} intents, {evidence.record.events} events, "
                    f"{run.restarts} restarts, {run.crashes} crashes, {run.deaths} deaths of all backends, "
                    f"{time.monotonic() - began:.1f} s"
                )
                for line in report(f"seed {seed}, {hours} hours at pace {pace:g}", found):
                    say(line)
                await _clear(ground.world)
    say(f"{passed} passed, {failed} failed")
    return failed


async def _clear(world: World) -> None:
    await world.recorder.flush()
    await world.clear()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds, one after the other (1)")
    parser.add_argument("--pace", type=float, default=0.5, help="1: a volunteer does something every 80 minutes (0.5)")
    parser.add_argument("--hours", type=float, default=6, help="simulated hours of each (6)")
    given = parser.parse_args()
    seeds = range(given.seed, given.seed + given.seeds)
    url = os.environ.get(SERVER)
    with (
        nullcontext(url) if url else private_server() as server,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        return 1 if runner.run(play(server, seeds, given.hours, given.pace)) else 0


if __name__ == "__main__":
    sys.exit(main())
