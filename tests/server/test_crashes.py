"""kill -9 of the service and of PostgreSQL under write load, and pressure: nothing acknowledged is lost or doubled."""

import asyncio
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import make_url

from tests.server.crash_scene import Scene, check_whole
from tests.server.installation import Installation
from tests.server.own_postgres import OwnPostgres, own_postgres
from tests.server.provider import Provider
from tests.server.writers import Writers
from tests.simulation.clock import drawn
from tests.simulation.ground import prepared
from tests.world import VOLUNTEER

IN_HASTE = {
    "PRASAN_POOL_SIZE": "2",
    "PRASAN_STATEMENT_SECONDS": "0.5",
    "PRASAN_REQUEST_SECONDS": "3",
}


@pytest.fixture(scope="module")
async def own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OwnPostgres]:
    async with own_postgres(tmp_path_factory.mktemp("own")) as running:
        yield running


@pytest.fixture(scope="module")
async def place(own: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation on it, with the demo network's posts and no case."""
    folder = tmp_path_factory.mktemp("place")
    async with prepared(own.url(), folder) as ground:
        name = str(ground.urls.app.database)
    return Installation(make_url(own.url()), name, folder)


@pytest.fixture(scope="module")
async def scene(place: Installation, own: OwnPostgres, _provider: Provider) -> AsyncIterator[Scene]:
    made = Scene(place, own, _provider.settings)
    yield made
    made.close()


@pytest.fixture(scope="module")
async def hasty(place: Installation, own: OwnPostgres, _provider: Provider) -> AsyncIterator[Scene]:
    """A service that waits for nothing as long as one in production."""
    made = Scene(place, own, {**_provider.settings, **IN_HASTE})
    yield made
    made.close()


@pytest.fixture(scope="module")
def token(_provider: Provider) -> str:
    """One for all: a key that is new would be asked for while everything dies."""
    _provider.is_in_mood("fine")
    return _provider.token(VOLUNTEER)


@pytest.fixture
def writers(scene: Scene, token: str) -> Writers:
    return Writers(lambda: scene.service.address, token)


async def _kill(what: str, scene: Scene) -> None:
    """Kill with -9, and start again what does not come back by itself."""
    if what == "backend":
        await scene.own.kill_a_backend()
    if "postmaster" in what:
        await asyncio.to_thread(scene.own.end)
    if "service" in what:
        await asyncio.gather(scene.kill_and_start_again(), scene.own.start())
    await scene.own.start()


@pytest.mark.parametrize("what", ["service", "postmaster", "backend", "service and postmaster", "postmaster again"])
async def test_what_was_acknowledged_stands_once_whatever_is_killed(what: str, scene: Scene, writers: Writers) -> None:
    moment = drawn(what).randint(15, 40)

    async def killing() -> None:
        await writers.until(moment)
        await _kill(what.removesuffix(" again"), scene)
        back = time.monotonic()
        await writers.until(10)
        print(f"{what}: ten answers {time.monotonic() - back:.1f} s after the database and the service were back")  # noqa: T201

    await writers.under_load(killing)
    assert {code for _, code in writers.answers} <= {"UNAVAILABLE"}
    assert writers.retry_after <= {"1"}
    await check_whole(scene.place, writers.acknowledged)


@pytest.mark.parametrize("clients", [1, 8], ids=["a lock that is held for long", "a pool that is exhausted by it"])
async def test_whoever_waits_too_long_is_told_to_come_again_and_nothing_is_done_by_halves(
    hasty: Scene, token: str, clients: int
) -> None:
    writers = Writers(lambda: hasty.service.address, token)

    async def locked() -> None:
        await writers.until(1)
        blocker = await asyncpg.connect(hasty.place.url())
        try:
            async with blocker.transaction():
                await blocker.execute("LOCK TABLE citizen IN EXCLUSIVE MODE")
                await writers.until_refused(2 * clients)
                await hasty.still_lives()
        finally:
            await blocker.close()
        await writers.until(2 * clients)

    await writers.under_load(locked, writers=clients)
    assert {code for _, code in writers.answers} == {"UNAVAILABLE"}
    assert (writers.retry_after, writers.broken) == ({"1"}, 0)
    await check_whole(hasty.place, writers.acknowledged)


async def test_while_the_database_is_away_everybody_is_told_to_come_again(hasty: Scene, token: str) -> None:
    writers = Writers(lambda: hasty.service.address, token)

    async def away() -> None:
        await writers.until(5)
        await asyncio.to_thread(hasty.own.end)
        await writers.until_refused(40)
        await hasty.still_lives()
        await hasty.own.start()
        await writers.until(10)

    await writers.under_load(away)
    assert (503, "UNAVAILABLE") in writers.answers
    assert {code for _, code in writers.answers} == {"UNAVAILABLE"}
    assert (writers.retry_after, writers.broken) == ({"1"}, 0)
    await check_whole(hasty.place, writers.acknowledged)
