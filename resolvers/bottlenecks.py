"""Where cases wait: how long they stay with whom in which state, and what becomes of referrals; counts alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    DateTime,
    Select,
    and_,
    any_,
    bindparam,
    column,
    extract,
    func,
    or_,
    select,
)

from casework.errors import Refusal
from casework.policy.permissions import may_watch
from casework.policy.visibility import door, the_case
from models import Seat, table_of
from models.columns import Coded
from models.vocabulary import CaseState, SeatKind
from resolvers.case_filters import CLAUSES
from resolvers.context import Context

seat = table_of(Seat)
USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
"""The period when none is given, and the longest one."""
SINCE, TILL = (bindparam(name, type_=DateTime(timezone=True)) for name in ("since", "till"))
_OFFICES = bindparam("offices", type_=ARRAY(BigInteger))
OF_OFFICERS = frozenset({SeatKind.OFFICER, SeatKind.OFFICE_HEAD})
LEVELS = {2: "province", 4: "amphoe", 6: "tambon"}
"""Areas by the length of their codes."""


class Bottlenecks(NamedTuple):
    """What is asked: cases of an area, in a period, at all offices and posts or at those of one agency."""

    area_code: str
    agency_code: str | None
    since: datetime
    till: datetime


class StayRow(NamedTuple):
    """Cases that one office, or all posts of one kind, had in one state; dwells in seconds."""

    office_id: int | None
    seat_kind: SeatKind | None
    state: CaseState
    stays: int
    waiting_now: int
    median: float | None
    p90: float | None


class AnswerRow(NamedTuple):
    """What became of the referrals to one office."""

    office_id: int
    sent: int
    lapsed: int
    late_now: int
    rejected: int
    returned: int
    recalled: int


def asked_bottlenecks(
    context: Context, area_code: str, agency_code: str | None, period: tuple[datetime, datetime]
) -> Bottlenecks:
    """Refuse those who may not ask; officers ask about their own agency whether they say so or not."""
    by = context.actor()
    agency = by.agency_code if agency_code is None and by.kind in OF_OFFICERS else agency_code
    refused = may_watch(by, province=area_code[:2], agency=agency).refusal
    if refused is not None:
        raise Refusal(refused, "agency" if by.kind in OF_OFFICERS else "area")
    return Bottlenecks(area_code, agency, *period)


def _seen(kind: SeatKind, area: str) -> ColumnElement[Any]:
    """Give the ids of the cases of the area that the actor sees and that went on at some time of the period, or do."""
    went_on = or_(the_case.c.ended_at.is_(None), the_case.c.ended_at > SINCE)
    return select(func.array_agg(the_case.c.id)).where(door(kind).listed, CLAUSES[area], went_on).scalar_subquery()


@cache
def _stays(kind: SeatKind, area: str, at_offices: bool) -> Select[Any]:  # noqa: FBT001 - part of the key
    stay = func.case_stays(_seen(kind, area), SINCE, TILL).table_valued(
        column("office_id", BigInteger()),
        column("seat_id", BigInteger()),
        column("state", Coded(CaseState)),
        column("began_at", DateTime(timezone=True)),
        column("ended_at", DateTime(timezone=True)),
        name="stay",
    )
    of_period = and_(stay.c.began_at < TILL, or_(stay.c.ended_at.is_(None), stay.c.ended_at > SINCE))
    dwell = extract("epoch", func.least(stay.c.ended_at, TILL) - stay.c.began_at)
    keys = stay.c.office_id, seat.c.kind, stay.c.state
    waiting = func.count().filter(stay.c.ended_at.is_(None)).label("waiting_now")
    rows = (
        select(
            *keys,
            func.count().filter(of_period).label("stays"),
            waiting,
            *(func.percentile_cont(part).within_group(dwell).filter(of_period) for part in (0.5, 0.9)),
        )
        .select_from(stay.outerjoin(seat, seat.c.id == stay.c.seat_id))
        .group_by(*keys)
        .order_by(waiting.desc(), *keys)
    )
    return rows.where(stay.c.office_id == any_(_OFFICES)) if at_offices else rows


@cache
def _answers(kind: SeatKind, area: str, at_offices: bool) -> Select[Any]:  # noqa: FBT001 - part of the key
    answers = func.case_answers(_seen(kind, area), SINCE, TILL).table_valued(
        *(column(name, BigInteger()) for name in AnswerRow._fields), name="answers"
    )
    troubled = answers.c.lapsed + answers.c.late_now + answers.c.rejected + answers.c.returned + answers.c.recalled
    rows = select(*(answers.c[name] for name in AnswerRow._fields)).order_by(troubled.desc(), answers.c.office_id)
    return rows.where(answers.c.office_id == any_(_OFFICES)) if at_offices else rows


def _given(asked: Bottlenecks, context: Context) -> dict[str, Any]:
    given: dict[str, Any] = {"since": asked.since, "till": asked.till, LEVELS[len(asked.area_code)]: asked.area_code}
    if asked.agency_code is not None:
        offices = context.reference.offices.values()
        given["offices"] = [office.id for office in offices if office.agency_code == asked.agency_code]
    return given


async def stays_of(questions: Sequence[Bottlenecks], *, context: Context) -> list[list[StayRow]]:
    """Give the stays, where most cases wait now first."""
    return [[StayRow._make(row) for row in await _ask(_stays, one, context)] for one in questions]


async def answers_of(questions: Sequence[Bottlenecks], *, context: Context) -> list[list[AnswerRow]]:
    """Give the referrals by the office addressed, where most went unanswered or came back first."""
    return [[AnswerRow._make(row) for row in await _ask(_answers, one, context)] for one in questions]


async def _ask(statement: Any, asked: Bottlenecks, context: Context) -> Sequence[Any]:
    shape = context.actor().kind, LEVELS[len(asked.area_code)], asked.agency_code is not None
    return await context.rows(statement(*shape), _given(asked, context))
