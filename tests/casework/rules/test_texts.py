"""Texts that people type."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refusal, RefusalCode
from casework.rules.texts import LINE, LONG, NAME, clean, clean_line, clean_optional
from tests.casework.refusals import refused

INVISIBLE = [
    "",
    " ",
    "\n\t ",
    "\u200b",
    "\ufeff \u200d",
    "\u00a0\u200b\u00a0",
    "\u200b\u00a0\u200b",
    "\u2060",
    "\u00ad",
]
BROKEN = [
    "a\x00b",
    "a\x07b",
    "\x1b[31m",
    "a\x7fb",
    "a\x9fb",
    "a\ud800b",
    "\udfff",
    "a\ufffeb",
    "a\uffff",
    "a\U0001ffff",
]


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_text_that_shows_nothing_is_missing(text: str) -> None:
    with refused(RefusalCode.TEXT_MISSING, "input", "text"):
        clean(text, "input", "text", limit=LONG)
    with refused(RefusalCode.TEXT_MISSING, "input", "text"):
        clean_line(text, "input", "text")


@pytest.mark.parametrize("text", BROKEN)
def test_control_characters_lone_surrogates_and_non_characters_are_refused(text: str) -> None:
    with refused(RefusalCode.TEXT_BROKEN, "input", "reason"):
        clean(text, "input", "reason", limit=LONG)
    with refused(RefusalCode.TEXT_BROKEN, "input", "reason"):
        clean_line(text, "input", "reason")


@pytest.mark.parametrize("text", ["\x1fabc", "abc\x1c", "abc\x85", "\x00"])
def test_control_characters_at_the_ends_are_refused_and_not_dropped(text: str) -> None:
    with refused(RefusalCode.TEXT_BROKEN):
        clean(text, limit=LONG)


@pytest.mark.parametrize("length", [LONG + 1, 2 * LONG + 1001, 1_048_576])
def test_a_text_beyond_its_limit_is_refused_also_one_of_a_megabyte(length: int) -> None:
    with refused(RefusalCode.TEXT_TOO_LONG, "input", "narrative"):
        clean("ก" * length, "input", "narrative", limit=LONG)


def test_the_refusal_of_a_long_text_names_the_limit() -> None:
    with pytest.raises(Refusal) as caught:
        clean_line("ก" * (NAME + 1))
    assert caught.value.sentence(thai=False) == "Shorten this to 100 characters."


def test_a_text_of_exactly_its_limit_is_kept_whole() -> None:
    assert clean("ก" * LONG, limit=LONG) == "ก" * LONG
    assert clean(f"  {'ก' * LINE}\n", limit=LINE) == "ก" * LINE


def test_characters_count_after_cleaning() -> None:
    decomposed = "e\u0301" * NAME
    assert clean(decomposed, limit=NAME) == "é" * NAME


def test_thai_with_marks_digits_and_zero_width_joints_is_kept_as_typed() -> None:
    typed = "น้ำตก๑๒๓ ฯลฯ ๆ กำลัง\u200bดำเนินการ"
    assert clean(typed, limit=LINE) == unicodedata.normalize("NFC", typed)


def test_lines_and_tabs_of_a_long_text_stay_and_line_ends_become_one_kind() -> None:
    assert clean("\r\n  ข้อ 1\r\n\tข้อ 2\n\n", limit=LINE) == "ข้อ 1\n\tข้อ 2"


@pytest.mark.parametrize(
    "typed",
    ["สม หญิง", "  สม หญิง ", "สม\nหญิง", "สม\tหญิง", "สม  หญิง", "สม\r\nหญิง", "สม \n\t หญิง"],
)
def test_a_line_has_no_breaks_and_single_spaces(typed: str) -> None:
    assert clean_line(typed) == "สม หญิง"


def test_an_optional_text_may_be_absent_but_not_empty() -> None:
    assert clean_optional(None, limit=NAME) is None
    assert clean_optional(" ก ", limit=NAME) == "ก"
    with refused(RefusalCode.TEXT_MISSING, "input", "workplaceName"):
        clean_optional(" ", "input", "workplaceName", limit=NAME)


@given(st.text(max_size=400))
def test_what_is_accepted_is_clean_already_and_can_be_stored(text: str) -> None:
    with suppress(Refusal):
        tidy = clean(text, limit=LINE)
        assert clean(tidy, limit=LINE) == tidy
        assert 0 < len(tidy) <= LINE
        assert "\x00" not in tidy
        assert tidy.encode()


@pytest.mark.parametrize("turn", [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
def test_a_line_is_written_in_one_direction(turn: str) -> None:
    assert clean_line(f"นาย{turn}ใจดี{turn}") == "นายใจดี"
    with refused(RefusalCode.TEXT_MISSING):
        clean_line(turn)
