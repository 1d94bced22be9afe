"""No cell of a file is a formula, and days are those of Bangkok in the era that was asked for."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.cells import guarded, written_day
from models.export_words import ExportEra

FORMULAS = (
    "=1+1",
    "+66",
    "-2",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff@A",
    "\x00=1",
)


@pytest.mark.parametrize("text", [*FORMULAS, "\tก", "\rก", "\nก", "\n=1"])
def test_what_a_spreadsheet_might_take_for_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ก=1", "1-2", "'=1", "ค่าจ้างค้างจ่าย", "43-2569-00001-4", " ก"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_no_text_begins_with_a_sign_of_formulas_after_the_guard(text: str) -> None:
    shown = guarded(text).lstrip()
    assert shown[:1] not in set("=+-@＝＋－＠")
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


def test_days_are_of_bangkok_in_either_era() -> None:
    late = datetime(2026, 11, 29, 18, 5, tzinfo=UTC)
    assert written_day(late, ExportEra.GREGORIAN) == datetime(2026, 11, 30, 1, 5)  # noqa: DTZ001 - Excel knows no zone
    assert written_day(late, ExportEra.BUDDHIST) == "30 พ.ย. 2569 01:05 น."
    assert written_day(date(2026, 11, 30), ExportEra.GREGORIAN) == date(2026, 11, 30)
    assert written_day(date(2026, 11, 30), ExportEra.BUDDHIST) == "30 พ.ย. 2569"
