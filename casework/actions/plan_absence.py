"""Plan that a volunteer is away, and who covers the post meanwhile; the cases stay with the post."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.new_seats import one_at_a_time
from casework.rules.calendar import coming
from casework.rules.posts import may_cover
from casework.seat_desk import change_seat, take_seat_for
from casework.work import Work
from models import Incumbency, Seat
from models.action_words import SeatAction
from models.vocabulary import EventKind, IncumbencyKind


@dataclass(frozen=True, slots=True)
class Absence:
    """From when to when the incumbent is away, and the post whose incumbent covers; `since` None means from now on."""

    covering_seat_id: int
    until: datetime
    since: datetime | None = None


async def plan_absence(work: Work, *, seat_id: int, expected_version: int, absence: Absence) -> int:
    """Let another volunteer of the amphoe, or its mentor, fill the post too for a time. Gives the seat's id."""
    await one_at_a_time(work)  # two who would cover each other would else not see it
    seat = await take_seat_for(work, seat_id, SeatAction.PLAN_ABSENCE, expected_version=expected_version)
    since = coming(absence.since, "input", "since", now=work.now)
    until = coming(absence.until, "input", "until", now=work.now)
    if until <= since:
        raise Refusal(RefusalCode.PERIOD_EMPTY, "input", "until")
    covering = await work.session.get(Seat, absence.covering_seat_id)
    if covering is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "coveredBy")
    if not may_cover(covering.kind, covering.area_code, seat.kind, seat.area_code):
        raise Refusal(RefusalCode.COVER_OUT_OF_PLACE, "input", "coveredBy")
    away = await _incumbent(work, seat_id, since, until, "seat")
    cover = await _incumbent(work, covering.id, since, until, "coveredBy")
    if cover == away:
        raise Refusal(RefusalCode.COVER_IS_ONESELF, "input", "coveredBy")
    await _check_nobody_is_left_alone(work, seat_id, since, until, away=away, cover=cover)
    planned = Incumbency(
        id=await work.new_id(),
        seat_id=seat_id,
        account_id=cover,
        kind=IncumbencyKind.COVER,
        since=since,
        until=until,
        absent_account_id=away,
    )
    await work.save(planned)
    told: journal.Payload = {"incumbency": planned.id, "account": cover, "absent": away, "until": until.isoformat()}
    await change_seat(work, seat, EventKind.ABSENCE_PLANNED, told)
    return seat_id


async def _incumbent(work: Work, seat_id: int, since: datetime, until: datetime, given_as: str) -> int:
    """Give the account appointed to the post for all of the time; refuse where nobody is."""
    period = func.tstzrange(col(Incumbency.since), col(Incumbency.until))
    whole = select(col(Incumbency.account_id)).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.kind) == IncumbencyKind.PRIMARY,
        period.op("@>")(func.tstzrange(since, until)),
    )
    found = await work.session.scalar(whole)
    if found is None:
        raise Refusal(RefusalCode.SEAT_NOT_FILLED_THROUGHOUT, "input", given_as)
    return found


async def _check_nobody_is_left_alone(
    work: Work, seat_id: int, since: datetime, until: datetime, *, away: int, cover: int
) -> None:
    """Refuse a second absence, a cover who is away, and to leave a post that one covers: so nobody covers in a ring."""
    absent = col(Incumbency.absent_account_id)
    against: tuple[tuple[RefusalCode, str, ColumnElement[Any]], ...] = (
        (RefusalCode.ABSENCE_OVERLAPS, "since", (col(Incumbency.seat_id) == seat_id) & absent.is_not(None)),
        (RefusalCode.COVER_IS_AWAY, "coveredBy", absent == cover),
        (RefusalCode.COVERS_MEANWHILE, "since", (col(Incumbency.account_id) == away) & absent.is_not(None)),
    )
    period = func.tstzrange(col(Incumbency.since), col(Incumbency.until))
    for code, given_as, found in against:
        overlapping = select(col(Incumbency.id)).where(found, period.op("&&")(func.tstzrange(since, until)))
        if (await work.session.execute(overlapping)).first() is not None:
            raise Refusal(code, "input", given_as)
