"""Tracking codes that people read over the phone."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.tracking import ALPHABET, is_same, make_tracking_code, read_tracking_code

KEY = b"a key of thirty-two bytes......."
KNOWN = "7C32-2PCT-TEXF-S"

codes = st.builds(
    lambda case_id, generation: make_tracking_code(KEY, case_id=case_id, generation=generation),
    st.integers(1, 2**62),
    st.integers(1, 10_000),
)


def test_a_code_is_sixty_bits_of_the_hmac_and_a_sign_that_checks_them() -> None:
    assert make_tracking_code(KEY, case_id=17, generation=1) == KNOWN
    digest = hmac.digest(KEY, b"17/1", hashlib.sha256)
    number = 0
    for sign in KNOWN.replace("-", "")[:12]:
        number = number * 32 + ALPHABET.index(sign)
    assert number == int.from_bytes(digest[:8]) >> 4


def test_a_code_is_another_for_another_key_case_or_generation() -> None:
    made = {
        make_tracking_code(KEY, case_id=17, generation=1),
        make_tracking_code(KEY[::-1], case_id=17, generation=1),
        make_tracking_code(KEY, case_id=18, generation=1),
        make_tracking_code(KEY, case_id=17, generation=2),
        make_tracking_code(KEY, case_id=1, generation=71),
    }
    assert len(made) == 5


def test_the_alphabet_has_no_sign_that_is_taken_for_another() -> None:
    assert (len(ALPHABET), len(set(ALPHABET))) == (32, 32)
    assert set("ILOU").isdisjoint(ALPHABET)


@given(codes)
def test_a_code_reads_back_as_itself(code: str) -> None:
    assert read_tracking_code(code) == code
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 1]


@pytest.mark.parametrize(
    "typed",
    [
        "7c32-2pct-texf-s",
        "7C322PCTTEXFS",
        " 7 C 3 2 2 P C T T E X F S ",
        "๗C๓๒-๒PCT-TEXF-S",
        "7C32–2PCT—TEXF.S",
        "7C32/2PCT\tTEXF\nS",
    ],
)
def test_what_people_type_is_read(typed: str) -> None:
    assert read_tracking_code(typed) == KNOWN


@given(codes)
def test_letters_that_look_like_digits_are_read_as_these(code: str) -> None:
    for letter, digit in (("O", "0"), ("o", "0"), ("I", "1"), ("l", "1")):
        assert read_tracking_code(code.replace(digit, letter)) == code


@given(codes, st.data())
def test_any_single_wrong_sign_is_found(code: str, data: st.DataObject) -> None:
    signs = code.replace("-", "")
    at = data.draw(st.integers(0, len(signs) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(signs[at], "")))
    assert read_tracking_code(signs[:at] + wrong + signs[at + 1 :]) is None


@given(codes, st.integers(0, 11))
def test_two_swapped_neighbours_are_found_unless_they_are_the_ends_of_the_alphabet(code: str, at: int) -> None:
    signs = code.replace("-", "")
    swapped = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
    missed = signs[at] == signs[at + 1] or {signs[at], signs[at + 1]} == {"0", "Z"}
    assert read_tracking_code(swapped) == ("-".join(_groups(swapped)) if missed else None)


def _groups(signs: str) -> list[str]:
    return [signs[at : at + 4] for at in range(0, len(signs), 4)]


@pytest.mark.parametrize("typed", ["", "-", "7C32-2PCT-TEXF", KNOWN + "S", "U" * 13, "ก" * 13, "0" * 61, "\ud800" * 13])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_tracking_code(typed) is None


@given(st.text())
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    read = read_tracking_code(text)
    assert read is None or read_tracking_code(read) == read


def test_only_the_right_code_is_the_same_and_none_never_is() -> None:
    assert is_same(KNOWN, KNOWN)
    assert not is_same(KNOWN, "7C32-2PCT-TEXF-T")
    assert not is_same(None, KNOWN)
