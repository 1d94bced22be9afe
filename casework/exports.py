"""Exports on their way: taken by one worker at a time, written, ready, and gone a day later."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Uuid, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casework import journal
from casework.keys import Keys
from casework.seat_desk import lock_seat
from casework.work import Unit
from models import CitizenAccess, Export, table_of
from models.export_words import ExportEra, ExportFault, ExportFormat, ExportLanguage, ExportState
from models.vocabulary import EventKind

CHANNEL = "prasan_export"
"""On which the database says that something has changed about the export with this id."""
OPEN = (ExportState.WAITING, ExportState.RUNNING)

export, access = table_of(Export), table_of(CitizenAccess)
_NOW, _UNTIL = (bindparam(name, type_=DateTime(timezone=True)) for name in ("now", "until"))
_NEXT = (
    select(export.c.id)
    .where(
        export.c.state.in_(OPEN),
        or_(export.c.leased_until.is_(None), export.c.leased_until < _NOW),
        export.c.requested_at <= bindparam("asked_before", type_=DateTime(timezone=True)),
    )
    .order_by(export.c.requested_at, export.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_IN_HAND = (
    export.c.id == bindparam("export", type_=BigInteger()),
    export.c.state == ExportState.RUNNING,
    export.c.object_key == bindparam("key", type_=Uuid()),
)
"""Whoever has taken an export holds its key until another takes it."""


class Taken(NamedTuple):
    """An export in hand, and what it is to be."""

    id: int
    seat_id: int
    account_id: int
    format: ExportFormat
    dates: ExportEra
    headings: ExportLanguage
    sealed: str
    requested_at: datetime
    attempts: int
    object_key: UUID


class Written(NamedTuple):
    """What came of the writing."""

    rows: int
    byte_count: int
    sha256: bytes
    expires_at: datetime


_TAKE = (
    update(export)
    .where(export.c.id == _NEXT)
    .values(
        state=ExportState.RUNNING,
        object_key=bindparam("key", type_=Uuid()),
        leased_until=_UNTIL,
        attempts=export.c.attempts + 1,
        rows_done=0,
    )
    .returning(*(export.c[name] for name in Taken._fields))
)


class ExportLostError(Exception):
    """Another worker has taken the export, or somebody has ended it."""


def sealed_filter(keys: Keys, export_id: int, wanted: bytes) -> str:
    return keys.seal(f"export/{export_id}", wanted)


def opened_filter(keys: Keys, taken: Taken) -> bytes:
    """Give the filter; a key of it that left the ring is a fault of the writing."""
    found = keys.unseal(f"export/{taken.id}", taken.sealed)
    if found is None:
        raise ValueError
    return found


async def take_export(
    engine: AsyncEngine, *, key: UUID, now: datetime, until: datetime, asked_before: datetime | None = None
) -> Taken | None:
    """Take the export that has waited longest, or that another worker has left lying, until then; None: there is none.

    `key` is a new one: bytes that an earlier attempt has left are deleted.
    """
    given = {"key": key, "now": now, "until": until, "asked_before": asked_before or now}
    async with engine.begin() as connection:
        row = (await connection.execute(_TAKE, given)).one_or_none()
        if row is None:
            return None
        await _tell(connection, row.id)
        return Taken._make(row)


async def keep_export(engine: AsyncEngine, taken: Taken, *, rows: int, done: int, until: datetime) -> None:
    """Say how far the writing is, and keep the export until then."""
    kept = update(export).where(*_IN_HAND).values(row_count=rows, rows_done=done, leased_until=_UNTIL)
    await _change(engine, taken, kept, until=until)


async def put_export_back(engine: AsyncEngine, taken: Taken, *, until: datetime, failed: bool) -> None:
    """Let it wait again, at least until then; an attempt that did not fail is not counted."""
    back = {"state": ExportState.WAITING, "object_key": None, "rows_done": 0, "leased_until": _UNTIL}
    counted = taken.attempts if failed else taken.attempts - 1
    await _change(engine, taken, update(export).where(*_IN_HAND).values(**back, attempts=counted), until=until)


async def _change(engine: AsyncEngine, taken: Taken, change: Any, **given: Any) -> None:
    async with engine.begin() as connection:
        done = await connection.execute(change, {"export": taken.id, "key": taken.object_key, **given})
        if done.rowcount != 1:
            raise ExportLostError
        await _tell(connection, taken.id)


async def finish_export(work: Unit, taken: Taken, written: Written) -> None:
    """RUNNING → READY: the bytes are in their place."""
    ready = {
        "state": ExportState.READY,
        "rows_done": written.rows,
        "byte_count": written.byte_count,
        "sha256": written.sha256,
        "expires_at": written.expires_at,
    }
    await _end(work, taken, ready, EventKind.EXPORT_READY, {"export": taken.id, "rows": written.rows})


async def fail_export(work: Unit, taken: Taken, fault: ExportFault) -> None:
    """RUNNING → FAILED: there is no file, and there will be none."""
    failed = {"state": ExportState.FAILED, "fault": fault, "object_key": None}
    await _end(work, taken, failed, EventKind.EXPORT_FAILED, {"export": taken.id, "fault": fault.value})


async def _end(work: Unit, taken: Taken, how: dict[str, Any], kind: EventKind, told: journal.Payload) -> None:
    seat = await lock_seat(work, taken.seat_id)
    ended = update(export).where(*_IN_HAND).values(**how, sealed=None, leased_until=None, ended_at=work.now)
    connection = await work.session.connection()
    if (await connection.execute(ended, {"export": taken.id, "key": taken.object_key})).rowcount != 1:
        raise ExportLostError
    await journal.append(work, seat, kind, told)
    await _tell(connection, taken.id)


async def _tell(connection: AsyncConnection, export_id: int) -> None:
    await connection.execute(select(func.pg_notify(CHANNEL, str(export_id))))
