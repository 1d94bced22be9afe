"""Seats with the people who fill them now."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, DateTime, Select, Text, any_, bindparam, case, or_, select, true

from models import Account, Incumbency, Office, Seat, table_of
from models.vocabulary import IncumbencyKind, SeatKind
from resolvers.context import Context
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows_of_posts import PersonRow, SeatRow

seat, incumbency, account, office = (table_of(model) for model in (Seat, Incumbency, Account, Office))
NOW = bindparam("now", type_=DateTime(timezone=True))

_present = (
    select(
        account.c.title,
        account.c.given_name,
        account.c.family_name,
        account.c.given_name_en,
        account.c.family_name_en,
        account.c.phone,
    )
    .select_from(incumbency.join(account, incumbency.c.account_id == account.c.id))
    .where(
        incumbency.c.seat_id == seat.c.id,
        incumbency.c.since <= NOW,
        or_(incumbency.c.until.is_(None), incumbency.c.until > NOW),
    )
    .order_by(case((incumbency.c.kind == IncumbencyKind.PRIMARY, 0), else_=1), incumbency.c.since.desc())
    .limit(1)
    .correlate(seat)
    .lateral("present")
)
_OWN = tuple(name for name in SeatRow._fields if name != "incumbent")
SEATS = select(*(seat.c[name] for name in _OWN), _present).select_from(seat.outerjoin(_present, true()))
FILLED = _present.c.given_name.is_not(None)
_BY_IDS = SEATS.where(seat.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))


def seat_row(found: Any) -> SeatRow:
    """Make the row; `SEATS` may have been given more columns behind its own."""
    person = None if found.given_name is None else PersonRow._make(found[len(_OWN) :][: len(PersonRow._fields)])
    return SeatRow._make((*found[: len(_OWN)], person))


async def seats_by_ids(ids: Sequence[int | None], *, context: Context) -> list[SeatRow | None]:
    """Give the seats, aligned with the ids; posts are public to everybody signed in."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    found: dict[int, SeatRow] = {}
    if wanted and context.by is not None:
        rows = await context.rows(_BY_IDS, {"ids": wanted, "now": context.now})
        found = {row.id: seat_row(row) for row in rows}
    return [None if id_ is None else found.get(id_) for id_ in ids]


class SeatFilter(NamedTuple):
    """Which seats; `area_code` means inside that area, offices by their province."""

    kinds: tuple[SeatKind, ...] | None = None
    area_code: str | None = None
    office_id: int | None = None


@cache
def _list(shape: tuple[bool, bool], given: frozenset[str]) -> Select[Any]:
    return keyset(_filtered(SEATS, given), [seat.c.id], shape, descending=False)


@cache
def _count(given: frozenset[str]) -> Select[Any]:
    return capped(_filtered(select(seat.c.id), given))


def _filtered(statement: Select[Any], given: frozenset[str]) -> Select[Any]:
    if "kinds" in given:
        statement = statement.where(seat.c.kind == any_(bindparam("kinds", type_=ARRAY(Text))))
    if "office_id" in given:
        statement = statement.where(seat.c.office_id == bindparam("office_id", type_=BigInteger()))
    if "area_code" in given:
        area = bindparam("area_code", type_=Text())
        of_offices = select(office.c.id).where(office.c.province_code == area)
        statement = statement.where(or_(seat.c.area_code.startswith(area), seat.c.office_id.in_(of_offices)))
    return statement


async def list_seats(context: Context, wanted: SeatFilter, page: Paging) -> Page:
    """Give a page of seats in the order in which they were set up."""
    context.actor()
    given = {name: value for name, value in wanted._asdict().items() if value is not None}
    if wanted.kinds is not None:
        given["kinds"] = [kind.value for kind in wanted.kinds]
    names = frozenset(given)
    found = await context.rows(_list(page.shape, names), {**given, **keyset_values(page), "now": context.now})
    rows = [seat_row(row) for row in found]
    return make_page(rows, page, lambda row: make_cursor(context, "seats", row.id), Total(_count(names), given))
