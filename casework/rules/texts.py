"""Texts that people type: cleaned, limited, and refused when broken."""

import re
import unicodedata

from casework.errors import Refusal, RefusalCode

NAME = 100
LINE = 300
LONG = 10_000
"""Limits in characters after cleaning."""

_ALLOWED_CONTROLS = frozenset("\n\t\r")
_NON_CHARACTER = 0xFFFE
"""The last two code points of every Unicode plane end in FFFE and FFFF: no text holds them."""
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})
"""Categories of characters that show nothing by themselves."""
_BLANKS = re.compile(r"\s+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Controls that turn the direction of writing: phones put them around numbers; in a name they show another one."""


def has_broken(text: str) -> bool:
    """Tell control characters, lone surrogates and non-characters; zero-width joiners of Thai typing may stay."""
    return any(
        (unicodedata.category(char) in {"Cc", "Cs"} and char not in _ALLOWED_CONTROLS)
        or ord(char) & _NON_CHARACTER == _NON_CHARACTER
        for char in text
    )


def clean(text: str, *path: str, limit: int) -> str:
    """Give the text in NFC without white space at its ends; refuse it empty, broken or too long."""
    if len(text) > 2 * limit + 1000:  # before any work on it
        raise Refusal(RefusalCode.TEXT_TOO_LONG, *path, limit=limit)
    if has_broken(text):
        raise Refusal(RefusalCode.TEXT_BROKEN, *path)
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if all(unicodedata.category(char) in _UNSEEN for char in tidy):
        raise Refusal(RefusalCode.TEXT_MISSING, *path)
    if len(tidy) > limit:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, *path, limit=limit)
    return tidy


def clean_line(text: str, *path: str, limit: int = NAME) -> str:
    """Like `clean`, on one line with single spaces, and written in one direction."""
    return _BLANKS.sub(" ", clean(_TURNS.sub("", text), *path, limit=limit))


def clean_optional(text: str | None, *path: str, limit: int) -> str | None:
    return None if text is None else clean(text, *path, limit=limit)


def ascii_digits(text: str) -> str:
    """Write the digits of every script, such as Thai and Lao ones, as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
