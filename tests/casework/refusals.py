"""A refusal as tests expect it: its code, the place it names, and a database in which nothing changed."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from casework.errors import Refusal, RefusalCode
from tests.world import World


@contextmanager
def refused(code: RefusalCode, *path: str) -> Iterator[None]:
    with pytest.raises(Refusal) as caught:
        yield
    assert (caught.value.code, caught.value.path) == (code, path)
    assert "{" not in caught.value.sentence(thai=True) + caught.value.sentence(thai=False)


@asynccontextmanager
async def nothing_changes(world: World) -> AsyncIterator[None]:
    before = await world.fingerprint()
    yield
    assert await world.fingerprint() == before


@asynccontextmanager
async def refused_unchanged(world: World, code: RefusalCode, *path: str) -> AsyncIterator[None]:
    async with nothing_changes(world):
        with refused(code, *path):
            yield
