"""Subscriptions as somebody hears them, through the executor and a feed of the test's own."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from casework.demo.network import subject_of
from resolvers.context import Context
from resolvers.feed_points import BEGINNING, FeedPoint
from schema.contract import contract
from schema.cursors import event_cursor
from server.auth import Caller
from server.database import DatabaseUrls
from server.execution import Executor, new_request_id
from server.fanout import Fanout
from server.feed import stamp
from server.requests import Request
from server.settings import Settings
from tests.world import SilentFeed, World

FOLLOW = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) {
  __typename
  ... on CaseEvent { cursor event { kind note { text } } case { state version } }
  ... on AccessEnded { caseId why message }
  ... on ResyncRequired { cursor reason message }
  ... on Refusal { code message path }
} }"""
INBOX = """subscription ($after: String) { inboxEvents(after: $after) {
  __typename
  ... on InboxEvent { cursor event { id kind note { text } } case { id state } }
  ... on CursorMoved { cursor }
  ... on ResyncRequired { cursor reason message }
  ... on Refusal { code message path }
} }"""

PROGRESS = """subscription ($id: ID!) { exportProgress(id: $id) {
  __typename
  ... on ExportProgress { export { state rowsDone rowCount download { url } } }
  ... on Refusal { code message path }
} }"""


class OneLook(SilentFeed):
    """A feed without news: a follower who has read everything waits for ever."""

    def __init__(self) -> None:
        self.waiting = asyncio.Event()

    @asynccontextmanager
    async def subscribe(self, case_id: int) -> AsyncIterator["OneLook"]:
        assert case_id
        yield self

    @asynccontextmanager
    async def subscribe_inbox(self, seat_id: int, office_id: int | None) -> AsyncIterator["OneLook"]:
        assert seat_id != office_id
        yield self

    @asynccontextmanager
    async def subscribe_export(self, export_id: int) -> AsyncIterator["OneLook"]:
        assert export_id
        yield self

    async def wait(self) -> None:
        self.waiting.set()
        await asyncio.Event().wait()


async def follow(world: World, by: str | None, case_id: str, after: str | None = None) -> list[Any]:
    """Give what is delivered of a case until the stream ends or waits."""
    return await _delivered(world, by, FOLLOW, {"id": case_id, "after": after})


async def listen(world: World, by: str | None, after: str | None = None) -> list[Any]:
    """Give what is delivered of an inbox until the stream ends or waits."""
    return await _delivered(world, by, INBOX, {"after": after})


async def watch(world: World, by: str | None, export_id: str) -> list[Any]:
    """Give what is delivered of an export until the stream ends or waits."""
    return await _delivered(world, by, PROGRESS, {"id": export_id})


async def _delivered(world: World, by: str | None, query: str, variables: dict[str, Any]) -> list[Any]:
    feed = OneLook()
    fanout = Fanout(Executor(contract(), world.services(feed), Settings()), Settings())
    caller = Caller(None if by is None else subject_of(by), thai=False)
    request = Request(query, variables)
    delivered: list[Any] = []

    async def read() -> None:
        async for said in fanout.answers(request, caller, request_id=new_request_id()):
            answer = json.loads(said.text)
            assert "errors" not in answer, answer
            delivered.extend(answer["data"].values())

    reading, waiting = asyncio.create_task(read()), asyncio.create_task(feed.waiting.wait())
    await asyncio.wait({reading, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    assert feed.waiting.is_set() or reading.done()
    for task in (waiting, reading):
        task.cancel()
    await asyncio.gather(reading, waiting, return_exceptions=True)
    return delivered


def cursor(world: World, point: FeedPoint) -> str:
    """Give the cursor of a place, as the service would."""
    return event_cursor(Context(world.services(), thai=False, reference=world.reference, now=world.now), point)


def start(world: World) -> str:
    """Give the cursor before the first event of all."""
    return cursor(world, BEGINNING)


async def stamped(urls: DatabaseUrls) -> int:
    dsn = urls.worker.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        await stamp(connection)
        last: int = await connection.fetchval("SELECT coalesce(max(position), 0) FROM feed")
        return last
    finally:
        await connection.close()
