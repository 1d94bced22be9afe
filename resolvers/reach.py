"""Whom the service reaches: the people of each tambon that came to each agency, and where nobody came."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, DateTime, Select, and_, bindparam, distinct, func, select

from casework.errors import Refusal
from casework.policy.permissions import may_see_reach
from casework.policy.publishing import needs_suppression
from casework.reference.data import AreaRow
from casework.rules.campaigns import ProposedCampaign, days_since, proposed_campaign
from casework.rules.suppression import told_with_nobody
from models import Seat, table_of
from models.statistics_words import StatisticsBy
from models.vocabulary import AreaLevel, SeatKind
from resolvers.bottlenecks import OF_OFFICERS
from resolvers.case_filters import CaseFilter, given_values
from resolvers.context import Context
from resolvers.counted_cases import grouped, key_of, seen

EVER = datetime(1900, 1, 1, tzinfo=UTC)
BEGAN = bindparam("began", type_=DateTime(timezone=True))
seat = table_of(Seat)
_PLACE = select(seat.c.area_code).where(seat.c.id == bindparam("seat_id", type_=BigInteger()))


class Reach(NamedTuple):
    """What is asked: the tambons of an area, in a period, for all agencies or for one."""

    area_code: str
    agency_code: str | None
    since: datetime
    till: datetime


class AgencyReachRow(NamedTuple):
    """What one agency did for one tambon; None is withheld, and no day where nobody ever came."""

    agency_code: str
    cases: int | None
    people: int | None
    days: int | None
    campaign: ProposedCampaign | None
    suppressed: bool


class TambonReachRow(NamedTuple):
    """A tambon with what each agency did for it; `never_seen` None is withheld."""

    area_code: str
    agencies: tuple[AgencyReachRow, ...]
    never_seen: tuple[str, ...] | None


class _Cell(NamedTuple):
    cases: int = 0
    people: int = 0
    last: datetime | None = None


async def asked_reach(context: Context, area_code: str, period: tuple[datetime, datetime]) -> Reach:
    """Refuse those who may not ask; officers and heads ask about their own agency."""
    by = context.actor()
    own = (await context.rows(_PLACE, {"seat_id": by.seat_id}))[0].area_code if by.kind is SeatKind.VOLUNTEER else None
    refused = may_see_reach(by, area=area_code, own_tambon=own).refusal
    if refused is not None:
        raise Refusal(refused, "area")
    return Reach(area_code, by.agency_code if by.kind in OF_OFFICERS else None, *period)


@cache
def _cells(kind: SeatKind, names: frozenset[str], by: StatisticsBy) -> Select[Any]:
    """Count the cases and the people of each tambon by agency or by problem type, and tell when the last one came."""
    cases = seen(kind, names, StatisticsBy.TAMBON)
    came = cases.c.opened_at >= BEGAN
    figures = select(
        func.count().filter(came).label("cases"),
        func.count(distinct(cases.c.citizen_id)).filter(and_(came, cases.c.is_open)).label("people"),
        func.max(cases.c.opened_at).label("last"),
    )
    return grouped(by, figures, cases, key_of(by, cases, at=cases.c.opened_at), cases.c.area_code)


async def _table(asked: Reach, by: StatisticsBy, context: Context) -> dict[tuple[str, str], _Cell]:
    kind = context.actor().kind
    given = given_values(kind, CaseFilter(area_code=asked.area_code), now=context.now)
    period = {"since": EVER, "till": asked.till, "began": asked.since}
    rows = await context.rows(_cells(kind, frozenset(given), by), {**given, **period})
    return {(row.area_code, row.key): _Cell(row.cases, row.people, row.last) for row in rows}


async def tambons_of(questions: Sequence[Reach], *, context: Context) -> list[list[TambonReachRow]]:
    """Give every tambon of each area, in the order of their codes."""
    return [await _tambons(asked, context) for asked in questions]


async def _tambons(asked: Reach, context: Context) -> list[TambonReachRow]:
    by_agency = await _table(asked, StatisticsBy.AGENCY, context)
    by_type = await _table(asked, StatisticsBy.PROBLEM_TYPE, context)
    codes = [area.code for area in _tambons_in(asked.area_code, context)]
    hides, types = needs_suppression(context.actor().kind), _types(asked, context)
    around = Counter[str]()
    for (_, code), cell in () if hides else by_type.items():
        around[code] += cell.cases
    columns = {
        agency: [_row(agency, kinds, by_agency.get((code, agency), _Cell()), around, asked.till) for code in codes]
        for agency, kinds in types.items()
    }
    if hides:
        threshold = context.services.statistics_limits.threshold
        columns = {agency: [_withheld(row, threshold) for row in rows] for agency, rows in columns.items()}
    every = [code for kinds in types.values() for code in kinds]
    return [
        TambonReachRow(
            tambon,
            tuple(rows[at] for rows in columns.values()),
            None if hides else tuple(code for code in every if (tambon, code) not in by_type),
        )
        for at, tambon in enumerate(codes)
    ]


def _types(asked: Reach, context: Context) -> dict[str, list[str]]:
    """Give the problem types of each agency that is asked about."""
    found = defaultdict[str, list[str]](list)
    for kind in context.reference.problem_types.values():
        if asked.agency_code in (None, kind.agency_code):
            found[kind.agency_code].append(kind.code)
    return {code: found[code] for code in context.reference.agencies if code in found}


def _tambons_in(area_code: str, context: Context) -> list[AreaRow]:
    areas = context.reference.areas.values()
    return [area for area in areas if area.level is AreaLevel.TAMBON and area.code.startswith(area_code)]


def _row(agency: str, types: Sequence[str], cell: _Cell, around: Counter[str], till: datetime) -> AgencyReachRow:
    campaign = None if cell.cases else proposed_campaign(types, around, cell.last)
    return AgencyReachRow(agency, cell.cases, cell.people, days_since(cell.last, till), campaign, suppressed=False)


def _withheld(row: AgencyReachRow, threshold: int) -> AgencyReachRow:
    """Tell no small count, and no day of a last case where it may be the only one."""
    many, persons = (told_with_nobody(count or 0, threshold) for count in (row.cases, row.people))
    return row._replace(
        cases=many, people=persons, days=row.days if many else None, suppressed=not many or persons is None
    )
