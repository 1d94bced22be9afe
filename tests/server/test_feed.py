"""The feed gives every committed event one position, without gaps, in its subject's order, whoever stamps."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from casework.actions.add_note import add_note
from models.vocabulary import Audience
from server.database import DatabaseUrls
from server.feed import stamp
from tests.world import VOLUNTEER, World

SOON = 20
FEED = "SELECT position, event_id FROM feed ORDER BY position"
NOTE: dict[str, Any] = {"audience": Audience.CASE, "text": "โทรแล้ว"}


@asynccontextmanager
async def worker(urls: DatabaseUrls) -> AsyncIterator[Any]:
    dsn = urls.worker.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


async def write(world: World, case_id: int, by: str = VOLUNTEER) -> int:
    async with world.work(by) as work:
        return await add_note(work, case_id=case_id, **NOTE)


async def check_complete(world: World) -> None:
    """Every event has exactly one position; positions have no gaps; each subject's events stand in its order."""
    positions = await world.rows(FEED)
    events = await world.value("SELECT count(*) FROM event")
    assert [row.position for row in positions] == list(range(1, events + 1))
    assert len({row.event_id for row in positions}) == events
    disordered = await world.rows(
        "SELECT a.id FROM event a JOIN event b USING (subject_kind, subject_id) "
        "JOIN feed fa ON fa.event_id = a.id JOIN feed fb ON fb.event_id = b.id "
        "WHERE a.seq < b.seq AND fa.position > fb.position"
    )
    assert disordered == []
    assert await world.value("SELECT count(*) FROM feed_pending") == 0


async def test_positions_are_gapless_and_follow_each_subjects_order(world: World, urls: DatabaseUrls) -> None:
    async with worker(urls) as connection:
        assert await stamp(connection) is None
        first, second = await world.case(), await world.case()
        for case_id in (first, second, first):
            await write(world, case_id)
        assert await stamp(connection) == 7
        assert await stamp(connection) is None
        await write(world, second)
        assert await stamp(connection) == 8
    await check_complete(world)


async def test_several_stampers_at_once_make_neither_doubles_nor_gaps(world: World, urls: DatabaseUrls) -> None:
    cases = [await world.case() for _ in range(4)]
    writing = True

    async def stamp_on() -> None:
        async with worker(urls) as connection:
            while writing:
                await stamp(connection)
            await stamp(connection)

    async def write_on(case_id: int) -> None:
        for _ in range(10):
            await write(world, case_id)

    stampers = [asyncio.create_task(stamp_on()) for _ in range(4)]
    async with asyncio.timeout(SOON):
        await asyncio.gather(*(write_on(case_id) for case_id in cases for _ in range(2)))
        writing = False
        await asyncio.gather(*stampers)
    assert await world.value("SELECT count(*) FROM event") == 4 * 2 + 80
    await check_complete(world)


async def test_an_event_that_commits_late_with_an_earlier_id_is_not_lost(world: World, urls: DatabaseUrls) -> None:
    early, late = await world.case(), await world.case()
    async with worker(urls) as connection:
        await stamp(connection)
        async with world.work(VOLUNTEER) as open_work:
            await add_note(open_work, case_id=early, **NOTE)
            await write(world, late)
            cursor = await stamp(connection)
            assert cursor == 5
        assert await stamp(connection) == 6
    (overtaken, delayed) = (await world.rows(FEED))[4:]
    assert delayed.event_id < overtaken.event_id
    assert await world.value("SELECT subject_id FROM event WHERE id = :id", id=delayed.event_id) == early
    await check_complete(world)
