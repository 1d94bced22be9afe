"""What time demands of all cases: read the journal for what changed, and look at each case whose time has come."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, literal, select, union, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from casework.reference.data import ReferenceData
from casework.rules.escalation import QuietHours
from casework.watching import Seen, look_at
from casework.work import Unit
from models import Case, Event, Feed, FeedPending, Seat, Watch, WatchCursor, table_of
from models.vocabulary import EventKind, SubjectKind

Progress = Callable[[str, int, int], None]
"""Called with what is being looked at, how many are done, and how many there are."""
EVENTS_AT_ONCE = 10_000
MOVES_NO_CASE = (
    EventKind.NOTICE_GIVEN,
    EventKind.STATEMENT_FROZEN,
    EventKind.STATEMENT_DISPUTED,
    EventKind.STATEMENT_CORRECTED,
    EventKind.STATEMENT_UPHELD,
    EventKind.EXPORT_REQUESTED,
    EventKind.EXPORT_READY,
    EventKind.EXPORT_FAILED,
    EventKind.EXPORT_DOWNLOADED,
)
"""After these no case has to be looked at: with a month's end all of the country would be, with a file an office's."""
MOST_CASES = 10_000
"""Cases of one round: the next round takes the rest."""

event, feed, pending, cursor = (table_of(model) for model in (Event, Feed, FeedPending, WatchCursor))
the_case, seat, watch = (table_of(model) for model in (Case, Seat, Watch))


async def tend(
    worker: AsyncEngine, reference: ReferenceData, *, now: datetime, quiet: QuietHours, progress: Progress
) -> Seen:
    """Do all that is due at `now`, each case in a transaction of its own; doing it twice changes nothing more.

    The system acts as the role prasan_worker, which sees every case and no person.
    """
    done, failed = Seen(), dict[int, Exception]()
    await read_journal(worker, now=now)
    while ids := [case_id for case_id in await due_cases(worker, now=now) if case_id not in failed]:
        for at, case_id in enumerate(ids, 1):
            try:
                done += await tend_case(worker, reference, case_id=case_id, now=now, quiet=quiet)
            except Exception as error:  # noqa: BLE001 - the others are looked at; this one stays due
                failed[case_id] = error
            progress("cases", at, len(ids))
    if failed:
        raise ExceptionGroup(f"{len(failed)} cases could not be looked at", list(failed.values()))
    return done


async def tend_case(
    worker: AsyncEngine, reference: ReferenceData, *, case_id: int, now: datetime, quiet: QuietHours
) -> Seen:
    async with AsyncSession(worker, expire_on_commit=False) as session, session.begin():
        return await look_at(Unit(session=session, now=now, reference=reference), case_id=case_id, quiet=quiet)


async def read_journal(worker: AsyncEngine, *, now: datetime) -> None:
    """Have every case looked at with which something happened since the last time."""
    while await _read_on(worker, now=now) == EVENTS_AT_ONCE:
        pass


async def due_cases(worker: AsyncEngine, *, now: datetime) -> list[int]:
    """Give the cases whose time has come, the longest waiting first."""
    rows = select(watch.c.case_id).where(watch.c.look_at <= now).order_by(watch.c.look_at, watch.c.case_id)
    async with worker.connect() as connection:
        return list(await connection.scalars(rows.limit(MOST_CASES)))


async def _read_on(worker: AsyncEngine, *, now: datetime) -> int:
    """Mark the cases of the next events for a look, and tell how many events those were.

    What has no position yet is read too, and once more when it has one: two looks do no more than one.
    """
    async with worker.begin() as connection:
        position: int = (await connection.execute(select(cursor.c.position).with_for_update())).scalar_one()
        stamped = (
            select(feed.c.position, event.c.subject_kind, event.c.subject_id, event.c.kind)
            .join_from(feed, event, event.c.id == feed.c.event_id)
            .where(feed.c.position > position)
            .order_by(feed.c.position)
            .limit(EVENTS_AT_ONCE)
        )
        read = (await connection.execute(stamped)).all()
        fresh = select(literal(0), event.c.subject_kind, event.c.subject_id, event.c.kind).join_from(
            pending, event, event.c.id == pending.c.event_id
        )
        news = [row for row in (*read, *await connection.execute(fresh)) if row[3] not in MOVES_NO_CASE]
        await _mark(connection, {row[2] for row in news if row[1] is SubjectKind.CASE}, now=now)
        await _mark_of_seats(connection, {row[2] for row in news if row[1] is SubjectKind.SEAT}, now=now)
        if read:
            await connection.execute(update(cursor).values(position=read[-1].position))
    return len(read)


async def _mark(connection: AsyncConnection, case_ids: set[int], *, now: datetime) -> None:
    """Have the cases looked at, in the order of their ids: two who mark never wait for each other."""
    if case_ids:
        await _upsert(connection, select(the_case.c.id).where(the_case.c.id.in_(case_ids)), now=now)


async def _mark_of_seats(connection: AsyncConnection, seat_ids: set[int], *, now: datetime) -> None:
    """Have the open cases looked at that these posts hold, or their offices: somebody came or went."""
    if not seat_ids:
        return
    offices = select(seat.c.office_id).where(seat.c.id.in_(seat_ids), seat.c.office_id.is_not(None))
    by_seat = select(the_case.c.id).where(the_case.c.holder_seat_id.in_(seat_ids), the_case.c.ended_at.is_(None))
    by_office = select(the_case.c.id).where(the_case.c.holder_office_id.in_(offices), the_case.c.ended_at.is_(None))
    held = union(by_seat, by_office).subquery()
    await _upsert(connection, select(held.c.id), now=now)


async def _upsert(connection: AsyncConnection, ids: Select[tuple[int]], *, now: datetime) -> None:
    found = ids.order_by(ids.selected_columns[0]).subquery()
    marked = insert(watch).from_select(["case_id", "look_at"], select(found.c[0], literal(now)))
    sooner = marked.on_conflict_do_update(
        index_elements=["case_id"], set_={"look_at": now}, where=watch.c.look_at != now
    )
    await connection.execute(sooner)
