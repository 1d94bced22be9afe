"""Legal clocks: which run for a case, by the rules of the day on which they started, and when they end."""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, NamedTuple, Protocol, TypeVar

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import BANGKOK, BUDDHIST_OFFSET, EARLIEST, bangkok_day
from models.clock_words import ClockUnit, KeyEvent

K = KeyEvent
NOT_BEFORE: Mapping[KeyEvent, KeyEvent] = {
    K.ORDER_SERVED: K.COMPLAINT_FILED,
    K.ORDER_OBEYED: K.ORDER_SERVED,
    K.ORDER_CHALLENGED: K.ORDER_SERVED,
    K.UNEMPLOYMENT_REGISTERED: K.EMPLOYMENT_ENDED,
    K.EMPLOYER_KNEW: K.INJURY,
    K.INJURY_REPORTED: K.INJURY,
    K.ILLNESS_KNOWN: K.EMPLOYMENT_ENDED,
    K.COMPENSATION_CLAIMED: K.INJURY,
}
"""What cannot have happened before something else, where both are known."""

_MONTHS = 12


class Clock(Protocol):
    """A row of the reference data; one code has at most one row in force on any day."""

    @property
    def code(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def effective_until(self) -> date | None: ...
    @property
    def problem_type_codes(self) -> Sequence[str]: ...
    @property
    def starts_on(self) -> str: ...
    @property
    def ended_by(self) -> str | None: ...
    @property
    def amount(self) -> int: ...
    @property
    def unit(self) -> ClockUnit: ...


C = TypeVar("C", bound=Clock)


class Running(NamedTuple, Generic[C]):
    """A clock that an event of the case started; `ended_on` is the day of the event that ended it."""

    clock: C
    started_on: date
    ends_at: datetime
    ended_on: date | None


def check_key_dates(
    days: Mapping[KeyEvent, date], where: Callable[[KeyEvent], Sequence[str]], *, now: datetime
) -> None:
    """Refuse days in the future, in the far past, in Buddhist years, and those that contradict each other.

    `where` gives the path of a day in the input.
    """
    today = bangkok_day(now)
    for event, day in days.items():
        if day.year > today.year + BUDDHIST_OFFSET // 2:
            raise Refusal(RefusalCode.BUDDHIST_YEAR, *where(event))
        if day > today:
            raise Refusal(RefusalCode.DATE_IN_FUTURE, *where(event))
        if day < EARLIEST:
            raise Refusal(RefusalCode.DATE_TOO_EARLY, *where(event))
    for later, earlier in NOT_BEFORE.items():
        if later in days and earlier in days and days[later] < days[earlier]:
            raise Refusal(RefusalCode.DATES_CONTRADICT, *where(later), earlier=earlier.value, later=later.value)


def clocks_that_run(
    clocks: Iterable[C], *, problem_types: Iterable[str], days: Mapping[KeyEvent, date]
) -> Iterator[Running[C]]:
    """Give the clocks of these problems whose starting event is known, each in its version of that event's day."""
    problems = set(problem_types)
    for clock in clocks:
        started = days.get(KeyEvent(clock.starts_on)) if problems.intersection(clock.problem_type_codes) else None
        if started is not None and is_in_force(clock, started):
            ended_on = None if clock.ended_by is None else days.get(KeyEvent(clock.ended_by))
            yield Running(clock, started, end_of(started, clock.amount, clock.unit), ended_on)


def is_in_force(rule: Clock, on: date) -> bool:
    return rule.effective_from <= on and (rule.effective_until is None or on < rule.effective_until)


def end_of(started: date, amount: int, unit: ClockUnit) -> datetime:
    """Give the end of the last day in Bangkok, in UTC; the day after the event is the first that counts.

    Months and years end on the same day of the month, or on the month's last (Civil and Commercial Code 193/3, 193/5).
    """
    if unit in {ClockUnit.MONTH, ClockUnit.YEAR}:
        last = after_months(started, amount if unit is ClockUnit.MONTH else amount * _MONTHS)
    else:
        last = started + timedelta(days=amount)
    return datetime.combine(last + timedelta(days=1), time(), BANGKOK).astimezone(UTC)


def after_months(day: date, months: int) -> date:
    """Give the same day of a later month, or that month's last."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
