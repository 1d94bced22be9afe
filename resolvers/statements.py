"""Monthly statements of posts: a frozen month as it was drawn up, any other as it stands now."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Select,
    Text,
    any_,
    bindparam,
    column,
    func,
    select,
)

from casework.policy.permissions import may_with_post
from casework.policy.statements import COUNT_THE_AREA, statements_read_by
from casework.rules.months import end_of_month
from models import Office, Seat, Statement, table_of
from models.action_words import SeatAction
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows_of_posts import SeatRow
from resolvers.rows_of_statements import RUNNING, StatementRow

seat, office, statement = (table_of(model) for model in (Seat, Office, Statement))
STATEMENTS = "statements"
IDS = bindparam("ids", type_=ARRAY(BigInteger))
MONTH = bindparam("month", type_=Date())
_FIGURES = StatementRow._fields[4:]
_VERSIONS = (
    select(*(statement.c[name] for name in StatementRow._fields))
    .where(statement.c.seat_id == any_(IDS), statement.c.month == MONTH)
    .order_by(statement.c.seat_id, statement.c.version)
)
_COUNTED: list[ColumnElement[Any]] = [column(name) for name in ("seat_id", *_FIGURES)]
_NOW = select(*_COUNTED).select_from(func.figures_now(IDS, MONTH).table_valued("seat_id", *_FIGURES))
"""A function of the database (migrations/versions/0025_statements.sql) counts, whatever cases the reader sees."""
_PLACE = func.coalesce(seat.c.area_code, office.c.province_code, type_=Text())
"""An office stands before the amphoe of its province, an amphoe before its tambon."""
_KEYS = [_PLACE, seat.c.id]


async def statements_of_seats(seats: Sequence[SeatRow], *, context: Context, month: date) -> list[StatementRow | None]:
    """Give each post's statement; None where the actor may not read it, or the post did not exist yet."""
    by = context.actor()
    read = [seat.id for seat in seats if may_with_post(by, SeatAction.READ_STATEMENTS, seat).refusal is None]
    found = await last_statements(read, month, context)
    return [found.get(seat.id) for seat in seats]


async def last_statements(ids: Sequence[int], month: date, context: Context) -> dict[int, StatementRow]:
    """Give the last frozen version of each post's month, or how it stands now; the caller has asked who may read."""
    asked: dict[str, Any] = {"ids": sorted(set(ids)), "month": month}
    if not asked["ids"]:
        return {}
    frozen = await context.rows(_VERSIONS, asked)
    found = {row.seat_id: StatementRow._make(row) for row in frozen}  # of several versions the last stays
    running = [id_ for id_ in asked["ids"] if id_ not in found]
    if running:
        for row in await context.rows(_NOW, {"ids": running, "month": month}):
            found[row.seat_id] = StatementRow._make((row.seat_id, month, RUNNING, context.now, *row[1:]))
    return found


def cases_in_area(row: StatementRow, context: Context) -> int | None:
    """Give how many cases were opened around the post, to whom each of them is known to exist."""
    return row.cases_in_area if context.actor().kind in COUNT_THE_AREA else None


async def versions_of_statements(statements: Sequence[StatementRow], *, context: Context) -> list[list[StatementRow]]:
    """Give all frozen versions of each statement's month, the last first."""
    found: dict[tuple[int, date], list[StatementRow]] = {(row.seat_id, row.month): [] for row in statements}
    for month in sorted({row.month for row in statements if row.frozen}):
        ids = sorted({row.seat_id for row in statements if row.month == month})
        for version in await context.rows(_VERSIONS, {"ids": ids, "month": month}):
            found[version.seat_id, version.month].insert(0, StatementRow._make(version))
    return [found[row.seat_id, row.month] for row in statements]


@cache
def _posts(kind: Any) -> Select[Any]:
    """Posts inside an area whose statements such an actor reads, if they existed in the month."""
    return (
        select(_PLACE.label("place"), seat.c.id)
        .select_from(seat.outerjoin(office, office.c.id == seat.c.office_id))
        .where(
            statements_read_by(kind),
            _PLACE.startswith(bindparam("area", type_=Text())),
            func.seat_begins(seat.c.id) < bindparam("end", type_=DateTime(timezone=True)),
        )
    )


@cache
def _page(kind: Any, shape: tuple[bool, bool]) -> Select[Any]:
    return keyset(_posts(kind), _KEYS, shape, descending=False)


@cache
def _count(kind: Any) -> Select[Any]:
    return capped(_posts(kind))


async def list_statements(context: Context, area_code: str, month: date, page: Paging) -> Page:
    """Give a page of the statements that the actor may read, by area and post: figures order nothing."""
    kind = context.actor().kind
    given = {"area": area_code, "end": end_of_month(month)}
    posts = await context.rows(_page(kind, page.shape), {**given, **keyset_values(page)})
    found = await last_statements([row.id for row in posts], month, context)
    places = {row.id: row.place for row in posts}

    def cursor_of(row: StatementRow) -> str:
        return make_cursor(context, STATEMENTS, places[row.seat_id], row.seat_id)

    return make_page([found[row.id] for row in posts], page, cursor_of, Total(_count(kind), given))
