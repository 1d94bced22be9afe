"""What posts and offices were told about cases: the notices of a case, and the inbox of whoever asks."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, or_, select

from casework.policy.visibility import BY_OFFICE, BY_SEAT, door, the_case
from models import Notice, table_of
from models.vocabulary import SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import NoticeRow

notice = table_of(Notice)
_KEYS = [notice.c.given_at, notice.c.id]
INBOX = "notices for me"


@cache
def _notices(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = (notice.c[name] for name in NoticeRow._fields)
    return select(*columns).select_from(seen.rows.join(notice, notice.c.case_id == the_case.c.id)).where(seen.allowed)


OF_CASES = CaseList("notices", build=_notices, keys=_KEYS, descending=True, make=NoticeRow._make)
"""What was told about a case, the latest first."""


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _notices(kind).where(notice.c.id == any_(IDS))


async def notices_by_ids(ids: Sequence[int | None], *, context: Context) -> list[NoticeRow | None]:
    return await look_up(ids, _by_ids, NoticeRow._make, context)


@cache
def _inbox(kind: SeatKind) -> Select[Any]:
    """What the actor's post or office was told and is still the matter, of cases that the actor sees."""
    mine = or_(notice.c.seat_id == BY_SEAT, notice.c.office_id == BY_OFFICE)
    return _notices(kind).where(mine, notice.c.ended_at.is_(None))


@cache
def _page(kind: SeatKind, shape: tuple[bool, bool]) -> Select[Any]:
    return keyset(_inbox(kind), _KEYS, shape, descending=True)


@cache
def _count(kind: SeatKind) -> Select[Any]:
    return capped(_inbox(kind).with_only_columns(notice.c.id))


async def inbox(context: Context, page: Paging) -> Page:
    """Give a page of the actor's open notices, the latest first."""
    kind = context.actor().kind
    found = await context.rows(_page(kind, page.shape), keyset_values(page))
    rows = [NoticeRow._make(row) for row in found]
    return make_page(rows, page, lambda row: make_cursor(context, INBOX, row.given_at, row.id), Total(_count(kind), {}))
