"""Days as people in Thailand count them."""

from datetime import UTC, date, datetime, timedelta, timezone

import holidays
import pytest

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import (
    BANGKOK,
    after_working_days,
    bangkok_day,
    buddhist_year,
    coming_day,
    happened,
    thai_date,
    thai_instant,
)
from tests.casework.refusals import refused

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
THAI = holidays.country_holidays("TH")
YEAR = timedelta(days=366)


def bangkok(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 16, 16, 59, 59, tzinfo=UTC), date(2026, 11, 16)),
        (datetime(2026, 11, 16, 17, 0, tzinfo=UTC), date(2026, 11, 17)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_bangkok(at: datetime, day: date) -> None:
    assert bangkok_day(at) == day


def test_the_buddhist_year_is_543_ahead_and_begins_in_bangkok() -> None:
    assert buddhist_year(bangkok_day(datetime(2026, 12, 31, 16, 59, tzinfo=UTC))) == 2569
    assert buddhist_year(bangkok_day(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))) == 2570


def test_dates_are_written_the_thai_way() -> None:
    assert thai_date(date(2026, 11, 22)) == "22 พ.ย. 2569"
    assert [thai_date(date(2026, month, 1)).split()[1] for month in (1, 2, 12)] == ["ม.ค.", "ก.พ.", "ธ.ค."]
    assert thai_instant(datetime(2026, 11, 22, 2, 20, tzinfo=UTC)) == "22 พ.ย. 2569 09:20 น."
    assert thai_instant(datetime(2026, 12, 31, 17, 5, tzinfo=UTC)) == "1 ม.ค. 2570 00:05 น."


def test_what_happened_is_kept_in_utc() -> None:
    at = happened(bangkok("2026-11-16 08:30"), now=NOW)
    assert at == datetime(2026, 11, 16, 1, 30, tzinfo=UTC)
    assert at.tzinfo is UTC
    assert happened(None, now=NOW) is None


def test_a_clock_that_runs_a_little_ahead_is_taken_back_to_now() -> None:
    assert happened(NOW + timedelta(minutes=5), now=NOW) == NOW


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOW + timedelta(minutes=5, seconds=1), RefusalCode.DATE_IN_FUTURE),
        (NOW + timedelta(days=36_500), RefusalCode.DATE_IN_FUTURE),
        (NOW.replace(year=2569), RefusalCode.BUDDHIST_YEAR),
        (NOW.replace(year=2533), RefusalCode.BUDDHIST_YEAR),
        (datetime.max.replace(tzinfo=UTC), RefusalCode.BUDDHIST_YEAR),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=12))), RefusalCode.BUDDHIST_YEAR),
        (datetime(1989, 12, 31, tzinfo=UTC), RefusalCode.DATE_TOO_EARLY),
        (datetime.min.replace(tzinfo=UTC), RefusalCode.DATE_TOO_EARLY),
        (datetime.min.replace(tzinfo=BANGKOK), RefusalCode.DATE_TOO_EARLY),
    ],
)
def test_the_future_the_far_past_and_buddhist_years_did_not_happen(at: datetime, code: RefusalCode) -> None:
    with refused(code, "input", "capturedAt"):
        happened(at, "input", "capturedAt", now=NOW)


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2027, 11, 17)])
def test_a_coming_day_lies_between_tomorrow_and_the_limit(day: date) -> None:
    assert coming_day(day, now=NOW, within=YEAR) == day


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 11, 16), RefusalCode.DATE_IN_PAST),
        (date(1, 1, 1), RefusalCode.DATE_IN_PAST),
        (date(2027, 11, 18), RefusalCode.DATE_TOO_FAR),
        (date(2297, 1, 1), RefusalCode.DATE_TOO_FAR),
        (date(2298, 1, 1), RefusalCode.BUDDHIST_YEAR),
        (date(2569, 11, 30), RefusalCode.BUDDHIST_YEAR),
        (date.max, RefusalCode.BUDDHIST_YEAR),
    ],
)
def test_other_days_are_not_coming(day: date, code: RefusalCode) -> None:
    with refused(code, "input", "reviewOn"):
        coming_day(day, "input", "reviewOn", now=NOW, within=YEAR)


def test_a_coming_day_is_counted_from_the_day_in_bangkok() -> None:
    late = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    with refused(RefusalCode.DATE_IN_PAST):
        coming_day(date(2026, 11, 17), now=late, within=YEAR)
    with pytest.raises(Refusal) as caught:
        coming_day(date(2028, 1, 1), now=late, within=YEAR)
    assert caught.value.facts == {"limit": "2027-11-18"}


@pytest.mark.parametrize(
    ("sent", "days", "until"),
    [
        ("2026-11-16 09:00", 0, "2026-11-16 16:30"),  # Monday
        ("2026-11-16 09:00", 1, "2026-11-17 16:30"),
        ("2026-11-16 23:59", 1, "2026-11-17 16:30"),
        ("2026-11-20 09:00", 1, "2026-11-23 16:30"),  # Friday: over the weekend
        ("2026-11-21 09:00", 1, "2026-11-23 16:30"),  # Saturday
        ("2026-04-10 09:00", 1, "2026-04-16 16:30"),  # Songkran, Monday to Wednesday
        ("2024-04-11 09:00", 1, "2024-04-17 16:30"),  # a bridge day, Songkran on a weekend and a day in lieu
        ("2023-04-12 09:00", 2, "2023-04-19 16:30"),  # Songkran with Monday in lieu
        ("2026-12-30 09:00", 1, "2027-01-04 16:30"),  # New Year's Eve and Day, Thursday and Friday
        ("2022-12-29 09:00", 1, "2023-01-04 16:30"),  # a bridge day, both New Year's days on a weekend, both in lieu
        ("2026-12-04 09:00", 1, "2026-12-08 16:30"),  # Father's Day on a Saturday, Monday in lieu
    ],
)
def test_working_days_skip_weekends_holidays_and_days_in_lieu(sent: str, days: int, until: str) -> None:
    assert after_working_days(bangkok(sent), days, holidays=THAI) == bangkok(until)


def test_a_period_begins_on_the_day_in_bangkok_and_ends_when_offices_close() -> None:
    before = datetime(2026, 11, 16, 16, 59, tzinfo=UTC)
    until = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
    assert after_working_days(before, 1, holidays=()) == until
    assert after_working_days(before + timedelta(minutes=1), 1, holidays=()) == until + timedelta(days=1)
