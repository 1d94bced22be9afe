"""Record who came to an activity, and who did not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, case, or_, select, update

from casework import journal
from casework.activities import take_activity
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import activity, may_record_attendance, participant, recorded_by
from casework.policy.actors import incumbency
from casework.rules.activities import check_attendance
from casework.work import Work
from models import Activity
from models.vocabulary import EventKind, IncumbencyKind

MOST = 200
"""People named in one call."""


class Whom(NamedTuple):
    """A participant, by itself or by its post."""

    participant_id: int | None = None
    seat_id: int | None = None


class Attendance(NamedTuple):
    """Who came and who did not; of whom nothing is said nothing changes."""

    attended: Sequence[Whom] = ()
    absent: Sequence[Whom] = ()


async def record_attendance(work: Work, *, activity_id: int, attendance: Attendance) -> int:
    """Write it, and who fills the posts on the day; what was seen later stands already. Gives the activity's id.

    Takes and raises no version: several may tell at once, also of the same people.
    """
    row = await take_activity(work, activity_id, may_record_attendance)
    if not attendance.attended and not attendance.absent:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    seen_at = work.captured_at or work.now
    check_attendance(row.state, begins_at=row.begins_at, closed_at=row.closed_at, seen_at=seen_at)
    attended = await _found(work, row, attendance.attended, "attended")
    absent = await _found(work, row, attendance.absent, "absent")
    for at, found in enumerate(absent):
        if found in set(attended):
            raise Refusal(RefusalCode.ATTENDANCE_CONTRADICTS, "input", "absent", str(at))
    told: journal.Payload = {}
    for name, ids, came in (("attended", attended, True), ("absent", absent, False)):
        written = await _write(work, row, ids, attended=came, seen_at=seen_at)
        told[name] = [str(id_) for id_ in written]
    if any(told.values()):
        await journal.append(work, row, EventKind.ATTENDANCE_RECORDED, told)
    return activity_id


async def _found(work: Work, row: Activity, named: Sequence[Whom], path: str) -> list[int]:
    if len(named) > MOST:
        raise Refusal(RefusalCode.TOO_MANY, "input", path, limit=MOST)
    return [each.id for each in await invited_among(work, row, named, path)]


async def invited_among(work: Work, row: Activity, named: Sequence[Whom], path: str) -> list[Any]:
    """Give the participants, aligned; refuse the first that is not invited, or is not the actor's to record."""
    ids, seats = ([whom[place] for whom in named if whom[place] is not None] for place in (0, 1))
    found = (
        select(participant.c.id, participant.c.seat_id, participant.c.attended)
        .join(activity, activity.c.id == participant.c.activity_id)
        .where(
            activity.c.id == row.id,
            or_(participant.c.id.in_(ids), participant.c.seat_id.in_(seats)),
            recorded_by(work.by.kind),
        )
    )
    rows = (await work.session.execute(found, work.by.scope_at(work.now))).all()
    known = {Whom(participant_id=each.id): each for each in rows}
    known |= {Whom(seat_id=each.seat_id): each for each in rows if each.seat_id is not None}
    for at, whom in enumerate(named):
        if whom not in known:
            raise Refusal(RefusalCode.NOT_INVITED, "input", path, str(at))
    return [known[whom] for whom in named]


async def _write(work: Work, row: Activity, ids: Sequence[int], *, attended: bool, seen_at: datetime) -> Sequence[int]:
    told = (
        update(participant)
        .where(
            participant.c.id.in_(ids),
            or_(participant.c.attendance_at.is_(None), participant.c.attendance_at <= seen_at),
        )
        .values(
            attended=attended,
            attendance_at=seen_at,
            attendance_by_seat_id=work.by.seat_id,
            account_id=_who_filled(row.begins_at),
        )
        .returning(participant.c.id)
    )
    return sorted((await work.session.execute(told)).scalars())


def _who_filled(day: datetime) -> ScalarSelect[int]:
    """Find who fills the post when the activity begins: who covers an absence, else the incumbent, else any cover."""
    first = case((incumbency.c.absent_account_id.is_not(None), 0), (incumbency.c.kind == IncumbencyKind.PRIMARY, 1))
    return (
        select(incumbency.c.account_id)
        .where(
            incumbency.c.seat_id == participant.c.seat_id,
            incumbency.c.since <= day,
            or_(incumbency.c.until.is_(None), incumbency.c.until > day),
        )
        .order_by(first, incumbency.c.since.desc())
        .limit(1)
        .correlate(participant)
        .scalar_subquery()
    )
