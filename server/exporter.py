"""The exporter: writes the files that posts have asked for, one after the other, each in one worker's hands.

It reads as whoever asked, as they may at that moment, some cases at a time, each in a short transaction of its own: a
post that has ended meanwhile gets nothing, a case that is out of sight stays out of the file. Whoever dies while it
writes leaves an export that is not ready, and bytes that are deleted when the next one takes it over.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework import exports
from casework.ended_exports import expire_exports
from casework.exports import ExportLostError, Taken, Written
from casework.work import Unit
from models.export_words import ExportFault
from resolvers.context import Context, Services
from resolvers.exported_cases import headings, ids_in_order, lines_of
from resolvers.exports import read_wanted
from server.export_files import ExportFile, new_file
from server.faults import described

log = structlog.get_logger()

AT_ONCE = 500
"""Cases of one transaction: five statements, whatever the number."""
LEASE = timedelta(minutes=3)
"""Renewed every second; the longest time without is the closing of a large workbook."""
TELL_EVERY = timedelta(seconds=1)
RETRY_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5


class _StoppedError(Exception):
    """The worker is to stop: the export waits for the next one."""


class _FailedError(Exception):
    def __init__(self, fault: ExportFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Exporter:
    """One per worker that has the folder of the files at hand."""

    def __init__(self, services: Services, engine: AsyncEngine, *, lasts: timedelta, at_once: int = AT_ONCE) -> None:
        self._services = services
        self._engine = engine
        self._lasts = lasts
        self._at_once = at_once
        self._stopping = False

    def stop(self) -> None:
        """Give back what is in hand after the batch under way."""
        self._stopping = True

    async def look(self) -> None:
        """Let what has had its time expire, and write all that waits."""
        while not self._stopping:
            now = self._services.clock()
            await expire_exports(self._engine, now=now)
            taken = await exports.take_export(self._engine, key=uuid4(), now=now, until=now + LEASE)
            if taken is None:
                return
            await self._carry_out(taken)

    async def _carry_out(self, taken: Taken) -> None:
        """Bring one export to its end, or leave it to a later attempt; a fault in it concerns no other."""
        try:
            await self._finish(taken, await self._write(taken))
        except _FailedError as failed:
            await self._fail(taken, failed.fault)
        except _StoppedError:
            await self._put_back(taken, failed=False)
        except ExportLostError:
            log.warning("export.lost", export=taken.id)
        except Exception as error:  # noqa: BLE001 - whatever happens, others wait too
            log.warning("export.not_written", export=taken.id, attempt=taken.attempts, **described(error))
            await self._put_back(taken, failed=True)

    async def _fail(self, taken: Taken, fault: ExportFault) -> None:
        try:
            async with self._unit() as unit:
                await exports.fail_export(unit, taken, fault)
        except ExportLostError:
            log.warning("export.lost", export=taken.id)
        self._services.feed.ring()

    async def _put_back(self, taken: Taken, *, failed: bool) -> None:
        until = self._services.clock() + (RETRY_AFTER if failed else timedelta())
        try:
            await exports.put_export_back(self._engine, taken, until=until, failed=failed)
        except ExportLostError:
            log.warning("export.lost", export=taken.id)

    async def _write(self, taken: Taken) -> int:
        """Write the file and put it in its place; give the number of its rows."""
        if taken.attempts > MOST_ATTEMPTS:
            raise _FailedError(ExportFault.NOT_WRITTEN)
        ids = await self._choose(taken)
        await exports.keep_export(self._engine, taken, rows=len(ids), done=0, until=self._services.clock() + LEASE)
        async with self._services.objects.writing(taken.object_key) as path:
            file = await asyncio.to_thread(_begin, path, taken)
            try:
                rows = await self._write_lines(taken, ids, file)
            finally:
                await asyncio.to_thread(file.close)
        return rows

    async def _choose(self, taken: Taken) -> Sequence[int]:
        """Decide once which cases it is, in their order: those that the list has at this moment."""
        wanted, order = read_wanted(exports.opened_filter(self._services.keys, taken))
        most = self._services.export_limits.rows
        async with self._asking(taken) as context:
            ids = await ids_in_order(context, wanted, order, most=most + 1)
        if len(ids) > most:
            raise _FailedError(ExportFault.TOO_LARGE)
        return ids

    async def _write_lines(self, taken: Taken, ids: Sequence[int], file: ExportFile) -> int:
        rows, told_at = 0, self._services.clock()
        for start in range(0, len(ids), self._at_once):
            if self._stopping:
                raise _StoppedError
            async with self._asking(taken) as context:
                lines = await lines_of(context, ids[start : start + self._at_once], taken.headings)
                await context.record()
            await asyncio.to_thread(file.write, lines)
            rows += len(lines)
            now = self._services.clock()
            if now - told_at >= TELL_EVERY:
                told_at = now
                await exports.keep_export(self._engine, taken, rows=len(ids), done=rows, until=now + LEASE)
        await exports.keep_export(self._engine, taken, rows=len(ids), done=rows, until=self._services.clock() + LEASE)
        return rows

    @asynccontextmanager
    async def _asking(self, taken: Taken) -> AsyncIterator[Context]:
        """Ask as the one who wants the file, in a snapshot; what is looked at is recorded under the export's key."""
        services = self._services
        context = Context(
            services, thai=True, reference=services.reference, now=services.clock(), request_id=taken.object_key.hex
        )
        try:
            await context.stand_in(taken.account_id, taken.seat_id)
            if context.by is None:
                raise _FailedError(ExportFault.POST_ENDED)
            yield context
        finally:
            await context.close()

    async def _finish(self, taken: Taken, rows: int) -> None:
        held = await self._services.objects.look(taken.object_key)
        if held is None:
            raise FileNotFoundError
        expires = self._services.clock() + self._lasts
        async with self._unit() as unit:
            written = Written(rows, held.byte_count, held.sha256, expires)
            await exports.finish_export(unit, taken, written)
        self._services.feed.ring()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Unit]:
        now, reference = self._services.clock(), self._services.reference
        async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
            yield Unit(session=session, now=now, reference=reference)


def _begin(path: Path, taken: Taken) -> ExportFile:
    return new_file(path, taken.format, taken.dates, taken.headings, headings(taken.headings))
