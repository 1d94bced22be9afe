"""Cases: lists, look-ups, and what stands directly on a case."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, FromClause, Select, Text, any_, bindparam, func, select

from casework.policy.visibility import door, the_case
from casework.rules.references import read_reference
from models import Assignment, Case, CaseContent, IncidentCase, table_of
from models.list_words import CaseOrder
from models.vocabulary import AssignmentState, Level, SeatKind
from resolvers.case_filters import CaseFilter, filtered, given_values, hits
from resolvers.case_orders import order_of
from resolvers.case_tallies import tallied
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.paging import Page, Paging, Total, capped, in_order, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow, ContentRow
from resolvers.searching import searched, searched_page

assignment, content, member = table_of(Assignment), table_of(CaseContent), table_of(IncidentCase)
SHAPES = 500
"""Statements kept of each kind of question: clients combine filters as they like."""
IDS = bindparam("ids", type_=ARRAY(BigInteger))

_assigned = (
    select(assignment.c.seat_id)
    .where(assignment.c.case_id == the_case.c.id, assignment.c.state == AssignmentState.PROPOSED)
    .scalar_subquery()
    .label("assigned_seat_id")
)
_FROM_CASE = tuple(name for name in CaseRow._fields if name in the_case.c)


@cache
def _details(kind: SeatKind) -> Select[Any]:
    """Read cases by their ids, every column masked by the level at which the actor sees the row."""
    return _rows(kind).where(the_case.c.id == any_(IDS), door(kind).allowed)


def _rows(kind: SeatKind, of: FromClause | None = None) -> Select[Any]:
    seen = door(kind)
    standing = seen.level.label("level"), seen.active.label("active"), seen.expired.label("expired")
    return select(*seen.columns(Case, the_case, *_FROM_CASE), *standing, _assigned).select_from(
        seen.rows if of is None else of
    )


async def cases_by_ids(ids: Sequence[int | None], *, context: Context) -> list[CaseRow | None]:
    """Give the cases that the actor sees, aligned with the ids."""
    return await look_up(ids, _details, CaseRow._make, context)


@lru_cache(SHAPES)
def _list(kind: SeatKind, shape: tuple[bool, bool], names: frozenset[str], order: CaseOrder) -> Select[Any]:
    """Find the page's ids first, through the index of the order, and read the details of only those."""
    keys, _, descending = order_of(kind, order)
    ids = page_of_ids(kind, shape, names, order).subquery("page")
    detailed = _rows(kind, door(kind).rows.join(ids, ids.c.id == the_case.c.id))
    return in_order(detailed, keys, shape, descending=descending)


def page_of_ids(kind: SeatKind, shape: tuple[bool, bool], names: frozenset[str], order: CaseOrder) -> Select[Any]:
    """Select the ids of a page of the cases that the actor sees; none of what else a row tells."""
    keys, _, descending = order_of(kind, order)
    found = hits(kind, names)
    if found is None:
        return keyset(filtered(kind, names), keys, shape, descending=descending)
    return searched_page(filtered(kind, names), the_case.c.id, found, keys, shape, descending=descending)


def _whole(kind: SeatKind, names: frozenset[str], column: ColumnElement[Any]) -> Select[Any]:
    found = hits(kind, names)
    whole = filtered(kind, names).with_only_columns(column)
    return whole if found is None else searched(whole, the_case.c.id, found)


@lru_cache(SHAPES)
def _count(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    return capped(_whole(kind, names, the_case.c.id))


@lru_cache(SHAPES)
def exact_count(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    """Count a whole list up to the parameter `most`: 70 ms for 200,000 cases."""
    whole = _whole(kind, names, the_case.c.id).limit(bindparam("most", type_=BigInteger()))
    return select(func.count()).select_from(whole.subquery("whole"))


@lru_cache(SHAPES)
def _tally(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    """Count all states in one pass over the list without its filter by state."""
    return tallied(_whole(kind, names - {"states"}, the_case.c.state))


async def list_cases(context: Context, wanted: CaseFilter, order: CaseOrder, page: Paging) -> Page:
    """Give a page of the cases that the actor sees."""
    kind = context.actor().kind
    given = given_values(kind, wanted, now=context.now)
    names = frozenset(given)
    context.looks.through_a_list(searching=hits(kind, names) is not None)
    found = await context.rows(_list(kind, page.shape, names, order), {**given, **keyset_values(page)})
    values = order_of(kind, order).values

    def cursor_of(row: CaseRow) -> str:
        return make_cursor(context, f"cases:{order.value}", *values(row))

    rows = [CaseRow._make(row) for row in found]
    return make_page(rows, page, cursor_of, Total(_count(kind, names), given), Total(_tally(kind, names), given))


def _of_citizen(kind: SeatKind) -> Select[Any]:
    return _rows(kind).where(door(kind).allowed, door(kind).reaches(Level.WORK))


OF_CITIZENS = CaseList(
    "cases of a citizen",
    build=_of_citizen,
    keys=[the_case.c.updated_at, the_case.c.id],
    descending=True,
    make=CaseRow._make,
    of=the_case.c.citizen_id,
)
"""The cases that show the actor their citizen."""


def _of_incident(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = seen.rows.join(member, member.c.case_id == the_case.c.id)
    return _rows(kind, joined).where(seen.allowed, seen.reaches(Level.WORK))


OF_INCIDENTS = CaseList(
    "cases of an incident",
    build=_of_incident,
    keys=[the_case.c.updated_at, the_case.c.id],
    descending=True,
    make=CaseRow._make,
    of=member.c.incident_id,
)
"""The cases of an incident, as far as the actor sees the person in them."""


OF_CAMPAIGNS = CaseList(
    "cases of a campaign",
    build=lambda kind: _rows(kind).where(door(kind).allowed),
    keys=[the_case.c.updated_at, the_case.c.id],
    descending=True,
    make=CaseRow._make,
    of=the_case.c.campaign_id,
)
"""The cases that came from a campaign and that the actor sees."""


@cache
def _by_reference(kind: SeatKind) -> Select[Any]:
    wanted = the_case.c.reference == bindparam("reference", type_=Text())
    return select(the_case.c.id).where(wanted, door(kind).allowed)


async def case_by_reference(context: Context, reference: str) -> CaseRow | None:
    """Find a case by what somebody read out; refuses a mistyped reference before looking."""
    kind = context.actor().kind
    found = await context.rows(_by_reference(kind), {"reference": read_reference(reference)})
    (row,) = await cases_by_ids([found[0].id if found else None], context=context)
    return row


@cache
def _contents(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = seen.columns(CaseContent, content, "narrative", "workplace_area_code", "workplace_name")
    joined = seen.rows.join(content, content.c.case_id == the_case.c.id)
    rows = select(content.c.case_id, *columns, the_case.c.citizen_id, seen.level.label("level")).select_from(joined)
    return showing(rows.where(the_case.c.id == any_(IDS), seen.allowed, seen.level >= int(Level.WORK)))


async def contents_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[ContentRow | None]:
    """Give what the citizens told, where the level shows it."""
    ids = [case.id for case in cases if case.level >= Level.WORK]
    rows = await context.rows(_contents(context.actor().kind), {"ids": ids}) if ids else []
    found = {row.case_id: ContentRow._make(row) for row in rows}
    return [found.get(case.id) for case in cases]
