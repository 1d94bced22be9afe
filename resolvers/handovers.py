"""Handovers of posts, for those who may read them, and their receipts as far as the reader sees the cases."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, or_, select

from casework.policy.permissions import may_with_post
from casework.policy.visibility import BY_SEAT, door, the_case
from models import Handover, HandoverItem, table_of
from models.action_words import SeatAction
from models.post_words import HandoverItemKind
from models.vocabulary import SeatKind
from resolvers.context import Context
from resolvers.lists_of_cases import CaseList
from resolvers.paging import Page, Paging
from resolvers.rows_of_posts import HandoverCountsRow, HandoverItemRow, HandoverRow, SeatRow
from resolvers.seats import seats_by_ids

handover, item = table_of(Handover), table_of(HandoverItem)
_OWN = tuple(name for name in HandoverRow._fields if name != "counts")
_HANDOVERS = select(*(handover.c[name] for name in (*_OWN, *HandoverCountsRow._fields)))
_BY_IDS = _HANDOVERS.where(handover.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))


def _row(found: Any) -> HandoverRow:
    return HandoverRow._make((*found[: len(_OWN)], HandoverCountsRow._make(found[len(_OWN) :])))


_OF_SEATS = CaseList(
    "handovers",
    build=lambda _kind: _HANDOVERS,
    keys=[handover.c.at, handover.c.id],
    descending=True,
    make=_row,
    of=handover.c.seat_id,
)
"""A post's handovers, the latest first."""
HANDOVERS = _OF_SEATS.name


async def handovers_of_seats(seats: Sequence[SeatRow], *, context: Context, page: Paging) -> list[Page | None]:
    """Give each post's page; None where the actor may not read what was handed over there."""
    by = context.actor()
    read = [seat for seat in seats if may_with_post(by, SeatAction.READ_HANDOVERS, seat).refusal is None]
    pages = await _OF_SEATS.pages(read, page, context=context) if read else []
    found = {seat.id: one for seat, one in zip(read, pages, strict=True)}
    return [found.get(seat.id) for seat in seats]


async def handovers_by_ids(ids: Sequence[int | None], *, context: Context) -> list[HandoverRow | None]:
    """Give the handovers that the actor may read, aligned with the ids."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    if not wanted or context.by is None:
        return [None] * len(ids)
    rows = [_row(row) for row in await context.rows(_BY_IDS, {"ids": wanted})]
    seats = await seats_by_ids([row.seat_id for row in rows], context=context)
    found = {
        row.id: row
        for row, seat in zip(rows, seats, strict=True)
        if seat is not None and may_with_post(context.by, SeatAction.READ_HANDOVERS, seat).refusal is None
    }
    return [None if id_ is None else found.get(id_) for id_ in ids]


@cache
def _items(kind: SeatKind) -> Select[Any]:
    """What a post follows is told to the post alone."""
    seen = door(kind)
    joined = seen.rows.join(item, item.c.case_id == the_case.c.id).join(handover)
    rows = select(*(item.c[name] for name in HandoverItemRow._fields)).select_from(joined)
    return rows.where(seen.allowed, or_(item.c.kind != HandoverItemKind.FOLLOW, handover.c.seat_id == BY_SEAT))


ITEMS = CaseList(
    "what was handed over",
    build=_items,
    keys=[item.c.position],
    descending=False,
    make=HandoverItemRow._make,
    of=item.c.handover_id,
)
"""A receipt, what is due first."""
