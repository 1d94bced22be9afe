"""Real processes lose no look: not at a stop, not while the database is away; and no answer goes before its looks."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from server.recorder import Recorder
from server.settings import Settings
from tests.api import Api
from tests.server.installation import Installation, Service, serving
from tests.server.socket_client import SOON, socket
from tests.server.stories import heard, note, open_case
from tests.world import COORDINATOR, VOLUNTEER, World

NARRATIVE = "query ($id: ID!) { node(id: $id) { ... on Case { reference narrative } } }"
LIVE = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) {
  ... on CaseEvent { case { narrative citizen { name } } } ... on Refusal { code } } }"""
COUNT = """SELECT count(*) FROM citizen_access a JOIN "case" c ON c.id = a.case_id
    WHERE c.reference = $1 AND a.purpose = $2"""


async def read(service: Service, case: dict[str, Any], times: int = 1) -> str:
    """Read the case so often at once, as the coordinator; give its reference."""
    answers = await asyncio.gather(*(service.ask(NARRATIVE, COORDINATOR, id=case["id"]) for _ in range(times)))
    assert {answer["node"]["narrative"] for answer in answers} == {"ไม่ได้รับค่าจ้าง"}
    reference: str = answers[0]["node"]["reference"]
    return reference


async def stopped(service: Service) -> int:
    return await asyncio.get_running_loop().run_in_executor(None, service.end, signal.SIGTERM)


async def becomes(installation: Installation, wanted: int, *given: Any) -> None:
    async with asyncio.timeout(SOON):
        while await installation.value(COUNT, *given) != wanted:  # each look is a round trip to PostgreSQL
            pass


async def test_a_stop_right_after_an_answer_loses_no_look_of_either_process(
    installation: Installation, service: Service
) -> None:
    with serving(installation) as stopping:
        case = await open_case(service)
        reference = await read(stopping, case, 20)
        assert await stopped(stopping) == 0
    assert await installation.value(COUNT, reference, "RECORD") == 20
    await read(service, case, 5)
    await becomes(installation, 25, reference, "RECORD")


@asynccontextmanager
async def away(installation: Installation, since: datetime) -> AsyncIterator[None]:
    """Let nobody but the superuser into the database, and part it from those who came `since` then."""
    connection = await asyncpg.connect(installation.url())
    limit = f"ALTER DATABASE {installation.name} CONNECTION LIMIT"
    await connection.execute(f"{limit} 0")
    end = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = $1 AND usename = 'prasan_app' AND backend_start > $2"""
    await connection.fetch(end, installation.name, since)
    try:
        yield
    finally:
        await connection.execute(f"{limit} -1")
        await connection.close()


@asynccontextmanager
async def unwritten(installation: Installation) -> AsyncIterator[None]:
    """Let nobody write a look: what is looked at meanwhile waits in its process."""
    connection = await asyncpg.connect(installation.url())
    async with connection.transaction():
        await connection.execute("LOCK TABLE citizen_access IN EXCLUSIVE MODE")
        yield
    await connection.close()


async def told(service: Service, times: int) -> None:
    """Wait until the service has said so often that it could not write its looks."""
    await asyncio.get_running_loop().run_in_executor(None, service.until_it_says, "access.not_written", times)


async def test_a_stop_waits_for_a_database_that_is_away(installation: Installation) -> None:
    began = await installation.value("SELECT now()")
    with serving(installation) as stopping:
        case = await open_case(stopping)
        async with unwritten(installation):
            reference = await read(stopping, case, 3)
            async with away(installation, began):
                await told(stopping, 1)
                stop = asyncio.create_task(stopped(stopping))
                await told(stopping, 3)
                assert not stop.done()
        assert await stop == 0
    assert await installation.value(COUNT, reference, "RECORD") == 3


async def test_what_is_pushed_to_a_listener_is_a_look_each_time(installation: Installation, service: Service) -> None:
    case = await open_case(service)
    reference = await read(service, case)
    async with socket(service.address) as follower:
        await follower.init(installation.token(VOLUNTEER))
        await follower.subscribe("1", LIVE, id=case["id"], after=installation.beginning)
        for times in (1, 2, 3):  # first of the opening, of which the cursor of its own payload may know or not
            event = heard((await follower.hear_of("1"))[1])
            assert event["case"]["citizen"] == {"name": "สมหญิง ใจดี"}
            await becomes(installation, times, reference, "LIVE")
            await note(service, case, "โทรแล้ว")


@pytest.fixture
async def full(world: World) -> AsyncIterator[Api]:
    """An application whose recorder has no room."""
    world.recorder = Recorder(world.writer, most=0)
    async with Api.around(world, Settings(request_seconds=0.3)) as api:
        yield api


async def test_what_cannot_be_recorded_is_not_shown(world: World, full: Api) -> None:
    await world.case()
    answer = await full.answer("{ cases(first: 1) { nodes { reference narrative } } }", VOLUNTEER)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]
    assert "data" not in answer
    await world.recorder.flush()
    assert await world.value("SELECT count(*) FROM citizen_access") == 0
    assert world.reader.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_what_shows_nobody_needs_no_room(world: World, full: Api) -> None:
    await world.case()
    answer = await full.ask("{ cases(first: 1) { nodes { state } } }", VOLUNTEER)
    assert answer == {"cases": {"nodes": [{"state": "NEW"}]}}
