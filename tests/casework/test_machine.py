"""No sequence of verbs, by whomever and with whatever time between, leads out of what the domain allows."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.casework.machine.cast import Step
from tests.casework.machine.handling import handle, moves
from tests.casework.machine.happening import HAPPENINGS, open_another
from tests.casework.machine.invariants import check
from tests.world import MONDAY, World

NUMBER = st.integers(0, 10_000)
STEPS = st.lists(st.builds(Step, NUMBER, NUMBER, NUMBER, st.integers(0, 3).map(bool)), min_size=40, max_size=60)


async def take(world: World, step: Step) -> None:
    found = await moves(world, wise=step.wise)
    at = step.what % (len(found) + len(HAPPENINGS))
    if at < len(HAPPENINGS):
        note(f"{world.now:%d %b %H:%M}  {HAPPENINGS[at].__name__}")
        await HAPPENINGS[at](world, step)
    else:
        action, id_ = found[at - len(HAPPENINGS)]
        note(f"{world.now:%d %b %H:%M}  {action.value} on {id_}")
        note(f"    {await handle(world, action, id_, step) or 'done'}")


Play = Callable[[list[Step]], Awaitable[None]]


@pytest.fixture
def play(world: World) -> Play:
    async def sequence(steps: list[Step]) -> None:
        await world.clear()
        world.now, events = MONDAY, 0
        await open_another(world, steps[0])
        for step in steps:
            await take(world, step)
            events = await check(world, events)

    return sequence


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a sequence that fails is told step by step; to shrink it takes many minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=STEPS)
async def test_after_every_step_the_rows_the_tables_and_the_journal_agree(play: Play, steps: list[Step]) -> None:
    await play(steps)
