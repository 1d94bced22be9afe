"""The queue of jobs does not miss its own first probe, and tells nobody's data when a job fails."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
import structlog
from pgqueuer.domain.types import HealthCheckId

from server.database import DatabaseUrls
from server.job_queue import alone, queue_of
from tests.world import World

SECONDS = 20


async def test_a_probe_that_is_sent_before_anybody_listens_is_heard(urls: DatabaseUrls) -> None:
    dsn = urls.worker.set(drivername="postgresql").render_as_string(hide_password=False)
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with asyncpg.create_pool(dsn, min_size=2, max_size=2) as connections:
        queue, probe = queue_of(connections), HealthCheckId(uuid4())
        sent = asyncio.create_task(queue.qm.queries.notify_health_check(probe))
        done, _ = await asyncio.wait({sent}, timeout=0.3)
        assert not done
        async with asyncio.timeout(SECONDS), queue.qm.queries.driver:
            await queue.qm.queries.driver.add_listener(queue.qm.channel, lambda told: heard.put_nowait(str(told)))
            await sent
            assert str(probe) in await heard.get()


async def test_a_job_that_fails_is_told_without_what_the_database_said(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    """PostgreSQL repeats the whole row that it refuses."""
    with structlog.testing.capture_logs() as told, alone("try"):
        async with world.owner.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO activity_guest (participant_id, activity_id, name) VALUES (0, NULL, 'นางแขก มาไกล')"
            )
    assert [(line["event"], line["job"], line["sqlstate"]) for line in told] == [("worker.failed", "try", "23502")]
    assert "แขก" not in str(told) + "".join(capfd.readouterr())
