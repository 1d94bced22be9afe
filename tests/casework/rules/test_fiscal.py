"""Months and quarters of the fiscal year, which begins in October."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calendar import BANGKOK
from casework.rules.fiscal import Span, fiscal_year_of, is_published, last_quarter, month_of, quarter_of, spans

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def _at(year: int, month: int, day: int = 1, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("day", "quarter", "year", "name"),
    [
        (date(2026, 9, 30), Span(date(2026, 7, 1), date(2026, 10, 1)), 2569, "ไตรมาส 4 ปีงบประมาณ 2569"),
        (date(2026, 10, 1), Span(date(2026, 10, 1), date(2027, 1, 1)), 2570, "ไตรมาส 1 ปีงบประมาณ 2570"),
        (date(2027, 1, 15), Span(date(2027, 1, 1), date(2027, 4, 1)), 2570, "ไตรมาส 2 ปีงบประมาณ 2570"),
    ],
)
def test_a_day_lies_in_a_quarter_of_a_fiscal_year(day: date, quarter: Span, year: int, name: str) -> None:
    span = quarter_of(day)
    assert (span, span.fiscal_year, span.name_th) == (quarter, year, name)


def test_a_month_is_named_in_thai_and_begins_at_midnight_in_bangkok() -> None:
    span = month_of(date(2026, 12, 31))
    assert (span.name_th, span.quarter, span.fiscal_year) == ("ธันวาคม 2569", 1, 2570)
    assert (span.starts_at, span.ends_at) == (_at(2026, 12), _at(2027, 1))
    assert span.starts_at.tzinfo is UTC


@given(day=DAYS)
def test_three_months_make_a_quarter_and_four_quarters_a_year(day: date) -> None:
    year, quarter, month = fiscal_year_of(day), quarter_of(day), month_of(day)
    assert year.begins.month == 10
    assert year.begins <= quarter.begins <= month.begins <= day < month.ends <= quarter.ends <= year.ends
    assert [span.quarter for span in spans(quarter_of, year.starts_at, year.ends_at)] == [1, 2, 3, 4]
    assert len(list(spans(month_of, quarter.starts_at, quarter.ends_at))) == 3


@given(day=DAYS, days=st.integers(1, 800))
def test_spans_follow_each_other_and_cover_the_period(day: date, days: int) -> None:
    since = datetime.combine(day, datetime.min.time(), UTC)
    till = since + timedelta(days=days)
    found = list(spans(month_of, since, till))
    assert found[0].starts_at <= since
    assert found[-1].starts_at < till <= found[-1].ends_at
    assert [span.ends for span in found[:-1]] == [span.begins for span in found[1:]]


@pytest.mark.parametrize(
    ("since", "till", "published"),
    [
        (_at(2026, 10), _at(2026, 11), True),
        (_at(2026, 7), _at(2026, 10), True),
        (_at(2025, 10), _at(2026, 10), True),
        (_at(2026, 8), _at(2026, 10), False),
        (_at(2026, 8), _at(2026, 11), False),
        (_at(2026, 1), _at(2027, 1), False),
        (_at(2026, 10), _at(2026, 10, 31), False),
        (_at(2026, 10, 1, 1), _at(2026, 11), False),
        (_at(2026, 11), _at(2026, 12), False),
    ],
)
def test_only_whole_months_quarters_and_years_that_are_over_are_published(
    since: datetime,
    till: datetime,
    published: bool,  # noqa: FBT001 - of the table
) -> None:
    assert is_published(since, till, now=NOW) is published


def test_the_last_quarter_is_the_one_that_is_over() -> None:
    assert last_quarter(NOW) == Span(date(2026, 7, 1), date(2026, 10, 1))
    assert last_quarter(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == Span(date(2026, 10, 1), date(2027, 1, 1))
