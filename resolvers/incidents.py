"""Common causes: what a case shares with others, as a count; and incidents with their cases, for who leads them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    Select,
    Text,
    any_,
    bindparam,
    column,
    exists,
    func,
    select,
)

from casework.errors import Refusal
from casework.policy.incidents import incident, led_by, may_lead
from casework.policy.visibility import door, the_case
from casework.rules.states import ENDED_EARLY
from models import IncidentCase, table_of
from models.columns import Coded
from models.incident_words import IncidentState, TraceKind
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows import CaseRow, CommonCauseRow, IncidentRow

member = table_of(IncidentCase)
INCIDENTS = "incidents"
_KEYS = [incident.c.last_at, incident.c.id]
_STATE = bindparam("state", type_=Coded(IncidentState))
_INSIDE = bindparam("inside", type_=Text())


@cache
def _common_causes(kind: SeatKind) -> Select[Any]:
    """Let the database count, which sees the other cases too: `common_causes` tells no more than numbers."""
    seen = door(kind)
    own = select(func.array_agg(the_case.c.id)).where(
        the_case.c.id == any_(IDS), seen.allowed, seen.reaches(Level.WORK)
    )
    found = func.common_causes(own.scalar_subquery()).table_valued(
        column("case_id", BigInteger()),
        column("incident_id", BigInteger()),
        column("kind", Coded(TraceKind)),
        column("since", DateTime(timezone=True)),
        column("counted", BigInteger()),
        name="found",
    )
    ordered = found.c.case_id, found.c.since, found.c.incident_id
    return select(*(found.c[name] for name in CommonCauseRow._fields)).order_by(*ordered)


async def common_causes_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[CommonCauseRow] | None]:
    """Give what each case shares with cases of other citizens, the oldest first; None where the level hides it."""
    ids = [case.id for case in cases if case.level >= Level.WORK]
    rows = await context.rows(_common_causes(context.actor().kind), {"ids": ids}) if ids else []
    grouped: dict[int, list[CommonCauseRow]] = defaultdict(list)
    for row in rows:
        grouped[row.case_id].append(CommonCauseRow._make(row))
    return [grouped[case.id] if case.level >= Level.WORK else None for case in cases]


def _incidents(kind: SeatKind) -> Select[Any]:
    return select(*(incident.c[name] for name in IncidentRow._fields)).where(led_by(kind))


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _incidents(kind).where(incident.c.id == any_(IDS))


async def incidents_by_ids(ids: Sequence[int | None], *, context: Context) -> list[IncidentRow | None]:
    return await look_up(ids, _by_ids, IncidentRow._make, context)


@cache
def _counts(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(member.c.incident_id, func.count(the_case.c.citizen_id.distinct()).label("counted"))
        .select_from(seen.rows.join(member, member.c.case_id == the_case.c.id))
        .where(
            member.c.incident_id == any_(IDS),
            seen.allowed,
            seen.reaches(Level.WORK),
            the_case.c.state.not_in(sorted(ENDED_EARLY)),
        )
        .group_by(member.c.incident_id)
    )


async def counts_of_incidents(incidents: Sequence[IncidentRow], *, context: Context) -> list[int]:
    """Count the citizens of each incident whose cases the actor sees and that did not end early."""
    rows = await context.rows(_counts(context.actor().kind), {"ids": [row.id for row in incidents]})
    found = {row.incident_id: row.counted for row in rows}
    return [found.get(row.id, 0) for row in incidents]


@cache
def _wanted(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    rows, seen = _incidents(kind), door(kind)
    if "state" in names:
        rows = rows.where(incident.c.state == _STATE)
    if "inside" in names:
        inside = func.starts_with(the_case.c.area_code, _INSIDE, type_=Boolean())
        joined = seen.rows.join(member, member.c.case_id == the_case.c.id)
        rows = rows.where(
            exists()
            .select_from(joined)
            .where(member.c.incident_id == incident.c.id, seen.allowed, inside)
            .correlate(incident)
        )
    return rows


@cache
def _page(kind: SeatKind, names: frozenset[str], shape: tuple[bool, bool]) -> Select[Any]:
    return keyset(_wanted(kind, names), _KEYS, shape, descending=True)


@cache
def _count(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    return capped(_wanted(kind, names).with_only_columns(incident.c.id))


async def list_incidents(context: Context, *, area_code: str | None, state: IncidentState | None, page: Paging) -> Page:
    """Give a page of the incidents that the actor leads, the last that grew first; refuse who leads none there."""
    by = context.actor()
    refused = may_lead(by, province=None if area_code is None else area_code[:2]).refusal
    if refused is not None:
        raise Refusal(refused, "area")
    given = {name: value for name, value in (("inside", area_code), ("state", state)) if value is not None}
    names = frozenset(given)
    found = await context.rows(_page(by.kind, names, page.shape), {**given, **keyset_values(page)})
    rows = [IncidentRow._make(row) for row in found]
    total = Total(_count(by.kind, names), given)
    return make_page(rows, page, lambda row: make_cursor(context, INCIDENTS, row.last_at, row.id), total)
