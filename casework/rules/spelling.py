"""One spelling of what people type in many ways: digits, case, Thai marks, amounts, phone numbers."""

import re
import unicodedata

from casework.rules.texts import ascii_digits

_TONE = "\u0e48-\u0e4b"
_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e3a\u0e47"
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

_MENDED = [
    (re.compile("เเ"), "แ"),
    (re.compile(f"([{_TONE}]?)\u0e4d([{_TONE}]?)\u0e32"), "\\1\\2\u0e33"),  # nikhahit and aa typed for am
    (re.compile(f"([{_TONE}])([{_ABOVE_OR_BELOW}])"), r"\2\1"),  # the tone before the vowel
    (re.compile(f"[{_TONE}]+([{_TONE}])"), r"\1"),  # the wrong tone not taken back
    (re.compile(f"([{_MARK}\u0e30\u0e32\u0e33\u0e45])\\1+"), r"\1"),  # a key that stuck
]
_NUMBERS = [
    (re.compile(r"(?<![0-9])0([0-9]{1,2})[ -]?([0-9]{3})[ -]?([0-9]{3,4})(?![0-9])"), r"0\1\2\3"),  # a phone number
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),  # 15,050
    (re.compile(r"(?<=[0-9])\.0+(?![0-9.])"), ""),  # 15,050.00
]


def mended(text: str) -> str:
    """Write Thai marks the one way that they are meant. What shows nothing, such as zero-width spaces, is gone."""
    seen = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")
    for pattern, replacement in _MENDED:
        seen = pattern.sub(replacement, seen)
    return seen


def one_spelling(text: str) -> str:
    """Write a text the way that the search compares it."""
    plain = mended(ascii_digits(text).casefold())
    for pattern, replacement in _NUMBERS:
        plain = pattern.sub(replacement, plain)
    return plain
