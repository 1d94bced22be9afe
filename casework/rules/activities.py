"""What an activity may say of itself: its time, its fiscal year, its numbers; and when its attendance is taken."""

from datetime import datetime, timedelta

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BUDDHIST_OFFSET, EARLIEST, bangkok_day, buddhist_year
from models.activity_words import ActivityKind, ActivityState, ParticipantRole
from models.vocabulary import SeatKind

OCTOBER = 10
"""The fiscal year begins in October; it is called by the year in which it ends."""
LONGEST = timedelta(days=366)
FURTHEST = timedelta(days=732)
MOST_ROUNDS = 99
PERCENT = 100
MOST_REACHED = 10_000_000
ROLES = {SeatKind.VOLUNTEER: ParticipantRole.VOLUNTEER, SeatKind.MENTOR: ParticipantRole.MENTOR}


def role_of(kind: SeatKind) -> ParticipantRole:
    """As what somebody takes part who holds a post of this kind."""
    return ROLES.get(kind, ParticipantRole.STAFF)


def fiscal_year_of(at: datetime) -> int:
    """Give the fiscal year of an instant in the Buddhist Era: 10 September 2562 lies in 2562, 1 October in 2563."""
    day = bangkok_day(at)
    return buddhist_year(day) + (day.month >= OCTOBER)


def fiscal_year(told: int | None, begins_at: datetime) -> int:
    """Give the fiscal year that was told, or that of the beginning; money of a year may still be spent in the next."""
    own = fiscal_year_of(begins_at)
    if told is None:
        return own
    if told not in {own - 1, own}:
        raise Refusal(RefusalCode.FISCAL_YEAR_WRONG, "input", "fiscalYear", earliest=own - 1, latest=own)
    return told


def check_times(begins_at: datetime, ends_at: datetime | None, *, now: datetime) -> None:
    """Refuse an end before the beginning, what lasts beyond a year, Buddhist years, the far past and the far future."""
    for name, at in (("beginsAt", begins_at), ("endsAt", ends_at)):
        if at is not None and at.year > now.year + BUDDHIST_OFFSET // 2:
            raise Refusal(RefusalCode.BUDDHIST_YEAR, "input", name)
    if bangkok_day(begins_at) < EARLIEST:
        raise Refusal(RefusalCode.DATE_TOO_EARLY, "input", "beginsAt")
    if begins_at > now + FURTHEST:
        raise Refusal(RefusalCode.DATE_TOO_FAR, "input", "beginsAt", limit=bangkok_day(now + FURTHEST).isoformat())
    if ends_at is not None and ends_at <= begins_at:
        raise Refusal(RefusalCode.DATES_CONTRADICT, "input", "endsAt", earlier="beginsAt", later="endsAt")
    if ends_at is not None and ends_at - begins_at > LONGEST:
        raise Refusal(RefusalCode.PERIOD_TOO_LONG, "input", "endsAt", limit=LONGEST.days)


def number(value: int | None, *path: str, least: int, most: int) -> int | None:
    """Give a number back; refuse it below `least`, which is 0 or 1, or above `most`."""
    if value is not None and not least <= value <= most:
        code = RefusalCode.NUMBER_OUT_OF_RANGE if least else RefusalCode.COUNT_OUT_OF_RANGE
        raise Refusal(code, *path, limit=most)
    return value


def check_publicity(kind: ActivityKind, **told: object) -> None:
    """Refuse what only a campaign tells: topics, channels, people reached; `told` is named as in the input."""
    wrong = next((name for name, value in told.items() if value is not None and value not in ([], ())), None)
    if kind is not ActivityKind.CAMPAIGN and wrong is not None:
        raise Refusal(RefusalCode.NOT_A_CAMPAIGN, "input", wrong)


def check_planned(state: ActivityState) -> None:
    """Refuse an activity that is closed or cancelled."""
    if state is not ActivityState.PLANNED:
        raise Refusal(RefusalCode.ACTIVITY_OVER, "input", "activity")


def check_attendance(
    state: ActivityState, *, begins_at: datetime, closed_at: datetime | None, seen_at: datetime
) -> None:
    """Refuse attendance seen before the day of the beginning, or after the closing; a phone may bring it later."""
    if state is ActivityState.CANCELLED or (closed_at is not None and seen_at > closed_at):
        raise Refusal(RefusalCode.ACTIVITY_OVER, "input", "activity")
    if bangkok_day(seen_at) < bangkok_day(begins_at):
        raise Refusal(RefusalCode.ACTIVITY_NOT_BEGUN, "input", "activity")


def check_outcome(state: ActivityState, *, begins_at: datetime, now: datetime) -> None:
    """Refuse the outcome of what was cancelled or is still to come."""
    if state is ActivityState.CANCELLED:
        raise Refusal(RefusalCode.ACTIVITY_OVER, "input", "activity")
    if now < begins_at:
        raise Refusal(RefusalCode.ACTIVITY_NOT_BEGUN, "input", "activity")
