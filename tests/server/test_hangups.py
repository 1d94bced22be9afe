"""A passed deadline and a client that hangs up end the SQL too; a mutation that was begun is finished."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from server.database import reading, writing
from server.settings import Settings
from tests.api import Api
from tests.world import VOLUNTEER, World

PATIENCE = 30
"""Seconds after which something is taken to run on for ever."""
NARRATIVES = "{ cases(first: 1) { nodes { reference narrative } } }"
REGISTER = "mutation ($input: RegisterCitizenInput!) { registerCitizen(input: $input) { __typename } }"


@asynccontextmanager
async def locked(world: World, table: str) -> AsyncIterator[None]:
    async with world.owner.begin() as blocking:
        await blocking.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        yield


@asynccontextmanager
async def patient(world: World, settings: Settings | None = None) -> AsyncIterator[Api]:
    """An application whose statements may take for ever: it is nobody else who ends them."""
    given = {"server_settings": {"statement_timeout": "0"}}
    engine = create_async_engine(world.reader.url, connect_args=given, hide_parameters=True)
    lasting = replace(world, reader=reading(engine), writer=writing(engine))
    async with Api.around(lasting, settings) as api:
        yield api
    await engine.dispose()


@pytest.fixture
async def running(world: World, superuser_url: str) -> AsyncIterator[Callable[[], Any]]:
    """Count the statements that the application has under way, by pg_stat_activity."""
    connection = await asyncpg.connect(superuser_url)
    query = """SELECT count(*) FROM pg_stat_activity
        WHERE datname = $1 AND usename = 'prasan_app' AND state = 'active'"""

    async def count() -> int:
        found: int = await connection.fetchval(query, make_url(str(world.reader.url)).database)
        return found

    yield count
    await connection.close()


async def becomes(count: Callable[[], Any], wanted: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while await count() != wanted:  # each look is a round trip to PostgreSQL
            pass


class Client:
    """Sends one request in ASGI's own words, and may hang up before the answer."""

    def __init__(self, api: Api, query: str, **variables: Any) -> None:
        body = json.dumps({"query": query, "variables": variables}).encode()
        self._messages = [{"type": "http.request", "body": body, "more_body": False}]
        self._gone = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        headers = {**api.headers(VOLUNTEER), "content-type": "application/json", "accept": "application/json"}
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
        }
        self.answering = asyncio.create_task(api.client._transport.app(scope, self._receive, self._send))  # type: ignore[attr-defined]

    async def _receive(self) -> dict[str, Any]:
        if self._messages:
            return self._messages.pop()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    def hang_up(self) -> None:
        self._gone.set()


async def test_a_passed_deadline_ends_the_statement_that_was_waited_for(
    world: World, running: Callable[[], Any]
) -> None:
    await world.case()
    async with patient(world, Settings(request_seconds=0.5)) as api, locked(world, "case_content"):
        async with asyncio.timeout(PATIENCE):
            answer = await api.answer(NARRATIVES, VOLUNTEER)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]
        assert "data" not in answer
        await becomes(running, 0)


async def test_a_mutation_past_its_deadline_is_rolled_back_and_may_be_sent_again(
    world: World, running: Callable[[], Any]
) -> None:
    given = {"operationId": str(uuid4()), "givenName": "สมหญิง", "familyName": "ใจดี"}
    async with patient(world, Settings(request_seconds=0.5)) as api:
        before = await world.fingerprint()
        async with locked(world, "citizen"):
            async with asyncio.timeout(PATIENCE):
                answer = await api.answer(REGISTER, VOLUNTEER, input=given)
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAVAILABLE"]
            await becomes(running, 0)
        assert await world.fingerprint() == before
    async with Api.around(world) as api:
        again = await api.answer(REGISTER, VOLUNTEER, input=given)
        assert again["data"]["registerCitizen"]["__typename"] == "RegisterCitizenPayload"


async def test_a_client_that_hangs_up_ends_the_statement_of_its_query(world: World, running: Callable[[], Any]) -> None:
    await world.case()
    async with patient(world) as api:
        async with locked(world, "case_content"):
            client = Client(api, NARRATIVES)
            await becomes(running, 1)
            client.hang_up()
            await asyncio.wait_for(client.answering, PATIENCE)
            await becomes(running, 0)
        assert [message.get("status") for message in client.sent] == [499, None]
        assert (await api.ask(NARRATIVES, VOLUNTEER))["cases"]["nodes"][0]["narrative"] is not None


async def test_a_client_that_hangs_up_leaves_its_mutation_to_end(world: World, running: Callable[[], Any]) -> None:
    given = {"operationId": str(uuid4()), "givenName": "สมหญิง", "familyName": "ใจดี"}
    async with patient(world) as api:
        async with locked(world, "citizen"):
            client = Client(api, REGISTER, input=given)
            await becomes(running, 1)
            client.hang_up()
        await client.answering
        assert client.sent[0]["status"] == 200
    assert await world.value("SELECT count(*) FROM citizen") == 1


async def test_a_client_that_hangs_up_within_its_body_is_no_fault(world: World, api: Api) -> None:
    await world.case()
    client = Client(api, NARRATIVES)
    client._messages[0] |= {"body": b"{", "more_body": True}
    client.hang_up()
    await client.answering
    assert client.sent[0]["status"] == 499
