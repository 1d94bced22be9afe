"""What a cell of a list, or a line between its rows, says of a place: levels, names and the words around them."""

import re
from typing import NamedTuple

from casework.rules.posts import AMPHOE_DIGITS
from casework.rules.row_problems import RowRefused
from casework.rules.spelling import one_spelling
from casework.rules.texts import NAME
from models.directory_words import RowProblem

PROVINCE_DIGITS, TAMBON_DIGITS = 2, 6
_MARKERS = (
    (TAMBON_DIGITS, ("ตำบล", "แขวง", "ต.")),
    (AMPHOE_DIGITS, ("กิ่งอำเภอ", "อำเภอ", "เขต", "อ.")),
    (PROVINCE_DIGITS, ("จังหวัด", "จ.")),
)
_LEVEL_OF = {marker: digits for digits, markers in _MARKERS for marker in markers}
_PART = re.compile(
    "(?:^|(?<=[ ,]))(?!เขต *เทศบาล)("
    + "|".join(re.escape(marker) for marker in sorted(_LEVEL_OF, key=len, reverse=True))
    + ")(?! *[\u0e01-\u0e2e]\\. *[\u0e01-\u0e2e]\\.(?:[ ,]|$)) *([^ ,]+)"
)
"""A level and a name; not the first letter of a name of three, as the tambon จ.ป.ร. has, and no municipality."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_AND = re.compile(",|และ")
_NARROWER = re.compile(r"หมู่|ม\.|บ้าน|เลขที่|(เขต *)?เทศบาล|ทต|ทม|อบต|ทั้ง|[0-9]|\W*$")
"""How a text begins that may stand beside a place and names no other one."""
_NUMBER = re.compile(r"^[0-9]+ *[.)] *")
_COUNT = re.compile(r" *(\([^()]*\)|จำนวน[^()]*|(?<= )รวม[^()]*|[0-9]+ *(คน|ราย|ตำบล))$")
_NAMES_AMPHOE = re.compile(r"อำเภอ|จังหวัด|(^|[ ,(])(เขต|[อจ]\. *[\u0e01-\u0e44])")


class PlaceNames(NamedTuple):
    """What a row says of a place; a part that it does not name is empty."""

    province: str = ""
    amphoe: str = ""
    tambon: str = ""


def said(province: str, amphoe: str, tambon: str) -> PlaceNames:
    """Read the three cells; one of them may name the levels above it too, as `ต.หนองกอมเกาะ อ.เมือง จ.หนองคาย`."""
    found: dict[int, str] = {}
    for digits, text in ((PROVINCE_DIGITS, province), (AMPHOE_DIGITS, amphoe), (TAMBON_DIGITS, tambon)):
        parts, rest = _parts(text)
        if text and digits not in parts:
            parts[digits] = rest
        elif any(_NARROWER.match(each.strip()) is None for each in _AND.split(_IN_BRACKETS.sub(",", rest))):
            raise RowRefused(RowProblem.PLACES_SEVERAL, text=text)
        found |= {level: name for level, name in parts.items() if name}
    return _names(found)


def _parts(text: str) -> tuple[dict[int, str], str]:
    """Give the name of each level that the text names, and what stands around them; refuse two names of a level."""
    parts: dict[int, str] = {}
    for marker, name in _PART.findall(plain(text)):
        if parts.setdefault(_LEVEL_OF[marker], name) != name:
            raise RowRefused(RowProblem.PLACES_SEVERAL, text=text)
    return parts, _PART.sub("", plain(text)).strip()


def _names(found: dict[int, str]) -> PlaceNames:
    return PlaceNames(*(found.get(digits, "") for digits in (PROVINCE_DIGITS, AMPHOE_DIGITS, TAMBON_DIGITS)))


def place_above(line: str, word: str) -> str:
    """Give what a line above a list calls by this word for a level, such as `จังหวัดหนองคาย`; empty without it."""
    found = re.search(f"{word} *([^ ,]+)", plain(line))
    return found[1] if found else ""


def place_alone(line: str) -> PlaceNames | None:
    """Read a line that names an amphoe or a province and nothing else but its number and a count; None for another."""
    alone = _NUMBER.sub("", plain(line[:NAME]))
    while (shorter := _COUNT.sub("", alone)) != alone:
        alone = shorter
    try:
        parts, rest = _parts(alone)
    except RowRefused:
        return None
    return None if any(map(str.isalnum, rest)) or not parts or TAMBON_DIGITS in parts else _names(parts)


def names_amphoe(line: str) -> bool:
    """Does the line speak of an amphoe or a province, whatever else it says?"""
    return _NAMES_AMPHOE.search(plain(line)) is not None


def plain(text: str) -> str:
    return " ".join(one_spelling(text).split())
