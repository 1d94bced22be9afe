"""Months and quarters as the government counts them: Bangkok days, fiscal years from October to September."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from casework.rules.calendar import BANGKOK, bangkok_day, buddhist_year

OCTOBER, MONTHS, QUARTER = 10, 12, 3

_MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


class Span(NamedTuple):
    """Whole months: from the first day to the first one after them."""

    begins: date
    ends: date

    @property
    def starts_at(self) -> datetime:
        return _midnight(self.begins)

    @property
    def ends_at(self) -> datetime:
        return _midnight(self.ends)

    @property
    def fiscal_year(self) -> int:
        """The Buddhist year in which the fiscal year of its first day ends."""
        return buddhist_year(self.begins) + (self.begins.month >= OCTOBER)

    @property
    def quarter(self) -> int:
        return (self.begins.month - OCTOBER) % MONTHS // QUARTER + 1

    @property
    def name_th(self) -> str:
        """Write e.g. `พฤศจิกายน 2569` or `ไตรมาส 1 ปีงบประมาณ 2570`."""
        if _after(self.begins, 1) == self.ends:
            return f"{_MONTHS_TH[self.begins.month - 1]} {buddhist_year(self.begins)}"
        return f"ไตรมาส {self.quarter} ปีงบประมาณ {self.fiscal_year}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _after(first: date, months: int) -> date:
    """Give the first day of the month so many months after that of a first day."""
    years, month = divmod(first.month - 1 + months, MONTHS)
    return date(first.year + years, month + 1, 1)


def month_of(day: date) -> Span:
    first = day.replace(day=1)
    return Span(first, _after(first, 1))


def months_before(first: date, months: int) -> date:
    """Give the first day of the month so many months before that of a first day."""
    return _after(first, -months)


def quarter_of(day: date) -> Span:
    first = _after(day.replace(day=1), -((day.month - OCTOBER) % QUARTER))
    return Span(first, _after(first, QUARTER))


def fiscal_year_of(day: date) -> Span:
    first = _after(day.replace(day=1), -((day.month - OCTOBER) % MONTHS))
    return Span(first, _after(first, MONTHS))


def spans(of: Callable[[date], Span], since: datetime, till: datetime) -> Iterator[Span]:
    """Give all months, or all quarters, that a period touches; the first and the last may be cut by it."""
    span = of(bangkok_day(since))
    while span.starts_at < till:
        yield span
        span = of(span.ends)


def is_published(since: datetime, till: datetime, *, now: datetime) -> bool:
    """Is a period exactly one month, fiscal quarter or fiscal year, and over?

    Others would overlap, and what two of them tell would lie in their difference.
    """
    wholes = (of(bangkok_day(since)) for of in (month_of, quarter_of, fiscal_year_of))
    return till <= now and any((whole.starts_at, whole.ends_at) == (since, till) for whole in wholes)


def last_quarter(now: datetime) -> Span:
    """Give the last fiscal quarter that is over."""
    return quarter_of(_after(quarter_of(bangkok_day(now)).begins, -1))
