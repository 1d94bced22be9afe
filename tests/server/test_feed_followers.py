"""Followers hear every event once and in order, whatever happens to the feed's connection meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, cast
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import text

from casework.actions.add_note import add_note
from casework.actions.follow_case import follow_case as begin_to_follow
from casework.actions.recall_referral import recall_referral
from casework.actions.request_export import ExportLimits
from casework.demo.network import subject_of
from casework.errors import Refusal, RefusalCode
from casework.exports import keep_export, put_export_back, take_export
from models.export_words import ExportState
from models.stream_words import AccessEndReason
from models.vocabulary import ReasonCategory
from resolvers.context import Context
from resolvers.export_progress import follow_export
from resolvers.feed_points import BEGINNING
from resolvers.feeds import CaughtUp, Ended, Moved, follow_case, follow_inbox
from server import feed as feed_of_process
from server.database import DatabaseUrls
from server.exporter import LEASE
from server.feed import CHANNEL, JournalFeed
from tests.casework import situations
from tests.server.exporting import ask_for_all, exporter
from tests.server.test_feed import FEED, NOTE, SOON, check_complete, write
from tests.world import COORDINATOR, DLPW, OTHER_VOLUNTEER, VOLUNTEER, World


@pytest.fixture
async def feed(world: World, urls: DatabaseUrls) -> AsyncIterator[JournalFeed]:
    """A running feed; the world's rows are gone before it, so that it starts with an empty journal."""
    assert await world.rows(FEED) == []
    running = JournalFeed(urls.worker)
    task = asyncio.create_task(running.run())
    yield running
    task.cancel()
    ended, _ = await asyncio.wait({task}, timeout=SOON)
    assert ended == {task}


async def _context(world: World, feed: JournalFeed, handle: str = VOLUNTEER) -> Context:
    services = world.services(feed)
    by = await world.actor(handle)
    subject = subject_of(handle)
    return Context(services, thai=False, reference=world.reference, now=world.now, by=by, subject=subject)


async def _next(stream: AsyncIterator[Any]) -> Any:
    """Give the next thing that a client would hear."""
    while isinstance(said := await anext(stream), CaughtUp):
        """Only the service wants to know."""
    return said


async def _kill_connection(superuser_url: str, urls: DatabaseUrls) -> int:
    """Cut the feed off; tell how many connections it had."""
    killer = await asyncpg.connect(superuser_url)
    killed = await killer.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'prasan_worker' AND datname = $1 AND application_name = $2",
        urls.worker.database,
        CHANNEL,
    )
    await killer.close()
    return len(killed)


async def _hear(stream: AsyncIterator[Any], count: int) -> list[int]:
    """Give the sequence numbers of the next events."""
    async with asyncio.timeout(SOON):
        return [(await _next(stream))[0].seq for _ in range(count)]


async def test_followers_hear_each_event_once_and_in_order(world: World, feed: JournalFeed) -> None:
    case_id, other = await world.case(), await world.case()
    streams = [follow_case(await _context(world, feed), case_id, BEGINNING) for _ in range(3)]
    assert [await _hear(stream, 1) for stream in streams] == [[1]] * 3
    for _ in range(5):
        await write(world, case_id)
        await write(world, other)
        feed.ring()
    assert [await _hear(stream, 5) for stream in streams] == [[2, 3, 4, 5, 6]] * 3
    for stream in streams:
        await cast("AsyncGenerator[Any, None]", stream).aclose()
    assert feed._subscribers == {}


async def test_more_events_than_a_batch_are_heard_to_the_last(world: World, feed: JournalFeed) -> None:
    case_id = await world.case()
    async with world.work(VOLUNTEER) as work:
        for _ in range(120):
            await add_note(work, case_id=case_id, **NOTE)
    feed.ring()
    stream = follow_case(await _context(world, feed), case_id, BEGINNING)
    assert await _hear(stream, 121) == list(range(1, 122))


async def test_nobody_needs_to_ring(world: World, feed: JournalFeed) -> None:
    case_id = await world.case()
    stream = follow_case(await _context(world, feed), case_id, BEGINNING)
    await _hear(stream, 1)
    await write(world, case_id)
    assert await _hear(stream, 1) == [2]


async def test_a_feed_whose_connection_dies_comes_back_and_loses_nothing(
    world: World, urls: DatabaseUrls, superuser_url: str, feed: JournalFeed
) -> None:
    case_id = await world.case()
    await world.act(COORDINATOR, begin_to_follow, case_id=case_id)
    stream = follow_case(await _context(world, feed), case_id, BEGINNING)
    inbox = follow_inbox(await _context(world, feed, COORDINATOR), BEGINNING)
    await _hear(stream, 2)
    heard, in_inbox = [], []
    for death in range(3):
        assert await _kill_connection(superuser_url, urls) == 1, death
        await write(world, case_id)
        feed.ring()
        heard += await _hear(stream, 1)
        in_inbox += await _hear(inbox, 1)
    assert heard == in_inbox == [3, 4, 5]
    await check_complete(world)


@pytest.mark.parametrize("turns", range(6))
async def test_a_stop_is_never_drowned_by_a_ring(urls: DatabaseUrls, turns: int) -> None:
    """Whatever the turn of the loop in which they meet: wait_for of Python 3.11 loses a cancellation in some."""
    feed = JournalFeed(urls.worker)
    task = asyncio.create_task(feed.run())
    async with asyncio.timeout(SOON):
        while not feed._bell._waiters:  # noqa: ASYNC110 - nothing tells that it waits
            await asyncio.sleep(0)
    feed.ring()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    ended, _ = await asyncio.wait({task}, timeout=3)
    task.cancel()
    assert ended == {task}


async def test_a_ring_between_two_waits_is_kept(feed: JournalFeed) -> None:
    async with feed.subscribe(1) as news:
        news.ring()
        async with asyncio.timeout(SOON):
            await news.wait()
    assert feed._subscribers == {}


async def test_an_inbox_is_woken_by_what_may_concern_it_and_by_nothing_else(world: World, feed: JournalFeed) -> None:
    case_id = await situations.screened(world)
    stranger = await world.actor(OTHER_VOLUNTEER)
    stream = follow_inbox(await _context(world, feed, DLPW), None)
    async with asyncio.timeout(SOON), feed.subscribe_inbox(stranger.seat_id, None) as news:
        assert isinstance(await _next(stream), Moved)
        for _ in range(3):
            await world.act(VOLUNTEER, add_note, case_id=case_id, **NOTE)
        await world.referral(case_id)
        feed.ring()
        told: Any = await _next(stream)
        assert (told.event.kind, told.event.case_id) == ("REFERRAL_SENT", case_id)
        assert not news._bell.is_set()
        await write(world, await world.case(OTHER_VOLUNTEER, area="430201"), OTHER_VOLUNTEER)
        feed.ring()
        await news.wait()
        await cast("AsyncGenerator[Any, None]", stream).aclose()
    assert feed._inboxes == {}


async def test_every_inbox_is_woken_once_in_a_while_so_that_none_falls_far_behind(
    world: World, feed: JournalFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_of_process, "ROUND_EVERY", 5)
    case_id = await world.case()
    stranger = await world.actor(OTHER_VOLUNTEER)
    async with asyncio.timeout(SOON), feed.subscribe_inbox(stranger.seat_id, None) as news:
        for _ in range(4):
            await write(world, case_id)
        feed.ring()
        await news.wait()


@pytest.mark.parametrize("reason", AccessEndReason)
async def test_whoever_heard_a_case_and_loses_it_is_told_why_and_later_that_it_is_not_there(
    world: World, feed: JournalFeed, reason: AccessEndReason
) -> None:
    case_id = await situations.screened(world)
    referral_id = await world.referral(case_id)
    stream = follow_case(await _context(world, feed, DLPW), case_id, BEGINNING)
    assert len(await _hear(stream, 3)) == 3
    await world.on_referral(
        VOLUNTEER, recall_referral, referral_id, reason="ส่งผิด", category=ReasonCategory.SENT_IN_ERROR
    )
    if reason is AccessEndReason.CASE_HIDDEN:
        async with world.owner.begin() as connection:
            gone = text("DELETE FROM participation WHERE office_id = :office")
            await connection.execute(gone, {"office": world.office("DLPW-43")})
    feed.ring()
    async with asyncio.timeout(SOON):
        assert [each async for each in stream if not isinstance(each, CaughtUp)] == [Ended(reason)]
    again = follow_case(await _context(world, feed, DLPW), case_id, BEGINNING)
    if reason is AccessEndReason.CASE_HIDDEN:
        with pytest.raises(Refusal) as refused:
            await anext(again)
        assert refused.value.code is RefusalCode.NOT_FOUND


async def test_the_writing_of_an_export_is_told_as_it_goes_on_and_after_a_lost_connection(
    world: World, feed: JournalFeed, urls: DatabaseUrls, superuser_url: str
) -> None:
    export_id = await world.act(VOLUNTEER, ask_for_all, limits=ExportLimits())
    stream = follow_export(await _context(world, feed), export_id)
    async with asyncio.timeout(SOON):
        assert (await anext(stream)).state is ExportState.WAITING
        taken = await take_export(world.worker, key=uuid4(), now=world.now, until=world.now + LEASE)
        assert taken is not None
        assert (await anext(stream)).state is ExportState.RUNNING
        await keep_export(world.worker, taken, rows=9, done=7, until=world.now + LEASE)
        assert (await anext(stream)).rows_done == 7
        assert await _kill_connection(superuser_url, urls) == 1
        await put_export_back(world.worker, taken, until=world.now - LEASE, failed=True)
        assert (await anext(stream)).state is ExportState.WAITING
        assert len(feed._exports) == 1
        await exporter(world).look()
        assert [row.state async for row in stream][-1] is ExportState.READY
    assert feed._exports == {}
