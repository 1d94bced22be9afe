"""An installation on a PostgreSQL of its own, where anything may be killed, and what must hold afterwards."""

import asyncio
import signal
from contextlib import suppress

import httpx
from sqlalchemy import URL

from casework import journal
from server.database import owner_engine, read_url
from tests.server.installation import PATIENCE, EndedAtStartError, Installation, Service
from tests.server.own_postgres import OwnPostgres

DOUBLE = """SELECT count(*) FROM (SELECT operation_id FROM event WHERE kind = 'CITIZEN_REGISTERED'
    GROUP BY operation_id HAVING count(*) > 1) AS twice"""
LOST = """SELECT count(*) FROM unnest($1::uuid[]) AS acknowledged (id) WHERE NOT EXISTS
    (SELECT FROM operation o JOIN citizen c ON c.id = o.result_id JOIN event e ON e.operation_id = o.operation_id
     WHERE o.operation_id = acknowledged.id)"""
HALF_DONE = """SELECT (SELECT count(*) FROM citizen) - (SELECT count(*) FROM event WHERE kind = 'CITIZEN_REGISTERED')
    + (SELECT count(*) FROM operation WHERE result_id IS NULL)"""
IN_THE_FEED = """SELECT (SELECT count(*) FROM event) = (SELECT max(position) FROM feed)
    AND (SELECT count(*) FROM feed) = (SELECT max(position) FROM feed)"""


async def check_whole(place: Installation, acknowledged: list[str]) -> None:
    """Everything acknowledged stands once, nothing stands half, the journal's chains and the feed are whole."""
    assert await place.value(LOST, acknowledged) == 0
    assert await place.value(DOUBLE) == 0
    assert await place.value(HALF_DONE) == 0
    async with asyncio.timeout(PATIENCE):
        while not await place.value(IN_THE_FEED):  # noqa: ASYNC110 - another process stamps it
            await asyncio.sleep(0.05)
    owner = owner_engine(_url(place))
    async with owner.connect() as connection:
        assert (await journal.verify(connection, progress=lambda _: None)).breaks == []
    await owner.dispose()


def _url(place: Installation) -> URL:
    return read_url(place.url("prasan_owner"), "the test")


class Scene:
    """A service that somebody starts again when it has died, as an init system does."""

    def __init__(self, place: Installation, own: OwnPostgres, settings: dict[str, str]) -> None:
        self.place = place
        self.own = own
        self._settings = {"PRASAN_FILES": str(place.folder / "files"), **settings}
        self.service = Service(place, self._settings)

    async def still_lives(self) -> None:
        """Whatever the database does: the process answers, and what needs no database is told."""
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            health = await client.get(f"http://{self.service.address}/health")
        assert health.json() == {"status": "ok"}
        assert (await self.service.ask("{ agencies { code } }"))["agencies"][0] == {"code": "OPS"}

    async def kill_and_start_again(self) -> None:
        """The writers go on meanwhile, against nobody; a service that found no database yet is started once more."""
        await asyncio.to_thread(self.service.end, signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while self.service.process.poll() is not None:
                with suppress(EndedAtStartError):
                    self.service = await asyncio.to_thread(Service, self.place, self._settings)

    def close(self) -> None:
        if self.service.process.poll() is None:
            self.service.end(signal.SIGTERM)
