"""When something happens in a composed story: people all day long, offices on working days in office hours."""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from casework.demo.stories import read, within
from casework.rules.calendar import SATURDAY

OPENS, LUNCH, BACK, CLOSES = time(8, 30), time(12), time(13), time(16, 20)
RISES, RESTS = time(8), time(19, 40)


@cache
def closed_days() -> frozenset[date]:
    """Give the public holidays of the demo's months; a test holds them to the package `holidays`."""
    return frozenset(read("plots.yaml")["closed"])


def in_office_hours(at: datetime) -> bool:
    return is_working_day(at.date()) and (OPENS <= at.time() < LUNCH or BACK <= at.time() <= CLOSES)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in closed_days()


def later(at: datetime, days: int, rng: Random, *, office: bool) -> datetime:
    """Give a time after `at`, some days later or still the same day, at which an office or a person is there."""
    if days:
        moment = at.replace(hour=8, minute=0) + timedelta(days=days, minutes=within(rng, (5, 700)))
    else:
        moment = at + timedelta(minutes=within(rng, (8, 130)))
    return _office_time(moment, rng) if office else _waking_time(moment, rng)


def _waking_time(at: datetime, rng: Random) -> datetime:
    if RISES <= at.time() <= RESTS:
        return at
    return _morning(at if at.time() < RISES else at + timedelta(days=1), RISES, rng)


def _office_time(at: datetime, rng: Random) -> datetime:
    while not in_office_hours(at):
        if not is_working_day(at.date()) or at.time() > CLOSES:
            at = _morning(at + timedelta(days=1), OPENS, rng)
        elif at.time() < OPENS:
            at = _morning(at, OPENS, rng)
        else:
            at = at.replace(hour=BACK.hour, minute=within(rng, (2, 50)))
    return at


def _morning(at: datetime, opens: time, rng: Random) -> datetime:
    return at.replace(hour=opens.hour, minute=opens.minute) + timedelta(minutes=within(rng, (5, 150)))
