"""The service around a random world, generous enough that every question reaches the resolvers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from hypothesis import HealthCheck, Phase, settings

from server.settings import Settings
from tests.api import Api
from tests.oracle.facts import Facts
from tests.oracle.worlds import random_world
from tests.world import World

GENEROUS = Settings(
    document_cost=10**15,
    document_nodes=10**15,
    document_tokens=10**6,
    document_depth=30,
    document_aliases=100,
    document_root_fields=100,
    body_bytes=10**7,
    request_seconds=60,
    rate_cost_per_second=0,
)
"""The limits have tests of their own."""


def seeded(worlds: int) -> settings:
    """So many worlds, the same at every run; what fails tells its seed, and there is nothing to shrink."""
    return settings(
        max_examples=worlds,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


Drawn = Callable[[int], AbstractAsyncContextManager[tuple[Facts, Api]]]
"""Gives the world of a seed, and the service that answers about it."""


@pytest.fixture
def drawn(world: World) -> Drawn:
    @asynccontextmanager
    async def draw(seed: int) -> AsyncIterator[tuple[Facts, Api]]:
        async with Api.around(world, GENEROUS) as api, random_world(world, seed) as facts:
            try:
                yield facts, api
            except AssertionError as failed:
                failed.add_note(f"in the world of seed {seed}")
                raise

    return draw
