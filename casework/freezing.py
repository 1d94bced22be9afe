"""What the end of a month demands of all posts: their statements of it are drawn up once, and then only read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Date, DateTime, bindparam, column, exists, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework import journal
from casework.policy.relations import WITHOUT_CASES
from casework.reference.data import ReferenceData
from casework.rules.months import end_of_month
from casework.work import KEY_STAYS, Unit
from models import Seat, Statement, table_of
from models.vocabulary import EventKind

POSTS_AT_ONCE = 100
"""Posts of one transaction: they are locked while their month is counted."""

seat, statement = table_of(Seat), table_of(Statement)
_MONTH, _NOW = bindparam("month", type_=Date()), bindparam("now", type_=DateTime(timezone=True))
_SEATS = bindparam("seats", type_=ARRAY(BigInteger))
_WORKS = seat.c.kind.not_in(sorted(WITHOUT_CASES))
_FROZEN = select(statement.c.seat_id).where(statement.c.month == _MONTH, statement.c.seat_id == func.any(_SEATS))
_DRAWN: list[ColumnElement[Any]] = [column("seat_id"), column("version")]
_DRAW_UP = select(*_DRAWN).select_from(func.draw_up_statements(_SEATS, _MONTH, _NOW).table_valued("seat_id", "version"))
_DUE: list[ColumnElement[Any]] = [column("month")]
_MONTHS_DUE = select(*_DUE).select_from(func.months_to_freeze(_NOW).table_valued("month"))
_POSTS_DUE = (
    select(seat.c.id, seat.c.journal_length, seat.c.journal_head)
    .where(
        _WORKS,
        seat.c.id > bindparam("after", type_=BigInteger()),
        func.seat_begins(seat.c.id) < bindparam("end", type_=DateTime(timezone=True)),
        ~exists().where(statement.c.seat_id == seat.c.id, statement.c.month == _MONTH),
    )
    .order_by(seat.c.id)
    .limit(POSTS_AT_ONCE)
    .with_for_update(of=seat, **KEY_STAYS)
)


async def freeze_statements(worker: AsyncEngine, reference: ReferenceData, *, now: datetime) -> int:
    """Draw up the statements of all months that have ended, those that were missed too; tell how many those were.

    Doing it twice changes nothing more, and two who do it at once do it once. A month that fails holds up no other; its
    error comes last.
    """
    async with worker.connect() as connection:
        months = list(await connection.scalars(_MONTHS_DUE, {"now": now}))
    frozen, failed = 0, list[Exception]()
    for month in months:
        try:
            frozen += await freeze_month(worker, reference, month, now=now)
        except Exception as error:  # noqa: BLE001 - raised below
            failed.append(error)
    if failed:
        raise failed[0]
    return frozen


async def freeze_month(worker: AsyncEngine, reference: ReferenceData, month: date, *, now: datetime) -> int:
    """Draw up the statements of a month that has ended, some posts at a time; tell how many those were."""
    frozen, after = 0, 0
    while True:
        async with AsyncSession(worker) as session, session.begin():
            unit = Unit(session=session, now=now, reference=reference)
            last, some = await _freeze_some(unit, month, after=after)
        frozen += some
        if last is None:
            return frozen
        after = last


async def _freeze_some(work: Unit, month: date, *, after: int) -> tuple[int | None, int]:
    """Freeze the month of the next posts behind an id; give the id to go on behind, and how many were frozen."""
    given: dict[str, Any] = {"month": month, "now": work.now}
    due = (await work.session.execute(_POSTS_DUE, {**given, "after": after, "end": end_of_month(month)})).all()
    if not due:
        return None, 0
    # Whoever froze some of them meanwhile had their locks.
    frozen = set(await work.session.scalars(_FROZEN, {**given, "seats": [row.id for row in due]}))
    heads = {row.id: journal.Head(*row) for row in due if row.id not in frozen}
    drawn = (await work.session.execute(_DRAW_UP, {**given, "seats": list(heads)})).all()
    told = [(heads[row.seat_id], {"month": month.isoformat(), "version": row.version}) for row in drawn]
    await journal.append_to_each(work, Seat, EventKind.STATEMENT_FROZEN, told)
    return due[-1].id, len(drawn)
