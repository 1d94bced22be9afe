"""Legal clocks: which version runs, when it ends, and which days cannot be."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refusal, RefusalCode
from casework.rules.clocks import NOT_BEFORE, check_key_dates, clocks_that_run, end_of, is_in_force
from models.clock_words import ClockUnit, KeyEvent

K = KeyEvent
NOW = datetime(2026, 11, 16, 4, 0, tzinfo=UTC)
DAYS = st.dates(date(1995, 1, 1), date(2026, 11, 16))


class Rule(NamedTuple):
    code: str
    effective_from: date
    effective_until: date | None
    problem_type_codes: tuple[str, ...] = ("UNPAID_WAGES", "SEVERANCE")
    starts_on: str = "COMPLAINT_FILED"
    ended_by: str | None = "ORDER_SERVED"
    amount: int = 60
    unit: ClockUnit = ClockUnit.CALENDAR_DAY


OLD = Rule("ORDER", date(1998, 8, 19), date(2019, 5, 5), amount=60)
NEW = Rule("ORDER", date(2019, 5, 5), None, amount=30)
OTHER = Rule("CLAIM", date(1994, 7, 1), None, ("WORK_INJURY",), "INJURY", None, 180)
RULES = [OLD, NEW, OTHER]


@pytest.mark.parametrize(
    ("started", "amount", "unit", "ends"),
    [
        (date(2026, 11, 1), 60, ClockUnit.CALENDAR_DAY, datetime(2026, 12, 31, 17, tzinfo=UTC)),
        (date(2026, 11, 1), 1, ClockUnit.DAY, datetime(2026, 11, 2, 17, tzinfo=UTC)),
        (date(2024, 1, 31), 1, ClockUnit.MONTH, datetime(2024, 2, 29, 17, tzinfo=UTC)),
        (date(2024, 2, 29), 2, ClockUnit.YEAR, datetime(2026, 2, 28, 17, tzinfo=UTC)),
        (date(2025, 12, 15), 1, ClockUnit.MONTH, datetime(2026, 1, 15, 17, tzinfo=UTC)),
        (date(2025, 1, 15), 2, ClockUnit.YEAR, datetime(2027, 1, 15, 17, tzinfo=UTC)),
    ],
)
def test_a_clock_ends_with_its_last_day_in_bangkok(started: date, amount: int, unit: ClockUnit, ends: datetime) -> None:
    assert end_of(started, amount, unit) == ends


@given(DAYS, st.integers(1, 400))
def test_a_day_more_ends_a_day_later(started: date, amount: int) -> None:
    unit = ClockUnit.CALENDAR_DAY
    assert end_of(started, amount + 1, unit) - end_of(started, amount, unit) == timedelta(days=1)
    assert end_of(started + timedelta(days=1), amount, unit) == end_of(started, amount + 1, unit)


@pytest.mark.parametrize(
    ("day", "version"), [(date(2019, 5, 4), OLD), (date(2019, 5, 5), NEW), (date(1998, 8, 19), OLD)]
)
def test_the_rules_of_the_past_apply_to_cases_of_the_past(day: date, version: Rule) -> None:
    (running,) = clocks_that_run(RULES, problem_types=["UNPAID_WAGES"], days={K.COMPLAINT_FILED: day})
    assert running == (version, day, end_of(day, version.amount, version.unit), None)


def test_before_the_first_version_nothing_runs() -> None:
    assert not list(clocks_that_run(RULES, problem_types=["UNPAID_WAGES"], days={K.COMPLAINT_FILED: date(1998, 8, 18)}))


@given(st.sets(st.sampled_from(["UNPAID_WAGES", "WORK_INJURY", "OTHER"])), st.dictionaries(st.sampled_from(K), DAYS))
def test_a_clock_runs_when_its_problem_and_its_event_are_there(problems: set[str], days: dict[KeyEvent, date]) -> None:
    running = list(clocks_that_run(RULES, problem_types=problems, days=days))
    codes = [found.clock.code for found in running]
    assert codes.count("ORDER") == ("UNPAID_WAGES" in problems and days.get(K.COMPLAINT_FILED, date.min) >= OLD[1])
    assert codes.count("CLAIM") == ("WORK_INJURY" in problems and K.INJURY in days)
    for found in running:
        assert is_in_force(found.clock, found.started_on)
        assert found.ended_on == (days.get(K.ORDER_SERVED) if found.clock.code == "ORDER" else None)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 17), RefusalCode.DATE_IN_FUTURE),
        (date(2569, 11, 16), RefusalCode.BUDDHIST_YEAR),
        (date(1989, 12, 31), RefusalCode.DATE_TOO_EARLY),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_its_place(day: date, code: RefusalCode) -> None:
    with pytest.raises(Refusal) as refused:
        check_key_dates({K.INJURY: date(2026, 11, 16), K.EMPLOYER_KNEW: day}, lambda event: ["at", event], now=NOW)
    assert (refused.value.code, refused.value.path) == (code, ("at", "EMPLOYER_KNEW"))


@pytest.mark.parametrize(("later", "earlier"), NOT_BEFORE.items())
def test_days_that_contradict_each_other_are_refused_and_equal_ones_are_not(later: KeyEvent, earlier: KeyEvent) -> None:
    day = date(2026, 5, 1)
    check_key_dates({later: day, earlier: day}, lambda event: [event], now=NOW)
    with pytest.raises(Refusal) as refused:
        check_key_dates({later: day, earlier: day + timedelta(days=1)}, lambda event: [event], now=NOW)
    assert (refused.value.code, refused.value.path) == (RefusalCode.DATES_CONTRADICT, (later,))
    assert refused.value.facts == {"earlier": earlier, "later": later}
