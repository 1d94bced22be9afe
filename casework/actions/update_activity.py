"""Change what is said of an activity that is not over, or cancel it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from casework.actions.create_activity import check_area, free_round, in_order, known_topics, told_of
from casework.activities import change_activity, take_activity_for
from casework.errors import Refusal, RefusalCode
from casework.policy.activities import participant
from casework.rules import texts
from casework.rules.activities import MOST_ROUNDS, check_planned, check_publicity, check_times, fiscal_year, number
from casework.rules.calendar import bangkok_day
from casework.work import Work
from models import Activity
from models.activity_words import ActivityState, PublicityChannel
from models.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """What is to be another way; None leaves it as it is. What is cancelled stays so."""

    project: str | None = None
    venue: str | None = None
    area_code: str | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    objectives: str | None = None
    fiscal_year: int | None = None
    round: int | None = None
    topics: Sequence[str] | None = None
    channels: Sequence[PublicityChannel] | None = None
    cancelled: bool = False


async def update_activity(work: Work, *, activity_id: int, expected_version: int, change: ActivityChange) -> int:
    """Make the change; nothing but who came and what came of it is written after the end. Gives its id."""
    row = await take_activity_for(work, activity_id, expected_version=expected_version)
    check_planned(row.state)
    before = _told(row)
    await _check_nobody_came(work, row, change)
    if change.cancelled:
        row.state = ActivityState.CANCELLED
    await _move(work, row, change)
    _rewrite(work, row, change)
    changed = [name for name, value in _told(row).items() if value != before[name]]
    if not changed:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    kind = EventKind.ACTIVITY_CANCELLED if change.cancelled else EventKind.ACTIVITY_UPDATED
    await change_activity(work, row, kind, {**told_of(row), "changed": changed})
    return activity_id


async def _check_nobody_came(work: Work, row: Activity, change: ActivityChange) -> None:
    """Refuse to cancel what somebody came to, or to let it begin on a later day."""
    if not change.cancelled and change.begins_at is None:
        return
    came = select(func.min(participant.c.attendance_at)).where(
        participant.c.activity_id == row.id, participant.c.attended
    )
    first = (await work.session.execute(came)).scalar_one()
    if first is not None and change.cancelled:
        raise Refusal(RefusalCode.ATTENDANCE_KNOWN, "input", "cancelled")
    if first is not None and change.begins_at and bangkok_day(change.begins_at) > bangkok_day(first):
        raise Refusal(RefusalCode.ATTENDANCE_KNOWN, "input", "beginsAt")


_TOLD = (
    "state", "project", "fiscal_year", "round", "venue", "area_code", "begins_at", "ends_at", "objectives", "topics",
    "channels",
)  # fmt: skip


def _told(row: Activity) -> dict[str, object]:
    return {name: getattr(row, name) for name in _TOLD}


async def _move(work: Work, row: Activity, change: ActivityChange) -> None:
    """Give it another time or number; a new time asks anew in which fiscal year it lies."""
    row.begins_at = change.begins_at or row.begins_at
    row.ends_at = change.ends_at or row.ends_at
    check_times(row.begins_at, row.ends_at, now=work.now)
    kept = None if change.begins_at else row.fiscal_year
    year = kept if change.fiscal_year is None else change.fiscal_year
    row.fiscal_year = fiscal_year(year, row.begins_at)
    if change.project is not None:
        row.project = texts.clean_line(change.project, "input", "project", limit=texts.LINE)
    row.round = number(change.round, "input", "round", least=1, most=MOST_ROUNDS) or row.round
    if row.state is ActivityState.PLANNED:
        await free_round(work, row)


def _rewrite(work: Work, row: Activity, change: ActivityChange) -> None:
    if change.area_code is not None:
        check_area(work, change.area_code, row.province_code, "input", "area")
        row.area_code = change.area_code
    if change.venue is not None:
        row.venue = texts.clean_line(change.venue, "input", "venue", limit=texts.LINE)
    if change.objectives is not None:
        row.objectives = texts.clean(change.objectives, "input", "objectives", limit=texts.LONG)
    check_publicity(row.kind, topics=change.topics, channels=change.channels)
    if change.topics is not None:
        row.topics = known_topics(work, change.topics)
    if change.channels is not None:
        row.channels = in_order(change.channels)
