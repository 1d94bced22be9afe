"""Fan-out on a real feed: one execution for all who ask the same; who joins, falls behind or leaves misses nothing."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest

from casework.actions.add_note import add_note
from casework.demo.network import subject_of
from casework.keys import Keys
from models.vocabulary import Audience
from resolvers.feed_points import BEGINNING
from schema.contract import contract
from schema.cursors import sealed_cursor
from schema.ids import sealed_id
from server.auth import Caller
from server.company import Said
from server.database import DatabaseUrls
from server.execution import Executor
from server.fanout import Fanout
from server.feed import JournalFeed
from server.requests import Request
from server.settings import Settings
from tests.world import COORDINATOR, VOLUNTEER, World

SOON = 30
EVENTS = """subscription ($id: ID!, $after: String) { caseEvents(caseId: $id, after: $after) { __typename
  ... on CaseEvent { cursor event { note { text } } case { narrative } }
  ... on ResyncRequired { reason cursor message }
  ... on Refusal { code } } }"""
READERS = "SELECT count(DISTINCT account_id) FROM citizen_access WHERE purpose = 'LIVE'"


class Counting(Executor):
    """Counts how often an event is executed."""

    delivered = 0

    async def _delivered(self, *given: Any) -> Any:
        self.delivered += 1
        return await super()._delivered(*given)


class Stage:
    """A service without sockets, and a case to follow."""

    def __init__(self, world: World, feed: JournalFeed, case_id: int, **settings: int) -> None:
        self._world, self._feed, self._case_id = world, feed, case_id
        given = Settings(**settings)  # type: ignore[arg-type]
        self.executor = Counting(contract(), world.services(feed), given)
        self.fanout = Fanout(self.executor, given)
        self.keys: Keys = self.executor.keys
        self.beginning = sealed_cursor(self.keys, BEGINNING)

    async def follow(self, after: str | None, by: str = VOLUNTEER, *, thai: bool = False) -> AsyncGenerator[Said, None]:
        actor = await self._world.actor(by)
        caller = Caller(subject_of(by), thai=thai, held=actor.seat_id)
        variables = {"id": sealed_id(self.keys, "Case", self._case_id), "after": after}
        return self.fanout.answers(Request(EVENTS, variables), caller, request_id="0" * 32)

    async def note(self, text: str, audience: Audience = Audience.CASE) -> None:
        async with self._world.work(VOLUNTEER) as work:
            await add_note(work, case_id=self._case_id, text=text, audience=audience)
        self._feed.ring()


async def hear(stream: AsyncGenerator[Said, None]) -> dict[str, Any]:
    async with asyncio.timeout(SOON):
        said = json.loads((await anext(stream)).text)
    assert "errors" not in said, said
    told: dict[str, Any] = said["data"]["caseEvents"]
    return told


async def texts(stream: AsyncGenerator[Said, None], count: int) -> list[str | None]:
    heard = [(await hear(stream))["event"]["note"] for _ in range(count)]
    return [note and note["text"] for note in heard]


@pytest.fixture
async def feed(world: World, urls: DatabaseUrls) -> AsyncIterator[JournalFeed]:
    assert world
    running = JournalFeed(urls.worker)
    task = asyncio.create_task(running.run())
    yield running
    task.cancel()
    await asyncio.wait({task}, timeout=SOON)


@pytest.fixture
async def stage(world: World, feed: JournalFeed) -> Stage:
    return Stage(world, feed, await world.case(), follower_behind=3)


async def waiting(*streams: AsyncGenerator[Said, None]) -> list["asyncio.Task[dict[str, Any]]"]:
    """Let followers wait for what comes next; those who have caught up are in company then."""
    return [asyncio.create_task(hear(stream)) for stream in streams]


async def test_an_event_is_executed_once_for_all_who_ask_the_same(stage: Stage) -> None:
    streams = [await stage.follow(stage.beginning) for _ in range(20)]
    assert [await texts(stream, 1) for stream in streams] == [[None]] * 20
    next_ones = await waiting(*streams)
    await stage.note("หนึ่ง")
    first = await asyncio.gather(*next_ones)
    assert {one["event"]["note"]["text"] for one in first} == {"หนึ่ง"}
    before = stage.executor.delivered
    next_ones = await waiting(*streams)
    await stage.note("สอง")
    heard = await asyncio.gather(*next_ones)
    assert {one["event"]["note"]["text"] for one in heard} == {"สอง"}
    assert len({one["cursor"] for one in heard}) == 1
    assert stage.executor.delivered == before + 1
    assert len(stage.fanout._companies) == 1
    for stream in streams:
        await stream.aclose()
    assert stage.fanout._companies == {}


async def test_who_may_see_otherwise_is_in_another_company(world: World, stage: Stage) -> None:
    holder, coordinator = await stage.follow(stage.beginning), await stage.follow(stage.beginning, COORDINATOR)
    english, thai = await stage.follow(stage.beginning), await stage.follow(stage.beginning, thai=True)
    streams = holder, coordinator, english, thai
    for stream in streams:
        assert await texts(stream, 1) == [None]
    next_ones = await waiting(*streams)
    await stage.note("เฉพาะผู้ถือเรื่อง", Audience.HOLDER_ONLY)
    await stage.note("ทุกคน")
    heard = [(await one)["event"]["note"]["text"] for one in next_ones]
    assert heard == ["เฉพาะผู้ถือเรื่อง", "ทุกคน", "เฉพาะผู้ถือเรื่อง", "เฉพาะผู้ถือเรื่อง"]
    assert len(stage.fanout._companies) == 3
    await world.recorder.flush()
    assert await world.value(READERS) == 2
    for stream in streams:
        await stream.aclose()


async def test_who_comes_later_from_any_place_hears_the_rest_once(stage: Stage) -> None:
    first = await stage.follow(stage.beginning)
    cursors = [(await hear(first))["cursor"]]
    wanted = ["1", "2", "3", "4", "5", "6"]
    for text in wanted:
        (next_one,) = await waiting(first)
        await stage.note(text)
        cursors.append((await next_one)["cursor"])
    late = [await stage.follow(cursor) for cursor in cursors[:-1]]
    for number, stream in enumerate(late):
        assert await texts(stream, len(wanted) - number) == wanted[number:]
    streams = [first, *late, await stage.follow(cursors[-1])]
    next_ones = await waiting(*streams)
    await stage.note("7")
    assert {(await one)["event"]["note"]["text"] for one in next_ones} == {"7"}
    for stream in streams:
        await stream.aclose()
    assert stage.fanout._companies == {}


async def test_one_who_falls_behind_delays_nobody_and_goes_on_from_the_cursor_that_it_is_told(
    stage: Stage,
) -> None:
    awake, asleep = await stage.follow(stage.beginning), await stage.follow(stage.beginning)
    for stream in (awake, asleep):
        await hear(stream)
    next_ones = await waiting(awake, asleep)
    await stage.note("0")
    await asyncio.gather(*next_ones)
    wanted = [str(number) for number in range(1, 8)]
    for text in wanted:
        (next_one,) = await waiting(awake)
        await stage.note(text)
        assert (await next_one)["event"]["note"] == {"text": text}
    told = await hear(asleep)
    assert (told["__typename"], told["reason"]) == ("ResyncRequired", "FELL_BEHIND")
    assert told["message"].endswith("Nothing is lost: `cursor` is where you stopped. Begin again from `cursor`.")
    assert [said async for said in asleep] == []
    async with aclosing(await stage.follow(told["cursor"])) as again:
        assert await texts(again, len(wanted)) == wanted
    await awake.aclose()


async def test_the_first_follower_may_leave_and_the_others_hear_on(stage: Stage) -> None:
    first, second = await stage.follow(stage.beginning), await stage.follow(stage.beginning)
    for stream in (first, second):
        await hear(stream)
    leaving, staying = await waiting(first, second)
    await stage.note("1")
    await asyncio.gather(leaving, staying)
    await first.aclose()
    (staying,) = await waiting(second)
    await stage.note("2")
    assert (await staying)["event"]["note"] == {"text": "2"}
    await second.aclose()
