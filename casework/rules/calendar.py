"""Days as people in Thailand count them: Bangkok time, Buddhist years, working days."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.errors import Refusal, RefusalCode

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_OFFSET = 543
EARLIEST = date(1990, 1, 1)
"""Nothing that a phone captured can be older than this; such a clock is wrong."""
CLOCK_SKEW = timedelta(minutes=5)
"""How far a phone's clock may run ahead."""
SATURDAY = 5
END_OF_WORK = time(16, 30)
"""Government offices close at 16:30 (Regulation on office hours B.E. 2502); a period in working days ends then."""

_MONTHS_TH = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]


def bangkok_day(at: datetime) -> date:
    return at.astimezone(BANGKOK).date()


def buddhist_year(day: date) -> int:
    return day.year + BUDDHIST_OFFSET


def thai_date(day: date) -> str:
    """Write e.g. `22 พ.ย. 2569`."""
    return f"{day.day} {_MONTHS_TH[day.month - 1]} {buddhist_year(day)}"


def thai_instant(at: datetime) -> str:
    """Write e.g. `22 พ.ย. 2569 09:20 น.` in Bangkok time."""
    local = at.astimezone(BANGKOK)
    return f"{thai_date(local.date())} {local:%H:%M} น."


def thai_length(seconds: int) -> str:
    """Write e.g. `3 วัน 4 ชั่วโมง`, or hours and minutes of less than a day."""
    days, hours, minutes = seconds // 86_400, seconds % 86_400 // 3600, seconds % 3600 // 60
    return f"{days} วัน {hours} ชั่วโมง" if days else f"{hours} ชั่วโมง {minutes} นาที"


def happened(at: datetime | None, *path: str, now: datetime) -> datetime | None:
    """Give a captured instant in UTC; refuse the future, the far past and Buddhist years."""
    if at is None:
        return None
    if at.year > now.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if at > now + CLOCK_SKEW:
        raise Refusal(RefusalCode.DATE_IN_FUTURE, *path)
    if at.date() < EARLIEST:
        raise Refusal(RefusalCode.DATE_TOO_EARLY, *path)
    return min(at, now).astimezone(UTC)


def past(at: datetime, *path: str, now: datetime) -> datetime:
    """Give an instant that has been, in UTC; refuse the future and Buddhist years. A clock may run a little ahead."""
    if at.year > now.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if at > now + CLOCK_SKEW:
        raise Refusal(RefusalCode.DATE_IN_FUTURE, *path)
    return min(at, now).astimezone(UTC)


def period(
    since: datetime | None, until: datetime | None, *path: str, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Give the ends of a half-open period, either of which may be open; refuse it empty or in Buddhist years."""
    for name, at in (("from", since), ("until", until)):
        if at is not None and at.year > now.year + BUDDHIST_OFFSET // 2:
            raise Refusal(RefusalCode.BUDDHIST_YEAR, *path, name)
        if at is not None and at.date() < EARLIEST:
            raise Refusal(RefusalCode.DATE_TOO_EARLY, *path, name)
    if since is not None and until is not None and since >= until:
        raise Refusal(RefusalCode.PERIOD_EMPTY, *path)
    return since, until


def stretch(
    since: datetime | None, until: datetime | None, *path: str, now: datetime, usual: timedelta, longest: timedelta
) -> tuple[datetime, datetime]:
    """Give a period that has begun, up to now at most; one without a beginning is the `usual` one before its end."""
    since, until = period(since, until, *path, now=now)
    end = min(until or now, now)
    start = end - usual if since is None else since
    if start >= end:
        raise Refusal(RefusalCode.DATE_IN_FUTURE, *path, "from")
    if end - start > longest:
        raise Refusal(RefusalCode.PERIOD_TOO_LONG, *path, limit=longest.days)
    return start.astimezone(UTC), end.astimezone(UTC)


def coming_day(day: date, *path: str, now: datetime, within: timedelta) -> date:
    """Give a day that lies after today in Bangkok and at most `within` ahead."""
    today = bangkok_day(now)
    if day.year > today.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if day <= today:
        raise Refusal(RefusalCode.DATE_IN_PAST, *path)
    if day > today + within:
        raise Refusal(RefusalCode.DATE_TOO_FAR, *path, limit=(today + within).isoformat())
    return day


FURTHEST_APPOINTMENT = timedelta(days=366)


def coming(at: datetime | None, *path: str, now: datetime) -> datetime:
    """Give an instant from now on, in UTC; None means now. Refuses the past, the far future and Buddhist years."""
    if at is None:
        return now
    if at.year > now.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if at < now - CLOCK_SKEW:
        raise Refusal(RefusalCode.DATE_IN_PAST, *path)
    if at > now + FURTHEST_APPOINTMENT:
        raise Refusal(RefusalCode.DATE_TOO_FAR, *path, limit=bangkok_day(now + FURTHEST_APPOINTMENT).isoformat())
    return max(at, now).astimezone(UTC)


def after_working_days(at: datetime, days: int, *, holidays: Container[date]) -> datetime:
    """Give the end of the `days`-th Thai working day after the Bangkok day of `at`, in UTC."""
    day = bangkok_day(at)
    left = days
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in holidays:
            left -= 1
    return datetime.combine(day, END_OF_WORK, BANGKOK).astimezone(UTC)


def working_days_between(start: datetime, end: datetime, *, holidays: Container[date]) -> int:
    """Count the Thai working days after the Bangkok day of `start`, up to and with that of `end`."""
    first, last = bangkok_day(start), bangkok_day(end)
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return sum(day.weekday() < SATURDAY and day not in holidays for day in days)
