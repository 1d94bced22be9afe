"""Identifiers and phone numbers of citizens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import RefusalCode
from casework.rules.people import canonical_identifier, canonical_phone, check_birth_year
from models.vocabulary import IdentifierKind
from tests.casework.refusals import refused
from tests.world import MONDAY

NATIONAL_ID, PASSPORT, PINK_CARD = IdentifierKind.NATIONAL_ID, IdentifierKind.PASSPORT, IdentifierKind.PINK_CARD
PATH = ("input", "identifiers", "0", "number")


def with_check_digit(twelve: str) -> str:
    """Weights 13 to 2, modulo 11: the rule of the Department of Provincial Administration."""
    total = sum(weight * int(digit) for weight, digit in zip(range(13, 1, -1), twelve, strict=True))
    return f"{twelve}{(11 - total % 11) % 10}"


def twelve_digits(first: str) -> st.SearchStrategy[str]:
    rest = st.text("0123456789", min_size=11, max_size=11)
    return st.builds(str.__add__, st.sampled_from(first), rest)


@given(twelve_digits("12345678"))
def test_a_national_id_with_its_check_digit_is_accepted_and_with_any_other_refused(twelve: str) -> None:
    right = with_check_digit(twelve)
    assert canonical_identifier(NATIONAL_ID, right) == right
    for last in set("0123456789") - {right[-1]}:
        with refused(RefusalCode.NATIONAL_ID_INVALID):
            canonical_identifier(NATIONAL_ID, twelve + last)


@given(twelve_digits("0678"))
def test_a_pink_card_begins_with_0_6_7_or_8_and_has_the_same_check_digit(twelve: str) -> None:
    right = with_check_digit(twelve)
    assert canonical_identifier(PINK_CARD, right) == right
    with refused(RefusalCode.PINK_CARD_INVALID):
        canonical_identifier(PINK_CARD, twelve + str((int(right[-1]) + 1) % 10))


@pytest.mark.parametrize("typed", ["1-2345-45678-78-1", "1 2345 45678 78 1", " 1234545678781\n", "1234545678781"])
def test_separators_of_a_national_id_do_not_matter(typed: str) -> None:
    assert canonical_identifier(NATIONAL_ID, typed) == "1234545678781"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "123454567878",
        "12345456787811",
        "123454567878X",
        "๑๒๓๔๕๔๕๖๗๘๗๘๑x",
        "001",
        "0011",
        "010",
        with_check_digit("000000000000"),
        with_check_digit("012345678901"),
        with_check_digit("912345678901"),
        "1234545678781" + " " * 60 + "1",
        "1" * 100_000,
        "\ud800",
        "\x00",
    ],
)
def test_what_is_no_national_id_is_refused(typed: str) -> None:
    with refused(RefusalCode.NATIONAL_ID_INVALID, *PATH):
        canonical_identifier(NATIONAL_ID, typed, *PATH)


@pytest.mark.parametrize(
    "typed", ["", "0", "001", with_check_digit("123456789012"), with_check_digit("912345678901"), "0" * 14, "0-ก"]
)
def test_what_is_no_pink_card_is_refused(typed: str) -> None:
    with refused(RefusalCode.PINK_CARD_INVALID, *PATH):
        canonical_identifier(PINK_CARD, typed, *PATH)


@pytest.mark.parametrize(
    ("typed", "canonical"), [("aa 123-4567", "AA1234567"), ("P1234", "P1234"), ("MA" * 6, "MA" * 6)]
)
def test_a_passport_is_five_to_twelve_letters_and_digits_in_upper_case(typed: str, canonical: str) -> None:
    assert canonical_identifier(PASSPORT, typed) == canonical


@pytest.mark.parametrize(
    "typed", ["", "AA12", "A" * 13, "AA_12345", "ก1234567", "AA1234567;", "AA12345" + " " * 60 + "!"]
)
def test_what_is_no_passport_is_refused(typed: str) -> None:
    with refused(RefusalCode.PASSPORT_INVALID, *PATH):
        canonical_identifier(PASSPORT, typed, *PATH)


@pytest.mark.parametrize(
    "typed",
    [
        "0812345678",
        "081-234-5678",
        "081 234 5678",
        "(081) 234.5678",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        "+66812345678",
        "+66 81 234 5678",
        "+66 0812345678",
        "66812345678",
        "tel:0812345678",
        " 0812345678\n",
    ],
)
def test_a_thai_mobile_number_is_one_number_however_it_is_spelt(typed: str) -> None:
    assert canonical_phone(typed) == "+66812345678"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("042 411 778", "+6642411778"),
        ("02-232-1000", "+6622321000"),
        ("+856 20 5555 5555", "+8562055555555"),
        ("+95 9 7777 12345", "+95977771234" + "5"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_numbers_of_lines_and_of_other_countries_are_kept_in_e164(typed: str, canonical: str) -> None:
    assert canonical_phone(typed) == canonical


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "0", "+", "+9", "1506", "08123456789", "081234567", "0012345678", "+66 99", "\ud800", "\x00",
     "0812345678" + " " * 60 + "x", "0" * 1_000_000],
)  # fmt: skip
def test_what_nobody_can_call_is_refused(typed: str) -> None:
    with refused(RefusalCode.PHONE_INVALID, "input", "phones", "1"):
        canonical_phone(typed, "input", "phones", "1")


@pytest.mark.parametrize("year", [None, 1906, 1980, 2026])
def test_a_year_of_birth_of_the_christian_era_is_taken(year: int | None) -> None:
    assert check_birth_year(year, "input", "birthYear", now=MONDAY) == year


@pytest.mark.parametrize(
    ("year", "code"),
    [
        (2523, RefusalCode.BUDDHIST_YEAR), (2300, RefusalCode.BUDDHIST_YEAR), (1905, RefusalCode.BIRTH_YEAR_INVALID),
        (2027, RefusalCode.BIRTH_YEAR_INVALID), (23, RefusalCode.BIRTH_YEAR_INVALID),
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_one_of_birth_is_refused(year: int, code: RefusalCode) -> None:
    with refused(code, "input", "birthYear"):
        check_birth_year(year, "input", "birthYear", now=MONDAY)
