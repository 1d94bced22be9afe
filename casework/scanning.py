"""What time demands of files: quarantined ones are scanned, forgotten uploads given up, discarded bytes deleted."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.actions.expire_uploads import TO_CONFIRM, expire_uploads
from casework.actions.record_scan import record_scan
from casework.objects import Objects
from casework.reference.data import ReferenceData
from casework.work import Unit
from models import Attachment, DiscardedObject, table_of
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType

attachment, discarded = table_of(Attachment), table_of(DiscardedObject)
TO_BE_FOUND = timedelta(days=1)
"""How long bytes that are not here may be elsewhere: with a process whose folder is another one by mistake."""
AT_ONCE = 100
"""Files of one call; the rest is the next one's."""


class ScanUnavailableError(Exception):
    """The scanner gave no answer: the file stays in quarantine until it does."""


class Scanner(Protocol):
    """Says what is wrong with a file, None where nothing is; see server/scanner.py."""

    async def scan(self, path: Path, kind: AttachmentType) -> AttachmentFault | None: ...


class Scanned(NamedTuple):
    """How many were cleared, how many refused, and how many must wait for the scanner."""

    clean: int = 0
    refused: int = 0
    waiting: int = 0


_QUARANTINED = (
    select(
        attachment.c.id,
        attachment.c.object_key,
        attachment.c.media_type,
        attachment.c.byte_count,
        attachment.c.sha256,
        attachment.c.confirmed_at,
    )
    .where(attachment.c.state == AttachmentState.QUARANTINED)
    .order_by(attachment.c.id)
    .limit(AT_ONCE)
)


async def scan_quarantined(
    worker: AsyncEngine, reference: ReferenceData, objects: Objects, scanner: Scanner, *, now: datetime
) -> Scanned:
    """Scan what waits, each outside of any transaction, and record each finding in one of its own.

    Several processes may do it at once: each file is recorded once.
    """
    clean = refused = waiting = 0
    async for row in _quarantined(worker):
        try:
            fault = await _fault_of(row, objects, scanner, now=now)
        except (ScanUnavailableError, OSError):  # this one waits, the others do not
            waiting += 1
            continue
        async with AsyncSession(worker, expire_on_commit=False) as session, session.begin():
            work = Unit(session=session, now=now, reference=reference)
            done = await record_scan(work, attachment_id=row.id, fault=fault)
        clean += done and fault is None
        refused += done and fault is not None
    return Scanned(clean, refused, waiting)


async def _quarantined(worker: AsyncEngine) -> AsyncIterator[Any]:
    """Give all that wait, so many at once; those that the scanner cannot judge hold up no others."""
    last = 0
    while rows := await _all(worker, _QUARANTINED.where(attachment.c.id > last)):
        for row in rows:
            last = row.id
            yield row


async def _fault_of(row: Any, objects: Objects, scanner: Scanner, *, now: datetime) -> AttachmentFault | None:
    held = await objects.look(row.object_key)
    if held is None and row.confirmed_at > now - TO_BE_FOUND:
        raise ScanUnavailableError
    if held is None or (held.byte_count, held.sha256) != (row.byte_count, bytes(row.sha256)):
        return AttachmentFault.LOST
    async with objects.at_hand(row.object_key) as path:
        return AttachmentFault.LOST if path is None else await scanner.scan(path, row.media_type)


async def expire_unconfirmed(worker: AsyncEngine, reference: ReferenceData, *, now: datetime) -> int:
    """Give up the uploads that nobody confirmed within a day; `remove_discarded` deletes what came of them."""
    async with AsyncSession(worker) as session, session.begin():
        return await expire_uploads(Unit(session=session, now=now, reference=reference))


async def remove_discarded(engine: AsyncEngine, objects: Objects, *, now: datetime) -> int:
    """Delete the bytes of attachments and exports that are gone or expired; a stop in between loses none of them.

    Bytes that are not here are looked for again for a day: most were never sent.

    `engine` is the worker's or the owner's.
    """
    await objects.tidy(before=now - TO_CONFIRM)
    done = 0
    async for row in _discarded(engine):
        if await objects.remove(row.object_key) or row.discarded_at < now - TO_BE_FOUND:
            async with engine.begin() as connection:
                await connection.execute(delete(discarded).where(discarded.c.object_key == row.object_key))
            done += 1
    return done


async def _discarded(engine: AsyncEngine) -> AsyncIterator[Any]:
    """Give all, the oldest first: those whose bytes are not here hold up no other."""
    place = discarded.c.discarded_at, discarded.c.object_key
    rest = select(discarded.c.object_key, discarded.c.discarded_at).order_by(*place).limit(AT_ONCE)
    rows = await _all(engine, rest)
    while rows:
        for row in rows:
            yield row
        rows = await _all(engine, rest.where(tuple_(*place) > (rows[-1].discarded_at, rows[-1].object_key)))


async def _all(engine: AsyncEngine, statement: Any) -> Sequence[Any]:
    async with engine.connect() as connection:
        return (await connection.execute(statement)).all()


class Tended(NamedTuple):
    """What one round did."""

    scanned: Scanned
    expired: int
    removed: int


async def tend_files(
    worker: AsyncEngine, reference: ReferenceData, objects: Objects, scanner: Scanner, *, now: datetime
) -> Tended:
    """Do all three; doing it twice changes nothing more."""
    expired = await expire_unconfirmed(worker, reference, now=now)
    removed = await remove_discarded(worker, objects, now=now)
    scanned = await scan_quarantined(worker, reference, objects, scanner, now=now)
    return Tended(scanned, expired, removed + await remove_discarded(worker, objects, now=now))
