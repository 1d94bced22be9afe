"""The recorder writes all that it was given, once, whatever happens to the database meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.access import Entry
from models.privacy_words import AccessPurpose
from server import recorder as recorders
from server.recorder import Recorder, recording
from tests.world import MONDAY, World

PATIENCE = 30
GONE = OperationalError("INSERT", {}, ConnectionResetError())


class Moody:
    """A database that is away before a transaction, or right after its commit, as often as it is told."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.away = 0
        self.away_after_commit = 0
        self.transactions = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        self.transactions += 1
        if self.away:
            self.away -= 1
            raise GONE
        async with self._engine.begin() as connection:
            yield connection
        if self.away_after_commit:
            self.away_after_commit -= 1
            raise GONE


@pytest.fixture
def database(world: World) -> Moody:
    return Moody(world.writer)


def looks(count: int, *, purpose: AccessPurpose = AccessPurpose.LIST, first: int = 1) -> list[Entry]:
    return [
        Entry(
            citizen_id=first + n,
            case_id=None,
            seat_id=1,
            account_id=2,
            purpose=purpose,
            level=4,
            reveal_id=7 if purpose is AccessPurpose.REVEAL else None,
            request_id=uuid4(),
            at=MONDAY + timedelta(seconds=n),
        )
        for n in range(count)
    ]


async def written(world: World) -> Sequence[Entry]:
    names = ", ".join(Entry._fields)
    rows = await world.rows(f"SELECT {names} FROM citizen_access ORDER BY citizen_id")
    return [Entry._make(row)._replace(purpose=AccessPurpose(row.purpose)) for row in rows]


async def test_what_was_taken_is_written_as_it_was_and_once(world: World, database: Moody) -> None:
    recorder, given = Recorder(database), looks(3)
    await recorder.record(given[:2])
    await recorder.record(given[2:])
    assert await written(world) == []
    for _ in range(2):
        await recorder.flush()
        assert await written(world) == given
    assert database.transactions == 1


async def test_many_are_written_in_batches(world: World, database: Moody) -> None:
    recorder, given = Recorder(database), looks(2 * recorders.AT_ONCE + 1)
    await recorder.record(given)
    await recorder.flush()
    assert await written(world) == given
    assert database.transactions == 3


async def test_while_the_database_is_away_they_wait(world: World, database: Moody) -> None:
    recorder, given = Recorder(database), looks(3)
    database.away = 1
    await recorder.record(given[:2])
    with pytest.raises(OperationalError):
        await recorder.flush()
    await recorder.record(given[2:])
    await recorder.flush()
    assert await written(world) == given


async def test_a_commit_that_nobody_heard_of_is_not_written_twice(world: World, database: Moody) -> None:
    recorder, given = Recorder(database), looks(5)
    database.away_after_commit = 1
    await recorder.record(given[:2])
    with pytest.raises(OperationalError):
        await recorder.flush()
    assert await written(world) == given[:2]
    await recorder.record(given[2:])
    await recorder.flush()
    assert await written(world) == given


async def test_a_cancelled_flush_loses_nothing(world: World, database: Moody) -> None:
    recorder, given = Recorder(database), looks(3)
    await recorder.record(given)
    async with world.owner.begin() as blocking:
        await blocking.exec_driver_sql("LOCK TABLE citizen_access IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await recorder.flush()
    await recorder.flush()
    assert await written(world) == given


async def test_when_it_is_full_who_reads_waits_until_there_is_room(world: World, database: Moody) -> None:
    recorder, given = Recorder(database, most=2), looks(3)
    await recorder.record(given[:2])
    waiting = asyncio.create_task(recorder.record(given[2:]))
    for _ in range(3):
        await asyncio.sleep(0)
    assert not waiting.done()
    await recorder.flush()
    async with asyncio.timeout(PATIENCE):
        await waiting
    assert await written(world) == given[:2]
    await recorder.flush()
    assert await written(world) == given


async def test_a_whole_number_is_shown_only_when_that_is_written(world: World, database: Moody) -> None:
    recorder, reveal = Recorder(database), looks(1, purpose=AccessPurpose.REVEAL)
    database.away = 1
    with pytest.raises(OperationalError):
        await recorder.record(reveal)
    await recorder.flush()
    more = looks(1, purpose=AccessPurpose.REVEAL, first=2)
    await recorder.record(more)
    assert await written(world) == reveal + more


async def test_it_writes_by_itself(world: World, database: Moody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorders, "WRITE_EVERY", 0)
    database.away = 1
    given = looks(2)
    with structlog.testing.capture_logs() as logged:
        async with recording(database) as recorder:
            await recorder.record(given)
            async with asyncio.timeout(PATIENCE):
                while await written(world) != given:  # each look is a round trip to PostgreSQL
                    pass
    (warning,) = logged
    assert (warning["event"], warning["entries"], warning["error"]) == ("access.not_written", 2, "OperationalError")


async def test_the_end_writes_what_is_left_even_when_it_is_cancelled(
    world: World, database: Moody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorders, "RETRY_AFTER", 0)
    given, begun = looks(3), asyncio.Event()

    async def serve() -> None:
        async with recording(database) as recorder:
            await recorder.record(given)
            database.away = 2
            begun.set()
            await asyncio.Event().wait()

    serving = asyncio.create_task(serve())
    await begun.wait()
    serving.cancel()  # as Ctrl-C does
    await asyncio.sleep(0)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert await written(world) == given


async def test_a_database_that_stays_away_does_not_keep_the_service_from_ending(
    world: World, database: Moody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorders, "LAST_SECONDS", 0.05)
    database.away = 10**9
    with structlog.testing.capture_logs() as logged:
        async with recording(database) as recorder:
            await recorder.record(looks(3))
    lost = {key: value for key, value in logged[-1].items() if key != "frames"}
    assert lost == {"event": "access.lost", "log_level": "error", "entries": 3}
    assert await written(world) == []
