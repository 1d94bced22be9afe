"""No sequence of verbs, by whomever and with whatever time between, leads out of what the domain allows."""

from collections.abc import Awaitable, Callable
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.casework.machine.cast import Step
from tests.casework.machine.handling import WEIGHTS, handle, moves
from tests.casework.machine.happening import HAPPENINGS, open_another
from tests.casework.machine.invariants import check
from tests.world import MONDAY, World

STEPS = 60


async def take(world: World, chance: Random) -> None:
    """Take a step: one in six happens beside the cases, one in five does not ask the tables first."""
    step = Step(who=chance.randrange(10_000), more=chance.randrange(10_000), wise=chance.random() < 0.8)
    found = await moves(world, wise=step.wise)
    if not found or chance.random() < 1 / 6:
        happen = chance.choice(HAPPENINGS)
        note(f"{world.now:%d %b %H:%M}  {happen.__name__}")
        await happen(world, step)
    else:
        ((action, id_),) = chance.choices(found, [WEIGHTS.get(action, 4) if step.wise else 1 for action, _ in found])
        note(f"{world.now:%d %b %H:%M}  {action.value} on {id_}")
        note(f"    {await handle(world, action, id_, step) or 'done'}")


Play = Callable[[Random], Awaitable[None]]


@pytest.fixture
def play(world: World) -> Play:
    async def sequence(chance: Random) -> None:
        await world.clear()
        world.now, events = MONDAY, 0
        for _ in range(2):
            await open_another(world, Step(who=0, more=3 * chance.randrange(100) + 1, wise=True))
        for _ in range(STEPS):
            await take(world, chance)
            events = await check(world, events)

    return sequence


@settings(
    max_examples=18,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a sequence that fails is told step by step; there is nothing to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=True))
async def test_after_every_step_the_rows_the_tables_and_the_journal_agree(play: Play, chance: Random) -> None:
    await play(chance)
