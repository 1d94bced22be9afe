"""Whatever happened to a case: as of each instant it is told as it was read then, by everybody who sees it now."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server.settings import Settings
from tests.api import Api
from tests.casework.machine.cast import Step
from tests.casework.machine.happening import open_another
from tests.casework.test_machine import take
from tests.schema.snapshots import forgotten, whole
from tests.world import AUDITOR, COORDINATOR, MONDAY, World

STEPS = 30
WATCHERS = (COORDINATOR, AUDITOR)
"""They see the cases of the province at the same level whatever happens to them."""
Play = Callable[[Random], Awaitable[None]]
Snapshots = dict[tuple[str, str], list[tuple[datetime, Any]]]
GENEROUS = Settings(document_cost=10**9, document_nodes=10**9, rate_cost_per_second=0)


@pytest.fixture
def play(world: World) -> Play:
    async def sequence(chance: Random) -> None:
        await world.clear()
        world.now = MONDAY
        snapshots: Snapshots = {}
        async with Api.around(world, GENEROUS) as api:
            for _ in range(2):
                await open_another(world, Step(who=0, more=3 * chance.randrange(100) + 1, wise=True))
            for _ in range(STEPS):
                await take(world, chance)
                await _remember(world, api, snapshots)
                world.now += timedelta(minutes=chance.randrange(1, 60))
            await _compare(world, api, snapshots, chance)

    return sequence


async def _remember(world: World, api: Api, snapshots: Snapshots) -> None:
    for row in await world.rows('SELECT reference FROM "case" ORDER BY id'):
        for by in WATCHERS:
            found = await whole(api, by, row.reference)
            snapshots.setdefault((by, row.reference), []).append((world.now, found))


async def _compare(world: World, api: Api, snapshots: Snapshots, chance: Random) -> None:
    """Ask as of each snapshot, of a moment before the next step, and of the very instant of the last event."""
    for (by, reference), taken in snapshots.items():
        for at, was in taken:
            sensitive_now = await world.value('SELECT sensitive FROM "case" WHERE reference = :r', r=reference)
            if was is None or (by == COORDINATOR and sensitive_now):
                continue  # its level has changed since
            later = at + timedelta(seconds=chance.randrange(0, 60))
            event = datetime.fromisoformat(was["updatedAt"])
            for instant in (at, later, event if at - event <= timedelta(hours=2) else at):
                told = await whole(api, by, reference, instant)
                assert told is not None, (by, reference, at)
                forgotten(was, told)


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=True))
async def test_as_of_any_instant_a_case_is_told_as_it_was_read_then(play: Play, chance: Random) -> None:
    await play(chance)
