"""The workset of a phone: what changed in the post's own cases since it last asked, page by page."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, DateTime, Integer, Select, and_, bindparam, column, func, null, select

from casework.errors import Refusal, RefusalCode
from casework.policy.visibility import door, the_case
from casework.rules.worksets import KEPT_AFTER_THE_END, why_not_kept
from models.queue_words import TombstoneReason
from models.vocabulary import SeatKind
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.feed_points import BEGINNING, FeedPoint, end_of_feed, end_seen_from, point_at
from resolvers.rows import CaseRow

MOST_CASES = 50
"""On one page: what a slow network carries in one piece."""


class Since(NamedTuple):
    """How far the phone has read; it began with an empty workset when the feed ended at the position `began`."""

    point: FeedPoint
    began: int


class TombstoneRow(NamedTuple):
    id: int
    reference: str
    reason: TombstoneReason
    holder_seat_id: int | None
    holder_office_id: int | None


class ChangesRow(NamedTuple):
    upserts: list[CaseRow]
    tombstones: list[TombstoneRow]
    since: Since
    has_more: bool
    starts_over: bool


_CHANGED = (
    func.own_changes(bindparam("behind", type_=BigInteger()), null())
    .table_valued(column("case_id", BigInteger()), column("last_position", BigInteger()))
    .render_derived()
)


@cache
def _changed(kind: SeatKind) -> Select[Any]:
    """Leave out what had ended too long ago when the phone began: pages of nothing would cost it as much as others."""
    ended_before = the_case.c.ended_at <= bindparam("kept_since", type_=DateTime(timezone=True))
    never_had = and_(ended_before, _CHANGED.c.last_position <= bindparam("began", type_=BigInteger()))
    return (
        select(_CHANGED.c.case_id, _CHANGED.c.last_position)
        .join(the_case, the_case.c.id == _CHANGED.c.case_id)
        .where(door(kind).allowed, never_had.is_not(True))
        .order_by(_CHANGED.c.last_position)
        .limit(bindparam("most", type_=Integer()))
    )


async def changes_since(context: Context, since: Since | None, first: int) -> ChangesRow:
    """Give the next page: a case comes once, where it last changed. What the phone never had has no tombstone.

    A phone begins anew when the feed does not know its place: the service was restored from an older copy.
    """
    by = context.actor()
    if not 1 <= first <= MOST_CASES:
        raise Refusal(RefusalCode.PAGE_SIZE_INVALID, "first", limit=MOST_CASES)
    known = None if since is None else await _known(context, since)
    since = known or Since(BEGINNING, (await end_of_feed(context)).position)
    given = {"behind": since.point.position, "began": since.began, "kept_since": context.now - KEPT_AFTER_THE_END}
    changed = await context.rows(_changed(by.kind), {**given, "most": first + 1})
    page, has_more = changed[:first], len(changed) > first
    cases = await cases_by_ids([row.case_id for row in page], context=context)
    upserts: list[CaseRow] = []
    tombstones: list[TombstoneRow] = []
    for row, case in zip(page, cases, strict=True):
        if case is None:
            continue
        reason = why_not_kept(level=case.level, ended_at=case.ended_at, erased_at=case.erased_at, now=context.now)
        if reason is None:
            upserts.append(case)
        elif row.last_position > since.began:
            held = case.holder_seat_id, case.holder_office_id
            tombstones.append(TombstoneRow(case.id, case.reference, reason, *held))
    reached = await point_at(context, page[-1].last_position) if page else since.point
    return ChangesRow(upserts, tombstones, Since(reached, since.began), has_more, starts_over=known is None)


async def _known(context: Context, since: Since) -> Since | None:
    _, known = await end_seen_from(context, since.point)
    return since if known else None
