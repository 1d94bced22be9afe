"""Months as people in Thailand count them: by their first day, from midnight to midnight in Bangkok."""

import re
from datetime import UTC, date, datetime, time

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BANGKOK, BUDDHIST_OFFSET, EARLIEST, bangkok_day, buddhist_year

_NAMES_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
    "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_WRITTEN = re.compile("([0-9]{4})-([0-9]{1,2})")


def thai_month(month: date) -> str:
    """Write e.g. `พฤศจิกายน 2569`."""
    return f"{_NAMES_TH[month.month - 1]} {buddhist_year(month)}"


def read_month(text: str) -> date | None:
    """Read e.g. `2569-10` or `2026-10`: no month of the service lies in a year that both eras could mean."""
    parts = _WRITTEN.fullmatch(text.strip())
    if parts is None:
        return None
    year, month = int(parts[1]), int(parts[2])
    try:
        return date(year - BUDDHIST_OFFSET if year > EARLIEST.year + BUDDHIST_OFFSET // 2 else year, month, 1)
    except ValueError:
        return None


def month_of(day: date, *path: str, now: datetime) -> date:
    """Give the first day of a day's month; refuse Buddhist years, the far past, and months that have not begun."""
    today = bangkok_day(now)
    if day.year > today.year + BUDDHIST_OFFSET // 2:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    if day < EARLIEST:
        raise Refusal(RefusalCode.DATE_TOO_EARLY, *path)
    if day.replace(day=1) > today:
        raise Refusal(RefusalCode.DATE_IN_FUTURE, *path)
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def end_of_month(month: date) -> datetime:
    """Give the instant, in UTC, with which the next month begins."""
    return datetime.combine(next_month(month), time(), BANGKOK).astimezone(UTC)


def check_over(month: date, *path: str, now: datetime) -> None:
    """Refuse a month that has not ended: nothing of it is frozen."""
    if end_of_month(month) > now:
        raise Refusal(RefusalCode.MONTH_NOT_OVER, *path)
