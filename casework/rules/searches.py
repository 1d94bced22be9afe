"""What somebody types to find cases: words, or a case's reference read out whole or in part."""

import re
from typing import NamedTuple

from casework.errors import Refusal
from casework.rules.references import make_reference, read_reference
from casework.rules.texts import ascii_digits
from casework.rules.words import tidy_search, words_wanted

_SIGNS = re.compile(r"[\s\-–—./]")
_DIGITS = re.compile("[0-9]+")
_WITHOUT_CHECK_DIGIT = re.compile("([0-9]{2})([0-9]{4})([0-9]{5})")
LONGEST_SEQUENCE = 9
SEQUENCE_DIGITS = 5


class CaseSearch(NamedTuple):
    """Ways in which a case may answer a search; any of them does."""

    reference: str | None
    sequence: str | None
    words: str


def read_case_search(text: str, *path: str) -> CaseSearch:
    """Read a search; refuse what is too long, broken or too little to be a word or a number."""
    digits = _SIGNS.sub("", ascii_digits(tidy_search(text, *path)))
    if not _DIGITS.fullmatch(digits):
        digits = ""
    return CaseSearch(_reference(digits), _sequence(digits), words_wanted(text, *path))


def _reference(digits: str) -> str | None:
    """Give the reference that the digits are, with or without the check digit."""
    match = _WITHOUT_CHECK_DIGIT.fullmatch(digits)
    if match:
        return make_reference(province=match[1], buddhist_year=int(match[2]), sequence=int(match[3]))
    try:
        return read_reference(digits)
    except Refusal:
        return None


def _sequence(digits: str) -> str | None:
    """Give the digits as they stand third in a reference."""
    return digits.lstrip("0").rjust(SEQUENCE_DIGITS, "0") if 0 < len(digits) <= LONGEST_SEQUENCE else None
