"""The queue of jobs: pgqueuer in a schema of its own; what it does too early and what it says too much is put right."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.applications import PgQueuer
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import HealthCheckId
from pgqueuer.ports.driver import NotifyCallback

from server.faults import described

log = structlog.get_logger()

SCHEMA = "prasan_jobs"


class _Driver(AsyncpgPoolDriver):
    """Tells when it has begun to listen."""

    def __init__(self, connections: "asyncpg.Pool[asyncpg.Record]") -> None:
        super().__init__(connections)
        self.listening = asyncio.Event()

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        await super().add_listener(channel, callback)
        self.listening.set()


class _Queries(Queries):
    """Probes whether it hears itself only after it has begun to listen.

    pgqueuer 1.6.0 (core/qm.py) sends the first probe beforehand: it could be lost, was waited for in vain, and the
    worker began anew ten seconds after its start.
    """

    driver: _Driver

    async def notify_health_check(self, health_check_event_id: HealthCheckId) -> None:
        await self.driver.listening.wait()
        await super().notify_health_check(health_check_event_id)


def queue_of(connections: "asyncpg.Pool[asyncpg.Record]") -> PgQueuer:
    """Give the queue in its own schema, whatever PGQUEUER_* variables say."""
    names = DBSettings(db_schema=SCHEMA)
    driver = _Driver(connections)
    queries = _Queries(driver, QueryBuilderEnvironment(names), QueryQueueBuilder(names), QuerySchedulerBuilder(names))
    return PgQueuer(driver, channel=names.channel, queries=queries)


@contextmanager
def alone(job: str) -> Iterator[None]:
    """Let what fails in a job be told here, and what comes after it go on.

    pgqueuer writes the whole text of an error into the log and into a table: PostgreSQL repeats rows in it, people's
    data among them.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever happens, the job is made anew when it is time
        log.warning("worker.failed", job=job, **described(error))
