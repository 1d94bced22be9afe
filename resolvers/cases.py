"""Cases: lists, look-ups, and what stands directly on a case."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Select, Text, any_, bindparam, or_, select

from casework.policy.visibility import door, the_case
from casework.rules.references import read_reference
from models import Assignment, Case, CaseContent, Referral, table_of
from models.vocabulary import AssignmentState, CaseOrder, CaseState, Level, SeatKind
from resolvers.context import Context, look_up
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow, ContentRow

assignment, content, referral = table_of(Assignment), table_of(CaseContent), table_of(Referral)
IDS = bindparam("ids", type_=ARRAY(BigInteger))

_assigned = (
    select(assignment.c.seat_id)
    .where(assignment.c.case_id == the_case.c.id, assignment.c.state == AssignmentState.PROPOSED)
    .scalar_subquery()
    .label("assigned_seat_id")
)
_REFERRED_TO = select(referral.c.case_id).where(referral.c.to_office_id == bindparam("office_id", type_=BigInteger()))
_FROM_CASE = tuple(name for name in CaseRow._fields if name in the_case.c)


_KEYS = {CaseOrder.UPDATED: the_case.c.updated_at, CaseOrder.OPENED: the_case.c.opened_at}


class CaseFilter(NamedTuple):
    """Which cases; everything given must hold. `area_code` means inside that province, amphoe or tambon."""

    states: tuple[CaseState, ...] | None = None
    holder_seat_id: int | None = None
    holder_office_id: int | None = None
    office_id: int | None = None
    volunteer_seat_id: int | None = None
    area_code: str | None = None


@cache
def _details(kind: SeatKind) -> Select[Any]:
    """Read cases by their ids, every column masked by the level at which the actor sees the row."""
    seen = door(kind)
    columns = [*seen.columns(Case, the_case, *_FROM_CASE), seen.level.label("level"), seen.active.label("active")]
    return select(*columns, _assigned).select_from(seen.rows).where(the_case.c.id == any_(IDS), seen.allowed)


async def cases_by_ids(ids: Sequence[int | None], *, context: Context) -> list[CaseRow | None]:
    """Give the cases that the actor sees, aligned with the ids."""
    return await look_up(ids, _details, CaseRow._make, context)


@cache
def _list(kind: SeatKind, shape: tuple[bool, bool], given: frozenset[str], order: CaseOrder) -> Select[Any]:
    """Find the page's ids first, through the index of the order, and read the details of only those."""
    seen = door(kind)
    key = _KEYS[order]
    ids = keyset(_filtered(kind, given), [key, the_case.c.id], shape, descending=True).subquery("page")
    columns = [*seen.columns(Case, the_case, *_FROM_CASE), seen.level.label("level"), seen.active.label("active")]
    down = not shape[0]
    return (
        select(*columns, _assigned)
        .select_from(seen.rows.join(ids, ids.c.id == the_case.c.id))
        .order_by(*(k.desc() if down else k.asc() for k in (key, the_case.c.id)))
    )


@cache
def _count(kind: SeatKind, given: frozenset[str]) -> Select[Any]:
    return capped(_filtered(kind, given))


def _filtered(kind: SeatKind, given: frozenset[str]) -> Select[Any]:
    """Filter on columns of level STATUS only: what a filter asks about, everybody who sees the row may know."""
    clauses = {
        "states": the_case.c.state == any_(bindparam("states", type_=ARRAY(Text))),
        "holder_seat_id": the_case.c.holder_seat_id == bindparam("holder_seat_id", type_=BigInteger()),
        "holder_office_id": the_case.c.holder_office_id == bindparam("holder_office_id", type_=BigInteger()),
        "office_id": or_(
            the_case.c.holder_office_id == bindparam("office_id", type_=BigInteger()), the_case.c.id.in_(_REFERRED_TO)
        ),
        "volunteer_seat_id": the_case.c.volunteer_seat_id == bindparam("volunteer_seat_id", type_=BigInteger()),
        "province": the_case.c.province_code == bindparam("province", type_=Text()),
        "amphoe": the_case.c.amphoe_code == bindparam("amphoe", type_=Text()),
        "tambon": the_case.c.area_code == bindparam("tambon", type_=Text()),
    }
    return select(the_case.c.id).where(door(kind).allowed, *(clauses[name] for name in sorted(given)))


async def list_cases(context: Context, wanted: CaseFilter, order: CaseOrder, page: Paging) -> Page:
    """Give a page of the cases that the actor sees."""
    kind = context.actor().kind
    given = _given(wanted)
    names = frozenset(given)
    found = await context.rows(_list(kind, page.shape, names, order), {**given, **keyset_values(page)})
    name, key = f"cases:{order.value}", _KEYS[order].name
    total = Total(_count(kind, names), given)
    rows = [CaseRow._make(row) for row in found]
    return make_page(rows, page, lambda row: make_cursor(context, name, getattr(row, key), row.id), total)


def _given(wanted: CaseFilter) -> dict[str, Any]:
    """Give the parameters of a filter; an area becomes the column of its level, which an index can serve."""
    given = {name: value for name, value in wanted._asdict().items() if value is not None}
    if wanted.states is not None:
        given["states"] = [state.value for state in wanted.states]
    area = given.pop("area_code", None)
    if area is not None:
        given[{2: "province", 4: "amphoe"}.get(len(area), "tambon")] = area
    return given


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
    return (
        select(content.c.case_id, *columns)
        .select_from(joined)
        .where(the_case.c.id == any_(IDS), seen.allowed, seen.level >= int(Level.WORK))
    )


async def contents_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[ContentRow | None]:
    """Give what the citizens told, where the level shows it."""
    ids = [case.id for case in cases if case.level >= Level.WORK]
    rows = await context.rows(_contents(context.actor().kind), {"ids": ids}) if ids else []
    found = {row.case_id: ContentRow._make(row) for row in rows}
    return [found.get(case.id) for case in cases]
