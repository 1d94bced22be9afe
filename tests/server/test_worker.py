"""Workers: what is due is done once however many there are, and whatever is killed and whenever."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from casework.actions.invite_participants import Guest
from casework.watching import Seen
from models.vocabulary import ReferralState
from server.database import DatabaseUrls
from server.worker import ASKS, EVERY_NIGHT, LISTENS
from tests.casework import situations
from tests.schema.scenes_of_activities import invited, planned
from tests.server.installation import PATIENCE, PRASAN, SECRET
from tests.world import World

BEAT = "2"
"""Seconds after which a killed worker's job is another's."""
DUE = "SELECT count(*) FROM watch WHERE look_at <= now()"
JOBS = "SELECT count(*) FROM prasan_jobs.pgqueuer"
PICKED = JOBS + " WHERE dedupe_key = :key AND status = 'picked'"
LAPSED = "SELECT count(*) FROM event WHERE kind = 'REFERRAL_LAPSED'"
CLOSED = "SELECT count(*) FROM event WHERE kind = 'CASE_CLOSED'"
NOTICES = "SELECT count(*) FROM notice"
TOLD = "SELECT count(*) FROM event e JOIN notice n ON n.id = (e.payload ->> 'notice')::bigint"


@contextmanager
def worker(urls: DatabaseUrls, folder: Path, *through: str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `prasan worker`, `through` another program, until the end of the block, unless that has ended it before."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRASAN_")} | {
        "PRASAN_DATABASE_URL": urls.app.render_as_string(hide_password=False),
        "PRASAN_OWNER_URL": urls.owner.render_as_string(hide_password=False),
        "PRASAN_WORKER_URL": urls.worker.render_as_string(hide_password=False),
        "PRASAN_SECRET": SECRET,
        "PRASAN_QUIET_HOURS": "00:00-00:00",
        "PRASAN_WORKER_BEAT_SECONDS": BEAT,
        "PRASAN_STATEMENT_SECONDS": "60",
        **more,
    }
    process = subprocess.Popen([*through, *PRASAN, "worker"], env=environment, cwd=folder)
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=PATIENCE)


async def until(world: World, statement: str, wanted: object, **given: object) -> None:
    async with asyncio.timeout(PATIENCE):
        while await world.value(statement, **given) != wanted:  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.1)


async def overdue(world: World) -> int:
    """Let five referrals wait and two cases be resolved, all long ago; give one that waits."""
    world.now = datetime.now(UTC) - timedelta(days=90)
    sent = [await situations.referral_in(world, ReferralState.SENT) for _ in range(5)]
    for _ in range(2):
        await situations.resolved(world)
    return sent[0].case_id


async def test_everything_due_is_done_once_though_workers_are_killed(
    world: World, urls: DatabaseUrls, tmp_path: Path
) -> None:
    stuck = await overdue(world)
    async with world.owner.begin() as blocker:
        await blocker.exec_driver_sql(f'SELECT FROM "case" WHERE id = {stuck} FOR UPDATE')
        with worker(urls, tmp_path) as first, worker(urls, tmp_path) as second:
            await until(world, PICKED, 1, key=f"case {stuck}")
            await until(world, LAPSED, 4)
            for process in (first, second):
                process.send_signal(signal.SIGKILL)
                process.wait(timeout=PATIENCE)
    assert await world.value(LAPSED + " AND subject_id = :id", id=stuck) == 0
    with worker(urls, tmp_path) as third, worker(urls, tmp_path):
        await until(world, DUE, 0)
        await until(world, JOBS, 0)
        third.send_signal(signal.SIGTERM)
        assert third.wait(timeout=PATIENCE) == 0
    assert (await world.value(LAPSED), await world.value(CLOSED)) == (5, 2)
    assert await world.value("SELECT count(*) FROM referral WHERE state = 'LAPSED'") == 5
    assert await world.value(NOTICES) == await world.value(TOLD) == 10
    assert await world.tend() == Seen()


async def test_a_worker_that_a_script_put_into_the_background_ends_on_sigterm(
    world: World, urls: DatabaseUrls, tmp_path: Path
) -> None:
    """Shells have such programs ignore SIGINT."""
    in_background = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]
    connected = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'prasan_worker' AND datname = :name"
    with worker(urls, tmp_path, *in_background) as process:
        await until(world, connected, LISTENS + ASKS, name=urls.worker.database)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0


async def test_what_fails_at_night_keeps_nobody_from_being_forgotten(
    world: World, urls: DatabaseUrls, tmp_path: Path
) -> None:
    """The night has come at once: guests of two years ago are forgotten after the deliveries, and these fail."""
    world.now = datetime.now(UTC) - timedelta(days=750)
    await invited(world, await planned(world), guests=[Guest("นางแขก มาไกล")])
    guests = "SELECT count(*) FROM activity_guest"
    night = f"""INSERT INTO prasan_jobs.pgqueuer_schedules (expression, entrypoint) VALUES ('{EVERY_NIGHT}', 'forget')
        ON CONFLICT (expression, entrypoint) DO UPDATE SET next_run = now(), status = 'queued'"""
    assert await world.value(guests) == 1
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql(night)
        await connection.exec_driver_sql("REVOKE DELETE ON webhook_delivery FROM prasan_worker")
    try:
        with worker(urls, tmp_path):
            await until(world, guests, 0)
    finally:
        async with world.owner.begin() as connection:
            await connection.exec_driver_sql("GRANT DELETE ON webhook_delivery TO prasan_worker")
