"""Whether two records may be of one person: how alike the names are, and what home and age say to it.

It proposes and never decides: a person looks at what it found. docs/reference/matching.md has the figures.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

from casework.rules.sounds import SIGNS, SILENCED, TONES, is_thai, keys_of, lk82, skeleton
from casework.rules.spelling import one_spelling

SAME, LIKE = 98, 80
"""Out of 100: from where on two names are one name in two spellings, and from where on they are alike."""
WORTH_SHOWING = 86
"""Out of 100: the least score of a candidate that nothing but the name speaks for."""
ACROSS_SCRIPTS = 97
"""The most that a Thai and a Latin spelling can be alike: their consonants are compared, and no vowel."""
TURNED = 0.97
"""What is left of a likeness when given name and family name stand in each other's place."""
OTHER_SOUND, OTHER_BONES = 0.95, 0.9
"""What is left of a likeness when the soundex differs, and when the consonants themselves do."""

TITLES = (
    "นางสาว", "น.ส.", "นส.", "นาง", "นาย", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง", "ว่าที่ ร.ต.", "พระ", "ลุง", "ป้า",
    "mr.", "mrs.", "miss", "ms.", "mr", "mrs", "ms",
)  # fmt: skip
"""What stands before a given name, the longer of two that begin alike first."""
_BARE_TITLES = frozenset({"พระ", "ลุง", "ป้า", "miss", "mr", "mrs", "ms"})
"""Names begin like them (พระพร): they go only when a space follows."""
_BEGINS_A_NAME = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44a-z]")
_ONE_LETTER = str.maketrans(
    {
        letter: one
        for one, letters in {"ไ": "ใ", "น": "ณ", "ส": "ศษซ", "ล": "ฬ", "ด": "ฎ", "ต": "ฏ", "ท": "ฐฑฒธ", "พ": "ภผ",
                             "ช": "ฉฌ", "ค": "ฆฅฃ"}.items()
        for letter in letters
    }
)  # fmt: skip
"""Letters that sound alike and are written for one another."""
_SPELT = (
    (re.compile("ญ(?=$|[\u0e01-\u0e2e])"), "น"),
    (re.compile("ญ"), "ย"),
    (re.compile("รร(?=[\u0e01-\u0e2e][\u0e30-\u0e3a])"), "\u0e31น"),
    (re.compile("รร(?=[\u0e01-\u0e2e])"), "\u0e31"),
    (re.compile("รร"), "\u0e31น"),
    (re.compile("\u0e33"), "\u0e31ม"),
    (re.compile("^ทร(?=[\u0e01-\u0e2e\u0e31])"), "ส"),
    (re.compile("\u0e35"), "\u0e34"),
    (re.compile("\u0e37"), "\u0e36"),
    (re.compile("\u0e39"), "\u0e38"),
    (re.compile("ะ"), ""),
    (re.compile("ฤ"), "ร\u0e36"),
)
_NOT_LETTERS = re.compile("[^\\w\u0e01-\u0e4e]|_")


class Name(NamedTuple):
    given: str
    family: str


class Known(NamedTuple):
    """What is known of one person; all but the name may be missing. A year is of the Christian era."""

    name: Name
    area_code: str | None = None
    birth_year: int | None = None


class Likeness(NamedTuple):
    """`score` is out of 100; `name` is what the names alone say."""

    score: int
    name: int
    area_same: bool
    age_like: bool


def plain(part: str) -> str:
    """Give a given or a family name without title, marks and spaces."""
    text = one_spelling(part).strip()
    for title in TITLES:
        rest = text.removeprefix(title)
        if rest != text and (title not in _BARE_TITLES or rest[:1].isspace()) and _BEGINS_A_NAME.match(rest.strip()):
            text = rest.strip()
            break
    return _NOT_LETTERS.sub("", text)


def fold(part: str) -> str:
    """Give one form to the spellings of a given or a family name."""
    text = SIGNS.sub("", SILENCED.sub("", TONES.sub("", plain(part)))).translate(_ONE_LETTER)
    for pattern, replacement in _SPELT:
        text = pattern.sub(replacement, text)
    return text


def keys_of_names(names: Sequence[Name]) -> list[str]:
    """Give the keys under which a person with these names is kept, in order."""
    return sorted(keys_of([plain(part) for name in names for part in name]))


def alike(one: str, other: str) -> float:
    """Say how alike two given names or two family names are, out of 100."""
    if is_thai(one) != is_thai(other):
        bones = skeleton(plain(one)), skeleton(plain(other))
        return ratio(*bones) * ACROSS_SCRIPTS / 100 if all(bones) else 0
    folded = fold(one), fold(other)
    if not all(folded):
        return 0
    likeness = (ratio(*folded) + 100 * JaroWinkler.similarity(*folded)) / 2
    return likeness * _sound_says(*folded)


def _sound_says(one: str, other: str) -> float:
    """What the sound leaves of the likeness of two folded words."""
    if one == other:
        return 1
    if skeleton(one) != skeleton(other):
        return OTHER_BONES
    return 1 if lk82(one) == lk82(other) else OTHER_SOUND


def names_alike(one: Name, other: Name) -> float:
    """Say how alike two whole names are: the weaker half counts most."""
    straight = _together(alike(one.given, other.given), alike(one.family, other.family))
    turned = _together(alike(one.given, other.family), alike(one.family, other.given)) * TURNED
    return max(straight, turned)


def _together(given: float, family: float) -> float:
    return min(given, family) * 0.6 + max(given, family) * 0.4


_AREA_WEIGHS = {6: 8, 4: 5, 2: 0}
"""Digits of the code that both homes share, and what that says."""
_AREA_ELSEWHERE = -8
_AGE_WEIGHS = ((0, 8), (1, 5), (3, 0), (6, -8))
_AGE_OTHER = -25
"""Years between two births, and what they say; the register of a village often has the year wrong by one."""


def likeness(one: Known, other: Known) -> Likeness:
    name = names_alike(one.name, other.name)
    area, age = _area_says(one.area_code, other.area_code), _age_says(one.birth_year, other.birth_year)
    score = max(0, min(100, round(name + area + age))) if name >= LIKE else 0
    return Likeness(score, round(name), area > 0, age > 0)


def _area_says(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return 0
    return next((says for digits, says in _AREA_WEIGHS.items() if one[:digits] == other[:digits]), _AREA_ELSEWHERE)


def _age_says(one: int | None, other: int | None) -> int:
    if one is None or other is None:
        return 0
    apart = abs(one - other)
    return next((says for most, says in _AGE_WEIGHS if apart <= most), _AGE_OTHER)


def best(wanted: Known, others: Sequence[Known]) -> Likeness:
    """Compare with all names that one person is known by."""
    return max(likeness(wanted, other) for other in others)
