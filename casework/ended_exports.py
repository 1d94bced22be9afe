"""Exports that come to an end by time, or because somebody they name is erased."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import DateTime, Select, and_, bindparam, case, delete, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.exports import fail_export, take_export
from casework.reference.data import ReferenceData
from casework.work import Unit
from models import Case, CitizenAccess, Export, Participation, Seat, table_of
from models.export_words import ExportFault, ExportState
from models.privacy_words import AccessPurpose
from models.vocabulary import AccessSource, SeatKind

LONGEST_WAIT, TO_GIVE_UP = timedelta(days=1), timedelta(minutes=1)
KEPT = timedelta(days=30)
"""How long it is told that there was an export, after its end."""
AFTER_AN_ERASURE = timedelta(minutes=1)
"""Erasures come in rows of thousands: an export that each of them sent back at once would never end."""

export, access = table_of(Export), table_of(CitizenAccess)
seat, part, the_case = table_of(Seat), table_of(Participation), table_of(Case)
_NOW = bindparam("now", type_=DateTime(timezone=True))


async def give_up_exports(engine: AsyncEngine, reference: ReferenceData, *, now: datetime) -> int:
    """Fail what has waited for a day: no worker has the folder of the files, and nobody should go on waiting."""
    given_up = 0
    while taken := await take_export(
        engine, key=uuid4(), now=now, until=now + TO_GIVE_UP, asked_before=now - LONGEST_WAIT
    ):
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            await fail_export(Unit(session=session, now=now, reference=reference), taken, ExportFault.NOT_WRITTEN)
        given_up += 1
    return given_up


async def expire_exports(engine: AsyncEngine, *, now: datetime) -> int:
    """READY → EXPIRED for what has had its time; the bytes are deleted as those of attachments are."""
    over = update(export).where(export.c.state == ExportState.READY, export.c.expires_at <= _NOW)
    async with engine.begin() as connection:
        gone = over.values(state=ExportState.EXPIRED, object_key=None).returning(export.c.id)
        return len((await connection.execute(gone, {"now": now})).all())


async def forget_old_exports(engine: AsyncEngine, *, now: datetime) -> int:
    """Delete what ended long ago."""
    async with engine.begin() as connection:
        old = delete(export).where(export.c.ended_at < now - KEPT, export.c.object_key.is_(None))
        return (await connection.execute(old)).rowcount


async def discard_exports_of(session: AsyncSession, citizen_ids: list[int], *, now: datetime) -> int:
    """Take back every file that holds a row of these citizens; whatever is being written begins anew, a little later.

    A name in a file was a look. A title that somebody typed, which may hold the name, was none: so the files of those
    who read titles without the person go too, of auditors, and of offices and posts to which one of the cases was ever
    referred or proposed.

    What has just been read for a file may not be recorded as looked at yet. Until the transaction ends no export is
    taken or becomes ready: it would still hold what is being erased.
    """
    await session.execute(text("LOCK TABLE export IN SHARE ROW EXCLUSIVE MODE"))
    looked = select(access.c.request_id).where(
        access.c.citizen_id.in_(citizen_ids), access.c.purpose == AccessPurpose.CASE_FILE
    )
    is_ready = export.c.state == ExportState.READY
    may_hold = or_(export.c.object_key.in_(looked), export.c.seat_id.in_(_readers_of_titles(citizen_ids)))
    taken_back = (
        update(export)
        .where(or_(export.c.state == ExportState.RUNNING, and_(is_ready, may_hold)))
        .values(
            state=case((is_ready, ExportState.EXPIRED.value), else_=ExportState.WAITING.value),
            ended_at=case((is_ready, export.c.ended_at), else_=null()),
            object_key=None,
            leased_until=case((is_ready, null()), else_=now + AFTER_AN_ERASURE),
            rows_done=case((is_ready, export.c.rows_done), else_=0),
            attempts=export.c.attempts - case((is_ready, 0), else_=1),
        )
    )
    connection = await session.connection()
    return (await connection.execute(taken_back)).rowcount


def _readers_of_titles(citizen_ids: list[int]) -> Select[Any]:
    takes_part = select(part.c.id).join(the_case, the_case.c.id == part.c.case_id)
    its_office = and_(part.c.office_id.is_not(None), part.c.office_id == seat.c.office_id)
    proposed = and_(part.c.seat_id == seat.c.id, part.c.source == AccessSource.ASSIGNMENT)
    of_them = takes_part.where(the_case.c.citizen_id.in_(citizen_ids), or_(its_office, proposed))
    return select(seat.c.id).where(or_(seat.c.kind == SeatKind.AUDITOR, of_them.exists()))
