"""Many short seeds, and those that have found something: nothing is lost, and nothing happens twice."""

from pathlib import Path

import pytest

from tests.simulation.checks import judge, report
from tests.simulation.ground import Ground
from tests.simulation.simulate import simulate

SEEDS = range(1, 7)
HOURS = 0.5
PACE = 2
"""Twice as busy as a usual day."""
REGRESSIONS = Path(__file__).with_name("regressions.txt")


def regressions() -> list[tuple[int, float, float]]:
    lines = [line.split() for line in REGRESSIONS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(int(seed), float(hours), float(pace)) for seed, hours, pace, *_ in lines]


@pytest.mark.parametrize(("seed", "hours", "pace"), [*((seed, HOURS, PACE) for seed in SEEDS), *regressions()])
async def test_nothing_is_lost_and_nothing_happens_twice(ground: Ground, seed: int, hours: float, pace: float) -> None:
    evidence = await simulate(seed, hours, ground, pace=pace)
    found = judge(evidence)
    assert not any(found.values()), "\n".join(report(f"seed {seed}, {hours} hours at pace {pace:g}", found))
    assert len(evidence.intents) > len(evidence.run.province.posts)
