"""Who looked at whose data, on the way to its table: kept in memory, written in batches, all of it before a stop."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Protocol

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.access import Entry, write
from models.columns import IDS
from models.privacy_words import AccessPurpose
from server.faults import described

log = structlog.get_logger()

WRITE_EVERY = 0.5
"""Seconds between two batches: as much is lost when the process is killed."""
AT_ONCE = 1_000
"""Entries of one statement: 5 ms, in which the event loop and the reading of others wait for nothing longer."""
MOST = 50_000
"""Entries kept, 15 MB: whoever reads when there are more waits until some are written."""
LAST_SECONDS = 20.0
"""How long a stop waits for a database that is away."""
RETRY_AFTER = 0.5
AT_ONCE_DURABLE = frozenset({AccessPurpose.REVEAL, AccessPurpose.CASE_FILE})


class Writer(Protocol):
    """The part of an engine that is needed here."""

    def begin(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


class Recorder:
    """One per process."""

    def __init__(self, writer: Writer, *, most: int = MOST) -> None:
        self._writer = writer
        self._most = most
        self._waiting: list[Entry] = []
        self._ids: list[int] = []
        """Drawn for the first of those that wait: written twice under the same ids, they are there once."""
        self._room = asyncio.Event()
        self._turn = asyncio.Lock()

    async def record(self, entries: Sequence[Entry]) -> None:
        """Take entries as soon as there is room; whole numbers and rows of files are given once that is written."""
        while len(self._waiting) >= self._most:
            self._room.clear()
            await self._room.wait()
        self._waiting += entries
        if any(entry.purpose in AT_ONCE_DURABLE for entry in entries):
            await self.flush()

    async def flush(self) -> None:
        """Write all that waits; what could not be written waits on."""
        async with self._turn:
            while self._waiting:
                await self._write(self._waiting[:AT_ONCE])

    async def _write(self, batch: Sequence[Entry]) -> None:
        async with self._writer.begin() as connection:
            lacking = len(batch) - len(self._ids)
            drawn = select(IDS.next_value()).select_from(func.generate_series(1, lacking))
            self._ids += (await connection.execute(drawn)).scalars()
            await write(connection, self._ids[: len(batch)], batch)
        del self._waiting[: len(batch)], self._ids[: len(batch)]
        self._room.set()

    async def run(self) -> None:
        """Write again and again until cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY)
            await self._try()

    async def finish(self) -> None:
        """Write the last ones; what a database that stays away keeps us from writing is counted in the log."""
        try:
            async with asyncio.timeout(LAST_SECONDS):
                written = await self._try()
                while not written:
                    await asyncio.sleep(RETRY_AFTER)
                    written = await self._try()
        except TimeoutError:
            log.error("access.lost", entries=len(self._waiting))  # noqa: TRY400 - when it is said why, was logged before

    async def _try(self) -> bool:
        try:
            await self.flush()
        except Exception as error:  # noqa: BLE001 - the database may be back the next time
            log.warning("access.not_written", entries=len(self._waiting), **described(error))
            return False
        return True


@asynccontextmanager
async def recording(writer: Writer) -> AsyncIterator[Recorder]:
    """Give a recorder that writes until the block ends, and then what is left, Ctrl-C or not."""
    recorder = Recorder(writer)
    running = asyncio.create_task(recorder.run())
    try:
        yield recorder
    finally:
        running.cancel()
        finishing = asyncio.create_task(recorder.finish())
        while not finishing.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running, finishing])
