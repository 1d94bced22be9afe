"""Times at which people do things: working days for offices, any day for volunteers, and when cases open."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import holidays

from casework.rules.calendar import BANGKOK, SATURDAY, bangkok_day

DAY = timedelta(days=1)
AHEAD = timedelta(hours=7)
"""Bangkok's offset from UTC in the whole period: a million conversions by the zone would take a while."""
FACTORS = 1000
"""How many different hurries people have."""
OFFICE_OPENS, OFFICE_CLOSES = 8.5 * 3600, 16.5 * 3600
WAKING, SLEEPING = 7 * 3600, 20 * 3600
"""Seconds of the day between which a volunteer works."""
A_WHILE = timedelta(minutes=3)
WEEKEND_SHARE = 0.3
"""Of the cases of a working day, how many open on a Saturday or a Sunday."""
GROWTH = 0.5
"""How many more cases a day has at the end than at the beginning."""


class Clock:
    """Draws times; the same for the same `rng`."""

    def __init__(self, rng: Random, *, since: datetime, until: datetime) -> None:
        self._rng = rng
        self.since = since
        self.until = until
        years = range(since.year, until.year + 2)
        self._factors = [rng.lognormvariate(-0.125, 0.5) for _ in range(FACTORS)]
        self._closed = frozenset(holidays.country_holidays("TH", years=years))

    def after(self, at: datetime, days: float, *, office: bool) -> datetime:
        """Give a time some days later, around `days`, at which somebody works; never `at` or before."""
        random = self._rng.random
        local = at + AHEAD + timedelta(days * self._factors[int(random() * FACTORS)])
        while office and (local.weekday() >= SATURDAY or local.date() in self._closed):
            local += DAY
        opens, closes = (OFFICE_OPENS, OFFICE_CLOSES) if office else (WAKING, SLEEPING)
        seconds = opens + random() * (closes - opens)
        found = datetime(local.year, local.month, local.day, tzinfo=UTC) + timedelta(seconds=seconds) - AHEAD
        return found if found > at else at + A_WHILE * (0.5 + random())

    def openings(self, count: int) -> Iterator[datetime]:
        """Give `count` times in order, more on working days and more towards the end."""
        days = list(_days(bangkok_day(self.since), bangkok_day(self.until)))
        weights = [self._weight(at, day, len(days)) for at, day in enumerate(days)]
        per_day = [0] * len(days)
        for at in self._rng.choices(range(len(days)), weights, k=count):
            per_day[at] += 1
        for day, many in zip(days, per_day, strict=True):
            seconds = sorted(WAKING + self._rng.random() * (SLEEPING - WAKING) for _ in range(many))
            yield from (_midnight(day) + timedelta(seconds=at) for at in seconds)

    def _weight(self, at: int, day: date, days: int) -> float:
        works = day.weekday() < SATURDAY and day not in self._closed
        return (1 + GROWTH * at / days) * (1 if works else WEEKEND_SHARE)


def _days(first: date, end: date) -> Iterator[date]:
    """Give the days from the first one until before the last: what happens on that one is not over."""
    while first < end:
        yield first
        first += DAY


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)
