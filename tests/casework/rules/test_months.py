"""Months go from midnight to midnight in Bangkok."""

from datetime import UTC, date, datetime

import pytest

from casework.errors import RefusalCode
from casework.rules.months import check_over, end_of_month, month_of, next_month, thai_month
from tests.casework.refusals import refused

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


def test_a_month_is_told_by_any_of_its_days() -> None:
    assert {month_of(date(2026, 11, day), "month", now=NOW) for day in (1, 16, 30)} == {date(2026, 11, 1)}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 12, 1), RefusalCode.DATE_IN_FUTURE),
        (date(2569, 11, 1), RefusalCode.BUDDHIST_YEAR),
        (date(1989, 12, 31), RefusalCode.DATE_TOO_EARLY),
    ],
)
def test_a_month_that_cannot_be_meant_is_refused(day: date, code: RefusalCode) -> None:
    with refused(code, "month"):
        month_of(day, "month", now=NOW)


def test_a_month_ends_when_the_next_one_begins_in_bangkok() -> None:
    assert [next_month(date(2026, month, 1)) for month in (11, 12)] == [date(2026, 12, 1), date(2027, 1, 1)]
    end = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    assert end_of_month(date(2026, 11, 1)) == end
    check_over(date(2026, 11, 1), "month", now=end)
    with refused(RefusalCode.MONTH_NOT_OVER, "month"):
        check_over(date(2026, 11, 1), "month", now=NOW)
    assert month_of(date(2026, 12, 1), "month", now=end) == date(2026, 12, 1)


def test_a_month_is_written_in_the_buddhist_era() -> None:
    assert [thai_month(date(2026, month, 1)) for month in (1, 11)] == ["มกราคม 2569", "พฤศจิกายน 2569"]
