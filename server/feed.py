"""The feed: stamps committed events with gapless positions, and wakes those who wait for them.

Any process may stamp: an advisory lock makes them take turns, transaction by transaction, so the death of one costs
nothing. Each process rings its own bell after a commit; a look every second finds what a killed process left.
Followers of a case are woken by its events, inboxes by the events of cases that may concern their post or office.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias, TypeVar

import asyncpg
import structlog
from sqlalchemy import URL

from casework.exports import CHANNEL as EXPORTS
from server.faults import described

log = structlog.get_logger()

CHANNEL = "prasan_feed"
"""Also the name that its connection has in pg_stat_activity."""
STAMPING = 4_727_002
LOOK_EVERY = 1.0
"""Seconds between looks when nobody rings; each also probes the connection."""
GIVE_UP_AFTER = 10.0
"""Seconds after which a silent connection counts as dead."""
RETRY_AFTER = 0.5

_PENDING = "SELECT EXISTS (SELECT FROM feed_pending)"
_TURN = "SELECT pg_advisory_xact_lock($1)"
_STAMP = """
    WITH taken AS (DELETE FROM feed_pending RETURNING event_id),
         last AS (SELECT coalesce(max(position), 0) AS position FROM feed),
         stamped AS (
             INSERT INTO feed (position, event_id)
             SELECT last.position + row_number() OVER (ORDER BY event_id), event_id FROM taken, last
             RETURNING position
         )
    SELECT max(position) FROM stamped
"""
_ANNOUNCE = "SELECT pg_notify($1, $2)"
_LAST = "SELECT coalesce(max(position), 0) FROM feed"
_NEW = """
    SELECT page.position, CASE WHEN event.subject_kind = 'CASE' THEN event.subject_id END
    FROM (SELECT position, event_id FROM feed WHERE position > $1 ORDER BY position LIMIT 1000) page
    JOIN event ON event.id = page.event_id ORDER BY page.position
"""
"""All that was stamped, so that events of other subjects are read once: at a month's end there are thousands."""

_CONCERNED = """
    SELECT seat_id, office_id FROM participation WHERE case_id = ANY($1::bigint[])
    UNION SELECT seat_id, office_id FROM notice WHERE case_id = ANY($1::bigint[])
    UNION SELECT seat_id, NULL FROM follow WHERE case_id = ANY($1::bigint[])
"""
"""Who may have to do with these cases, also those who once had: looking in vain costs less than missing something."""
ROUND_EVERY = 500
"""Positions after which every inbox is woken, so that none falls far behind; a look reads as many at once."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Post: TypeAlias = tuple[int | None, int | None]
"""A seat, or an office: the other is None, as in a participation."""
Key = TypeVar("Key")


async def stamp(connection: Connection) -> int | None:
    """Give every pending event its position; tell the last one, or None when nothing was pending.

    Ids of one subject rise in commit order, so ordering a batch by id keeps each subject's order.
    """
    if not await connection.fetchval(_PENDING):
        return None
    async with connection.transaction(isolation="read_committed"):
        await connection.execute(_TURN, STAMPING)
        last: int | None = await connection.fetchval(_STAMP)
        if last is not None:
            await connection.execute(_ANNOUNCE, CHANNEL, str(last))
    return last


class News:
    """One subscriber's bell: a ring between two waits is kept."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()

    def ring(self) -> None:
        self._bell.set()

    async def wait(self) -> None:
        await self._bell.wait()
        self._bell.clear()


class JournalFeed:
    """One per process: one connection as prasan_worker, one task, any number of subscribers."""

    def __init__(self, worker: URL) -> None:
        self._dsn = worker.set(drivername="postgresql").render_as_string(hide_password=False)
        self._bell = asyncio.Event()
        self._subscribers: dict[int, set[News]] = defaultdict(set)
        self._inboxes: dict[Post, set[News]] = defaultdict(set)
        self._exports: dict[int, set[News]] = defaultdict(set)
        self._position: int | None = None
        self._went_round = 0

    def ring(self) -> None:
        """Say that something was committed."""
        self._bell.set()

    @asynccontextmanager
    async def subscribe(self, case_id: int) -> AsyncIterator[News]:
        """Give the bell that new events of a case ring."""
        news = News()
        with _standing(news, self._subscribers, case_id):
            yield news

    @asynccontextmanager
    async def subscribe_inbox(self, seat_id: int, office_id: int | None) -> AsyncIterator[News]:
        """Give the bell that new events ring whose case may concern the post or its office."""
        news = News()
        with _standing(news, self._inboxes, (seat_id, None)):
            if office_id is None:
                yield news
            else:
                with _standing(news, self._inboxes, (None, office_id)):
                    yield news

    @asynccontextmanager
    async def subscribe_export(self, export_id: int) -> AsyncIterator[News]:
        """Give the bell that the writing of an export rings."""
        news = News()
        with _standing(news, self._exports, export_id):
            yield news

    async def run(self) -> None:
        """Stamp and wake until cancelled; a lost connection is made anew, and nothing is missed meanwhile."""
        while True:
            try:
                await self._follow()
            except Exception as error:  # noqa: BLE001 - whatever happens, the feed goes on from its position
                log.warning("feed.reconnecting", **described(error))
            await asyncio.sleep(RETRY_AFTER)

    async def _follow(self) -> None:
        connection: Connection = await asyncpg.connect(
            self._dsn,
            timeout=GIVE_UP_AFTER,
            command_timeout=GIVE_UP_AFTER,
            server_settings={"application_name": CHANNEL},
        )
        try:
            await connection.add_listener(CHANNEL, lambda *_: self._bell.set())
            await connection.add_listener(EXPORTS, lambda *told: _ring(self._exports.get(int(told[-1]), ())))
            for bells in self._exports.values():  # what was said while nobody listened
                _ring(bells)
            if self._position is None:
                self._position = await connection.fetchval(_LAST)
            while True:
                await stamp(connection)
                await self._wake(connection)
                with contextlib.suppress(TimeoutError):  # wait_for may swallow a cancellation on 3.11 (bpo-37658)
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._bell.wait()
                self._bell.clear()
        finally:
            connection.terminate()

    async def _wake(self, connection: Connection) -> None:
        """Ring the bells of those whom new events concern, and remember how far the feed was read."""
        while True:
            rows = await connection.fetch(_NEW, self._position)
            if not rows:
                return
            cases = {case_id for _, case_id in rows if case_id is not None}
            concerned = await connection.fetch(_CONCERNED, sorted(cases)) if self._inboxes and cases else []
            # From here on nothing waits: a connection that dies before has rung no bell, and is asked again.
            self._position = rows[-1][0]
            for case_id in cases:
                _ring(self._subscribers.get(case_id, ()))
            for post in self._to_wake(tuple(row) for row in concerned):
                _ring(self._inboxes.get(post, ()))

    def _to_wake(self, concerned: Iterable[Post]) -> Iterable[Post]:
        """Choose whom to wake: those concerned, and everybody once in a while."""
        position = self._position or 0
        if position - self._went_round < ROUND_EVERY:
            return concerned
        self._went_round = position
        return tuple(self._inboxes)


def _ring(bells: Iterable[News]) -> None:
    for news in bells:
        news.ring()


@contextmanager
def _standing(news: News, bells: dict[Key, set[News]], key: Key) -> Iterator[None]:
    """Let a bell stand under a key; nothing is left of a key without bells."""
    bells[key].add(news)
    try:
        yield
    finally:
        bells[key].discard(news)
        if not bells[key]:
            del bells[key]
