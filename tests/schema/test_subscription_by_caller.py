"""`caseEvents` as nobody, as a stranger and as the one who may, through the executor and a feed of the test's own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from casework.demo.network import subject_of
from resolvers.context import Context
from schema.contract import contract
from schema.cursors import event_cursor
from server.auth import Caller
from server.database import DatabaseUrls
from server.execution import Executor, new_request_id
from server.feed import stamp
from server.requests import Request
from server.settings import Settings
from tests.api import Api
from tests.world import ADMIN, AUDITOR, COORDINATOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, SilentFeed, World

FOLLOW = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) {
  __typename
  ... on CaseEvent { cursor event { kind note { text } } case { state version } }
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

    async def wait(self) -> None:
        self.waiting.set()
        await asyncio.Event().wait()


async def follow(world: World, by: str | None, case_id: str, after: str | None = None) -> list[Any]:
    """Give what is delivered until the stream ends or waits."""
    feed = OneLook()
    executor = Executor(contract(), world.services(feed), Settings())
    caller = Caller(None if by is None else subject_of(by), thai=False)
    request = Request(FOLLOW, {"id": case_id, "after": after})
    delivered: list[Any] = []

    async def read() -> None:
        async for answer in executor.stream(request, caller, request_id=new_request_id()):
            assert "errors" not in answer, answer
            delivered.append(answer["data"]["caseEvents"])

    reading, waiting = asyncio.create_task(read()), asyncio.create_task(feed.waiting.wait())
    await asyncio.wait({reading, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    assert feed.waiting.is_set() or reading.done()
    for task in (waiting, reading):
        task.cancel()
    await asyncio.gather(reading, waiting, return_exceptions=True)
    return delivered


def start(world: World) -> str:
    """Give the cursor before the first event of all."""
    return event_cursor(Context(world.services(), thai=False, reference=world.reference, now=world.now), 0)


async def stamped(urls: DatabaseUrls) -> int:
    dsn = urls.worker.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        await stamp(connection)
        last: int = await connection.fetchval("SELECT coalesce(max(position), 0) FROM feed")
        return last
    finally:
        await connection.close()


async def test_the_permitted_hear_every_event_from_a_cursor_on_and_strangers_one_refusal(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรแล้ว")
    await stamped(urls)
    before = await world.fingerprint()
    case = api.id("Case", case_id)
    for by in (VOLUNTEER, COORDINATOR, AUDITOR):
        heard = await follow(world, by, case, start(world))
        assert [event["event"]["kind"] for event in heard] == ["CASE_OPENED", "NOTE_ADDED"]
        assert heard[1]["case"] == {"state": "NEW", "version": 1}
        assert heard[1]["event"]["note"] == (None if by == AUDITOR else {"text": "โทรแล้ว"})
        assert await follow(world, by, case, heard[0]["cursor"]) == heard[1:]
    hidden = {
        "__typename": "NotFound",
        "code": "NOT_FOUND",
        "message": "There is nothing here under this id for you.",
        "path": ["caseId"],
    }
    for by in (OTHER_VOLUNTEER, SSO, ADMIN):
        assert await follow(world, by, case, start(world)) == [hidden]
    for unknown in ("", "p1", api.id("Case", 2**40), api.id("Referral", case_id)):
        assert await follow(world, VOLUNTEER, unknown) == [hidden]
    for nobody, code in ((None, "NOT_SIGNED_IN"), ("nobody of the network", "NO_SEAT")):
        (refused,) = await follow(world, nobody, case, start(world))
        assert (refused["__typename"], refused["code"]) == ("NotPermitted", code)
    assert await world.fingerprint() == before


async def test_without_a_cursor_nothing_of_the_past_is_told(world: World, api: Api, urls: DatabaseUrls) -> None:
    case_id = await world.case()
    await stamped(urls)
    assert await follow(world, VOLUNTEER, api.id("Case", case_id)) == []


async def test_the_cursor_of_a_case_continues_where_that_answer_ended(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await stamped(urls)
    case = api.id("Case", case_id)
    found = await api.ask("query ($id: ID!) { node(id: $id) { ... on Case { eventsCursor } } }", VOLUNTEER, id=case)
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรแล้ว")
    await stamped(urls)
    heard = await follow(world, VOLUNTEER, case, found["node"]["eventsCursor"])
    assert [event["event"]["kind"] for event in heard] == ["NOTE_ADDED"]


async def test_a_malformed_or_foreign_cursor_is_refused(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    query = "{ cases(first: 1) { edges { cursor } } }"
    foreign = (await api.ask(query, VOLUNTEER))["cases"]["edges"][0]["cursor"]
    for wrong in ("", "x", foreign, case):
        (refused,) = await follow(world, VOLUNTEER, case, wrong)
        assert (refused["__typename"], refused["code"], refused["path"]) == (
            "InvalidInput",
            "CURSOR_INVALID",
            ["after"],
        )


async def test_a_subscription_is_not_answered_over_plain_http(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    answer = await api.answer(FOLLOW, VOLUNTEER, id=case)
    assert "data" not in answer
    assert answer["errors"][0]["message"] == "A subscription cannot be sent this way; see docs/reference/transport.md."
