"""Days as people write them in lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calendar import BUDDHIST_OFFSET, EARLIEST, thai_date
from casework.rules.row_problems import RowRefused
from casework.rules.thai_dates import read_day
from models.directory_words import RowProblem

TODAY = date(2026, 11, 16)
FIRST = date(2019, 10, 1)
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "1 ต.ค. 2562", "1 ตุลาคม พ.ศ. 2562", "๑ ตุลาคม ๒๕๖๒", "1ต.ค.62", "01/10/2562", "1-10-62", "1.10.2562",
        "2019-10-01", "2562-10-01", "2562/10/01", "2019-10-01 00:00:00", "43739", "242066", "วันอังคารที่ 1 ตุลาคม 2562",
        "วันที่ 1 ต.ค. 2562", "1 Oct 2019", "1 เดือน ตุลาคม 2562", " 1\u200b/10/2562 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text, today=TODAY) == FIRST


@pytest.mark.parametrize("text", ["", " ", "-", "–", "ไม่มี", "ปัจจุบัน"])
def test_no_day_is_none(text: str) -> None:
    assert read_day(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1/13/2562", RowProblem.DATE_WRONG),
        ("31 ก.พ. 2562", RowProblem.DATE_WRONG),
        ("12 มิถุ 2562", RowProblem.DATE_WRONG),
        ("ต.ค. 2562", RowProblem.DATE_WRONG),
        ("2562", RowProblem.DATE_WRONG),
        ("1/10/3562", RowProblem.DATE_WRONG),
        ("10000", RowProblem.DATE_WRONG),
        ("1/10/19", RowProblem.YEAR_AMBIGUOUS),
        ("1/10/28", RowProblem.YEAR_AMBIGUOUS),
        ("1969-12-01", RowProblem.YEAR_AMBIGUOUS),  # what Excel makes of 1/12/69
        ("25538", RowProblem.YEAR_AMBIGUOUS),
        ("31 ธ.ค. 1989", RowProblem.YEAR_AMBIGUOUS),
        ("250970", RowProblem.DATE_WRONG),  # 25 Sep 70 without its marks, and not a day of 2044
        ("51068", RowProblem.DATE_WRONG),
        (f"1{' ' * 98}x", RowProblem.DATE_WRONG),  # once took a second, and a thousand spaces hours
        (f"1{' ' * 998}x", RowProblem.DATE_WRONG),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str, problem: RowProblem) -> None:
    with pytest.raises(RowRefused) as refused:
        read_day(text, today=TODAY)
    assert refused.value.problem is problem
    assert text[:40] in refused.value.sentence(thai=True)


@given(DAYS)
def test_what_prasan_writes_is_read_again(day: date) -> None:
    written = {
        thai_date(day),
        f"{day.day}/{day.month}/{day.year + BUDDHIST_OFFSET}",
        f"{day.year + BUDDHIST_OFFSET:04}-{day.month:02}-{day.day:02}",
    }
    if day.year >= EARLIEST.year:
        written.add(day.isoformat())
    assert {read_day(text, today=TODAY) for text in written} == {day}


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = read_day(text, today=TODAY)
    except RowRefused:
        return
    assert day is None or date(1950, 1, 1) <= day <= date(2150, 12, 31)
