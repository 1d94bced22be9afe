"""Activities: lists, look-ups, and what is counted of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    Select,
    Text,
    any_,
    bindparam,
    column,
    func,
    not_,
    select,
)

from casework.policy.activities import activity, participant, seen_by
from casework.policy.visibility import BY_SEAT, door, the_case
from models.activity_words import ActivityKind, ActivityState, ParticipantRole
from models.columns import Coded
from models.vocabulary import SeatKind
from resolvers.cases import IDS, SHAPES
from resolvers.context import Context, look_up
from resolvers.paging import Page, Paging, Total, capped, keyset, keyset_values, make_cursor, make_page
from resolvers.rows_of_activities import ActivityRow, AttendanceRow, TambonCountRow

ACTIVITIES = "activities"
_KEYS = [activity.c.begins_at, activity.c.id]
_ROLES = list(ParticipantRole)


class ActivityFilter(NamedTuple):
    """Which activities; everything given must hold. `area_code` means inside that area."""

    kinds: tuple[ActivityKind, ...] | None = None
    states: tuple[ActivityState, ...] | None = None
    office_id: int | None = None
    area_code: str | None = None
    fiscal_year: int | None = None
    project: str | None = None
    begins_from: datetime | None = None
    begins_until: datetime | None = None
    invited: bool | None = None


def _codes(name: str) -> Any:
    return any_(bindparam(name, type_=ARRAY(Text)))


def _instant(name: str) -> Any:
    return bindparam(name, type_=DateTime(timezone=True))


_invited = activity.c.id.in_(select(participant.c.activity_id).where(participant.c.seat_id == BY_SEAT))
_CLAUSES: dict[str, Any] = {
    "kinds": activity.c.kind == _codes("kinds"),
    "states": activity.c.state == _codes("states"),
    "office_id": activity.c.host_office_id == bindparam("office_id", type_=BigInteger()),
    "area_code": func.starts_with(activity.c.area_code, bindparam("area_code", type_=Text()), type_=Boolean()),
    "fiscal_year": activity.c.fiscal_year == bindparam("fiscal_year", type_=Integer()),
    "project": activity.c.project == bindparam("project", type_=Text()),
    "begins_from": activity.c.begins_at >= _instant("begins_from"),
    "begins_until": activity.c.begins_at < _instant("begins_until"),
    "invited": _invited,
    "not_invited": not_(_invited),
}


def _activities(kind: SeatKind) -> Select[Any]:
    return select(*(activity.c[name] for name in ActivityRow._fields)).where(seen_by(kind))


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _activities(kind).where(activity.c.id == any_(IDS))


async def activities_by_ids(ids: Sequence[int | None], *, context: Context) -> list[ActivityRow | None]:
    """Give the activities that the actor sees, aligned with the ids."""
    return await look_up(ids, _by_ids, ActivityRow._make, context)


def _wanted(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    return _activities(kind).where(*(_CLAUSES[name] for name in sorted(names)))


@lru_cache(SHAPES)
def _page(kind: SeatKind, names: frozenset[str], shape: tuple[bool, bool]) -> Select[Any]:
    return keyset(_wanted(kind, names), _KEYS, shape, descending=True)


@lru_cache(SHAPES)
def _count(kind: SeatKind, names: frozenset[str]) -> Select[Any]:
    return capped(_wanted(kind, names).with_only_columns(activity.c.id))


async def list_activities(context: Context, wanted: ActivityFilter, page: Paging) -> Page:
    """Give a page of the activities that the actor sees, the latest first."""
    kind = context.actor().kind
    given = {name: value for name, value in wanted._asdict().items() if value is not None}
    for name in {"kinds", "states"} & given.keys():
        given[name] = [word.value for word in given[name]]
    if "invited" in given:
        given["invited" if given.pop("invited") else "not_invited"] = True
    names = frozenset(given)
    found = await context.rows(_page(kind, names, page.shape), {**given, **keyset_values(page)})
    rows = [ActivityRow._make(row) for row in found]
    total = Total(_count(kind, names), given)
    return make_page(rows, page, lambda row: make_cursor(context, ACTIVITIES, row.begins_at, row.id), total)


_told = func.activity_attendance(IDS).table_valued(
    column("activity_id", BigInteger()),
    column("role", Coded(ParticipantRole)),
    column("invited", BigInteger()),
    column("attended", BigInteger()),
    name="told",
)
_ATTENDANCE = select(*(_told.c[name] for name in AttendanceRow._fields))
"""The database counts, which sees the participants that are not listed to the actor: it tells no more than numbers."""


async def attendance_of_activities(activities: Sequence[ActivityRow], *, context: Context) -> list[list[AttendanceRow]]:
    """Count of each activity who is invited and who came, by role; roles that nobody has are not there."""
    rows = await context.rows(_ATTENDANCE, {"ids": [row.id for row in activities]})
    grouped: dict[int, list[AttendanceRow]] = defaultdict(list)
    for row in rows:
        grouped[row.activity_id].append(AttendanceRow._make(row))
    return [sorted(grouped[row.id], key=lambda counted: _ROLES.index(counted.role)) for row in activities]


@cache
def _by_tambon(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    return (
        select(the_case.c.campaign_id, the_case.c.area_code, func.count().label("counted"))
        .where(the_case.c.campaign_id == any_(IDS), seen.allowed)
        .group_by(the_case.c.campaign_id, the_case.c.area_code)
        .order_by(func.count().desc(), the_case.c.area_code)
    )


async def tambons_of_campaigns(activities: Sequence[ActivityRow], *, context: Context) -> list[list[TambonCountRow]]:
    """Count the cases that came from each campaign and that the actor sees by their tambon, the most first."""
    ids = [row.id for row in activities if row.kind is ActivityKind.CAMPAIGN]
    rows = await context.rows(_by_tambon(context.actor().kind), {"ids": ids}) if ids else []
    grouped: dict[int, list[TambonCountRow]] = defaultdict(list)
    for row in rows:
        grouped[row.campaign_id].append(TambonCountRow._make(row))
    return [grouped[row.id] for row in activities]
