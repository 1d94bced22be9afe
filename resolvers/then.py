"""What hangs on a case, at any time: cases of now are answered as ever, cases of then by what was there then."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import DateTime, Select, any_, bindparam, case, func, or_, select

from casework.policy.visibility import door, part, the_case
from models.vocabulary import Level, SeatKind
from resolvers import case_parts, parties, referrals, timeline
from resolvers.cases import IDS, cases_by_ids
from resolvers.cases_then import cases_then
from resolvers.context import Context
from resolvers.lists_of_cases import CaseList
from resolvers.paging import Page, Paging, Total, make_cursor, make_page
from resolvers.rows import CaseRow, DepartmentRow, HoldingRow, ReferralRow, ReferralTextRow
from resolvers.rows_then import CaseThen, HoldingThen, ReferralThen

Resolver = Callable[..., Awaitable[Sequence[Any]]]
AS_OF = bindparam("as_of", type_=DateTime(timezone=True))


def _at_any_time(now: Resolver, then: Resolver) -> Resolver:
    """Answer rows of now by one resolver and rows of then by another."""

    async def answer(rows: Sequence[Any], *, context: Context, **arguments: Any) -> Sequence[Any]:
        of_then = [row for row in rows if row.as_of is not None]
        if not of_then:
            return await now(rows, context=context, **arguments)
        of_now = [row for row in rows if row.as_of is None]
        told = iter(await then(of_then, context=context, **arguments))
        found = iter(await now(of_now, context=context, **arguments) if of_now else ())
        return [next(found if row.as_of is None else told) for row in rows]

    return answer


async def _problems(cases: Sequence[CaseThen], *, context: Context) -> list[Any]:  # noqa: ARG001 - every resolver's
    return [case.problems for case in cases]


async def _journeys(cases: Sequence[CaseThen], *, context: Context) -> list[list[HoldingThen]]:
    found = await case_parts.journeys_of_cases(cases, context=context)
    return [
        [_leg(row, case.as_of) for row in rows if row.since <= case.as_of]
        for case, rows in zip(cases, found, strict=True)
    ]


def _leg(row: HoldingRow, at: datetime) -> HoldingThen:
    leg = HoldingThen._make(row._replace(until=row.until if row.until is not None and row.until <= at else None))
    leg.at = at
    return leg


@cache
def _departments_then(kind: SeatKind) -> Select[Any]:
    """As `departments_of_cases`, of the participations that had begun: none is ever changed but by its end."""
    runs = or_(part.c.until.is_(None), part.c.until > AS_OF)
    shows = or_(part.c.expires_at.is_(None), part.c.expires_at > AS_OF)
    cut = func.least(part.c.level, int(Level.ANONYMOUS))
    level = case((~runs, int(Level.STATUS)), (shows, part.c.level), else_=cut)
    return (
        select(
            part.c.case_id,
            part.c.office_id,
            func.max(level).label("level"),
            func.min(part.c.since).label("since"),
            case((func.bool_or(runs), None), else_=func.max(part.c.until)).label("until"),
        )
        .select_from(the_case.join(part, part.c.case_id == the_case.c.id))
        .where(the_case.c.id == any_(IDS), door(kind).allowed, part.c.office_id.is_not(None), part.c.since <= AS_OF)
        .group_by(part.c.case_id, part.c.office_id)
        .order_by(func.min(part.c.since), part.c.office_id)
    )


async def _departments(cases: Sequence[CaseThen], *, context: Context) -> list[list[DepartmentRow]]:
    grouped: dict[tuple[int, datetime], list[DepartmentRow]] = defaultdict(list)
    for at, of_instant in _by_instant(cases).items():
        given = {"ids": [each.id for each in of_instant], "as_of": at}
        for row in await context.rows(_departments_then(context.actor().kind), given):
            grouped[row.case_id, at].append(DepartmentRow._make(row)._replace(level=Level(row.level)))
    return [grouped[each.id, each.as_of] for each in cases]


def _by_instant(cases: Sequence[CaseThen]) -> dict[datetime, list[CaseThen]]:
    found: dict[datetime, list[CaseThen]] = defaultdict(list)
    for each in cases:
        found[each.as_of].append(each)
    return found


async def _parties(cases: Sequence[CaseThen], *, context: Context) -> list[Any]:
    found = await parties.parties_of_cases(cases, context=context)
    return [
        None if rows is None else [row for row in rows if row.added_at <= each.as_of]
        for each, rows in zip(cases, found, strict=True)
    ]


async def _merged(cases: Sequence[CaseThen], *, context: Context) -> list[list[CaseThen]]:
    wanted = [(source, each.as_of) for each in cases for source in each.story.absorbed]
    found = iter(await cases_then(wanted, context=context))
    return [[row for row in (next(found) for _ in each.story.absorbed) if row is not None] for each in cases]


async def _goes_on_in(cases: Sequence[CaseThen], *, context: Context) -> list[CaseThen | None]:
    return await cases_then([(each.merged_into_case_id, each.as_of) for each in cases], context=context)


async def _goes_on_in_now(cases: Sequence[CaseRow], *, context: Context) -> list[CaseRow | None]:
    return await cases_by_ids([each.merged_into_case_id for each in cases], context=context)


def _list_then(now: CaseList, build: Callable[[Any], Select[Any]], recorded: Any) -> Resolver:
    """Pages of the same list, up to the instant; cursors lead on in both."""
    until_then = now.like(lambda kind: build(kind).where(recorded <= AS_OF))

    async def pages(cases: Sequence[CaseThen], *, context: Context, page: Paging) -> list[Page]:
        found: dict[tuple[int, datetime], Page] = {}
        for at, of_instant in _by_instant(cases).items():
            told = await until_then.pages(of_instant, page, context=context, as_of=at)
            found |= {(each.id, at): one for each, one in zip(of_instant, told, strict=True)}
        return [found[each.id, each.as_of] for each in cases]

    return pages


async def _referrals(cases: Sequence[CaseThen], *, context: Context, page: Paging) -> list[Page]:
    return [_page_of(each.referrals, page, context) for each in cases]


def _page_of(rows: Sequence[ReferralThen], page: Paging, context: Context) -> Page:
    """Cut a page out of rows that are all there, the latest first."""
    in_order = list(reversed(rows)) if page.backward else list(rows)
    if page.after is not None:
        in_order = [row for row in in_order if _is_behind((row.sent_at, row.id), page)]

    def cursor_of(row: ReferralThen) -> str:
        return make_cursor(context, referrals.OF_CASES.name, row.sent_at, row.id)

    return make_page(in_order[: page.limit + 1], page, cursor_of, Total(known=len(rows)))


def _is_behind(key: tuple[datetime, int], page: Paging) -> bool:
    return key > (page.after or ()) if page.backward else key < (page.after or ())


async def _texts(rows: Sequence[ReferralThen], *, context: Context) -> list[ReferralTextRow | None]:
    """A reply is written once, with its category; of several reports only the last one is kept."""
    found = await referrals.texts_of_referrals(rows, context=context)
    return [
        text
        and text._replace(
            reply=text.reply if row.story.reply_category else None,
            report=text.report if row.story.reported and not row.story.reported_later else None,
        )
        for row, text in zip(rows, found, strict=True)
    ]


async def _case_of(rows: Sequence[ReferralThen], *, context: Context) -> list[CaseThen]:  # noqa: ARG001 - every resolver's
    return [row.case for row in rows]


async def _case_of_now(rows: Sequence[ReferralRow], *, context: Context) -> list[CaseRow | None]:
    return await cases_by_ids([row.case_id for row in rows], context=context)


def _now(listed: CaseList) -> Resolver:
    async def pages(cases: Sequence[CaseRow], *, context: Context, page: Paging) -> list[Page]:
        return await listed.pages(cases, page, context=context)

    return pages


problems_of_cases = _at_any_time(case_parts.problems_of_cases, _problems)
journeys_of_cases = _at_any_time(case_parts.journeys_of_cases, _journeys)
departments_of_cases = _at_any_time(case_parts.departments_of_cases, _departments)
parties_of_cases = _at_any_time(parties.parties_of_cases, _parties)
merged_into_cases = _at_any_time(case_parts.merged_into_cases, _merged)
goes_on_in = _at_any_time(_goes_on_in_now, _goes_on_in)
referrals_of_cases = _at_any_time(_now(referrals.OF_CASES), _referrals)
timelines_of_cases = _at_any_time(
    _now(timeline.TIMELINES), _list_then(timeline.TIMELINES, timeline.events_of, timeline.event.c.recorded_at)
)
notes_of_cases = _at_any_time(
    _now(timeline.NOTES), _list_then(timeline.NOTES, timeline.notes_of, timeline.note.c.written_at)
)
texts_of_referrals = _at_any_time(referrals.texts_of_referrals, _texts)
cases_of_referrals = _at_any_time(_case_of_now, _case_of)
