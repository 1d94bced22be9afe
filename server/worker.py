"""The worker: jobs in PostgreSQL that look at cases whose time has come, exactly once however many workers there are.

pgqueuer gives each job to one worker, and again to another when that one dies. Looking twice does no more than looking
once: a look holds its case's lock and commits with all that it did. So a job that fails is simply made anew, for the
case's time to be looked at stays until a look has moved it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer.core.applications import PgQueuer
from pgqueuer.domain.models import Job
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.deliveries import forget_old_deliveries
from casework.ended_exports import forget_old_exports, give_up_exports
from casework.freezing import freeze_statements
from casework.guests import forget_old_guests
from casework.outgoing import forget_old_notices
from casework.tending import due_cases, read_journal, tend_case
from resolvers.context import Services
from server.database import DatabaseUrls, check_reachable, pool, writing
from server.errands import Errands
from server.faults import described
from server.job_queue import SCHEMA, alone, queue_of
from server.runtime import running
from server.settings import Settings
from server.startup import say

log = structlog.get_logger()

LOOK = "look at a case"
EVERY_MINUTE, EVERY_HOUR, EVERY_NIGHT = "* * * * *", "1 * * * *", "17 20 * * *"
"""In UTC: a month ends in Bangkok at 17:00, and the night is at 20:17."""
RETRY_AFTER = 5.0
LAST_SECONDS = 10.0
"""How long a stop waits for jobs under way; another worker takes over what is cut off."""
APPLICATION = "prasan_worker"
"""The name that its connections have in pg_stat_activity."""
LISTENS, ASKS = 1, 2
"""Connections of the queue: one hears of new jobs, the others take them."""


class Worker:
    """One per process."""

    def __init__(self, services: Services, settings: Settings, urls: DatabaseUrls) -> None:
        self._services = services
        self._settings = settings
        self._url = urls.worker
        self._stopping = asyncio.Event()
        self._queue: PgQueuer | None = None
        self._errands: Errands | None = None

    async def run(self) -> None:
        """Work until stopped; a database that goes away is waited for."""
        logging.getLogger("pgqueuer").setLevel(logging.ERROR)
        engine = pool(self._url, self._settings)
        self._errands = Errands(self._services, writing(engine), self._settings)
        errands = asyncio.create_task(self._errands.run())
        try:
            while not self._stopping.is_set():
                try:
                    await self._work(writing(engine))
                except Exception as error:  # noqa: BLE001 - whatever happens, the worker goes on where it stood
                    log.warning("worker.starting_again", **described(error))
                    await asyncio.sleep(RETRY_AFTER)
        finally:
            if not self._stopping.is_set():
                errands.cancel()
            await asyncio.gather(errands, return_exceptions=True)
            await engine.dispose()

    def stop(self) -> None:
        """Let the jobs under way end, and take no more."""
        self._stopping.set()
        if self._errands is not None:
            self._errands.stop()
        if self._queue is not None:
            self._queue.shutdown.set()

    async def _work(self, engine: AsyncEngine) -> None:
        async with asyncpg.create_pool(
            _dsn(self._url),
            min_size=LISTENS + ASKS,
            max_size=LISTENS + ASKS,
            server_settings={"application_name": APPLICATION},
        ) as connections:
            queue, at_once = queue_of(connections), max(2, self._settings.pool_size)
            self._queue = queue
            self._teach(queue, engine)
            _forget_what_is_old(queue, connections, engine, self._services)
            _end_what_is_over(queue, engine, self._services)
            with alone("hand out"):
                await self.hand_out(queue, engine)
            await queue.run(
                dequeue_timeout=timedelta(seconds=self._settings.worker_beat_seconds),
                heartbeat_timeout=timedelta(seconds=self._settings.worker_beat_seconds),
                batch_size=at_once // 2,
                max_concurrent_tasks=at_once,
                shutdown_on_listener_failure=True,
            )

    def _teach(self, queue: PgQueuer, engine: AsyncEngine) -> None:
        """Say what each job does: every minute what is due becomes jobs, one for each case."""

        @queue.schedule("hand out", EVERY_MINUTE)
        async def hand_out(_: object) -> None:
            with alone("hand out"):
                await self.hand_out(queue, engine)

        @queue.entrypoint(LOOK)
        async def look(job: Job) -> None:
            with alone(LOOK):
                await self._look(engine, int(job.payload or b"0"))

    async def _look(self, engine: AsyncEngine, case_id: int) -> None:
        now, quiet = self._services.clock(), self._settings.quiet
        done = await tend_case(engine, self._services.reference, case_id=case_id, now=now, quiet=quiet)
        if any(done):
            self._services.feed.ring()
            log.debug("worker.acted", **done._asdict())

    async def hand_out(self, queue: PgQueuer, engine: AsyncEngine) -> int:
        """Make a job for each case whose time has come, unless it has one; tell how many cases those were."""
        now = self._services.clock()
        await read_journal(engine, now=now)
        ids = await due_cases(engine, now=now)
        await queue.qm.queries.enqueue(
            [LOOK] * len(ids),
            [str(id_).encode() for id_ in ids],
            [0] * len(ids),
            dedupe_key=[f"case {id_}" for id_ in ids],
            on_conflict="skip",
        )
        return len(ids)


_FORGOTTEN = (forget_old_deliveries, forget_old_notices, forget_old_guests, forget_old_exports)


def _forget_what_is_old(
    queue: PgQueuer, connections: "asyncpg.Pool[asyncpg.Record]", engine: AsyncEngine, services: Services
) -> None:
    """Once a day delete what was sent long ago, names of guests whose time has passed, and jobs of a week ago."""

    @queue.schedule("forget", EVERY_NIGHT)
    async def forget(_: object) -> None:
        for table in ("pgqueuer_log", "pgqueuer_statistics"):
            with alone(table):
                await connections.execute(f"DELETE FROM {SCHEMA}.{table} WHERE created < now() - interval '7 days'")
        for chore in _FORGOTTEN:
            with alone(chore.__name__):
                await chore(engine, now=services.clock())


def _end_what_is_over(queue: PgQueuer, engine: AsyncEngine, services: Services) -> None:
    """Once an hour freeze the months that have ended, those that were missed too, and give up what nobody writes."""

    @queue.schedule("freeze", EVERY_HOUR)
    async def freeze(_: object) -> None:
        for chore in (freeze_statements, give_up_exports):
            with alone(chore.__name__):
                await chore(engine, services.reference, now=services.clock())
        services.feed.ring()


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@asynccontextmanager
async def working(services: Services, settings: Settings, urls: DatabaseUrls) -> AsyncIterator[Worker]:
    """Run a worker meanwhile; at the end its jobs under way end first."""
    worker = Worker(services, settings, urls)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        worker.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_SECONDS):
                await task


async def work(settings: Settings, urls: DatabaseUrls, secret: bytes) -> None:
    """Work and do nothing else, until SIGINT or SIGTERM."""
    probe = pool(urls.worker, settings)
    try:
        await check_reachable(probe, "PRASAN_WORKER_URL")
    finally:
        await probe.dispose()
    async with running(settings, urls, secret, keeps_files=False) as services, working(services, settings, urls):
        say("Working: every minute it looks at what is due. Stop it with Ctrl-C.")
        await asyncio.Event().wait()
