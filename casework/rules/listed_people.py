"""Names and phones as lists have them: titles joined to names, phones as numbers, marks that show nothing."""

import re
from typing import NamedTuple
from uuid import UUID

from casework.errors import Refusal
from casework.rules.people import canonical_phone
from casework.rules.row_problems import RowRefused
from casework.rules.spelling import mended, one_spelling
from casework.rules.texts import NAME, ascii_digits, clean_line
from models.directory_words import RowProblem

NO_TITLE = "คุณ"
_RANKS = (
    "ว่าที่ร้อยตรีหญิง", "ว่าที่ร้อยตรี", "ว่าที่ร้อยโท", "ว่าที่ร้อยเอก", "ว่าที่ พ.ต.", "ว่าที่พ.ต.", "ว่าที่ ร.ต.หญิง", "ว่าที่ร.ต.หญิง",
    "ว่าที่ ร.ต.", "ว่าที่ร.ต.", "ว่าที่ ร.ท.", "ว่าที่ร.ท.", "ว่าที่ ร.อ.", "ว่าที่ร.อ.", "ดาบตำรวจ", "จ่าสิบเอก", "สิบเอก", "สิบโท", "สิบตรี",
    "ร้อยตำรวจเอก", "ร้อยตำรวจโท", "ร้อยตำรวจตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "ร.ต.อ.",
    "ร.ต.ท.", "ร.ต.ต.", "ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต.", "จ.ส.อ.", "จ.ส.ท.", "จ.ส.ต.", "พ.จ.อ.", "พ.อ.อ.", "ด.ต.", "ส.อ.",
    "ส.ท.", "ส.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.อ.", "ร.ท.", "ร.ต.", "ดร.", "นางสาว", "น.ส.", "นส.", "นาง", "นาย", "คุณ",
)  # fmt: skip
"""What stands before a given name, the longer of two that begin alike first."""
_SHORT = {"น.ส.": "นางสาว", "นส.": "นางสาว"}
_BEGINS_A_NAME = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44]")
_VACANT = re.compile(r"(ตำแหน่ง|อัตรา)? ?ว่าง([ (\[].*)?|[-–—]|\( ?ว่าง ?\)|vacant")
_NUMBER = re.compile(r"^\d+ *[.)] *")
"""A number of the row, written before the name."""
_NOT_IN_A_NAME = re.compile(r"[\d()\[\]{}/\\|…=<>+*@&,;:]|\.\.")
_AND_ANOTHER = re.compile("(และ|กับ)?(ว่าที่|นางสาว|นาง|นาย|น\\.ส\\.|นส\\.)([\u0e01-\u0e2e\u0e40-\u0e44].*)?|และ|กับ")
"""A word with which a second person begins."""
_OF_A_PLACE = "ณ "
"""How the second half of a family name begins, as in `ใจดี ณ อยุธยา`."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_A_NUMBER = re.compile(r"\+?[0-9(][0-9 ().-]{6,}[0-9]")
_WITHOUT_ZERO = re.compile("[2-9][0-9]{7,8}")
"""A Thai number from which Excel took the first zero."""
_COUNTRY = re.compile("66[2-9][0-9]{7,8}")
_TWO = re.compile("(0[689][0-9]{8}|0[2-57][0-9]{7})0[0-9]{8,9}")
"""Two numbers with no more than a space between them."""


class FullName(NamedTuple):
    title: str
    given: str
    family: str


def tidy(text: str) -> str:
    """Give a cell on one line, in one spelling of its marks; refuse it broken or too long."""
    seen = " ".join(mended(text.replace("\u00a0", " ")).split())
    if not seen:
        return ""
    try:
        return clean_line(seen, limit=NAME)
    except Refusal:
        raise RowRefused(RowProblem.TEXT_WRONG, text=seen) from None


def is_vacant(name: str) -> bool:
    """Does the list say in the place of a name that nobody fills the post?"""
    return _VACANT.fullmatch(name.strip().casefold()) is not None


def is_of_several(given: str, family: str) -> bool:
    """Are several people written in the cells on lines of their own, and not one name over two lines?"""
    lines = [line.strip() for line in given.strip().splitlines()]
    whole = [line for line in lines if " " in line and not line.startswith(_OF_A_PLACE)]
    return len(whole) > 1 or (len(lines) > 1 and len(family.strip().splitlines()) > 1)


def read_name(title: str, given: str, family: str) -> FullName:
    """Part what is written together; `given` may have all of it. Refuse what is not the name of one person."""
    whole = f"{given} {family}".strip()
    joined, rest = _part_title(_NUMBER.sub("", given), title)
    title = joined or title
    if not family:
        rest, _, family = rest.partition(" ")
    if not rest:
        raise RowRefused(RowProblem.NAME_MISSING)
    if not family:
        raise RowRefused(RowProblem.FAMILY_NAME_MISSING, text=given)
    words = f"{rest} {family}".split()[1:]
    if _NOT_IN_A_NAME.search(f"{rest}{family}") or (len(words) > 1 and any(map(_AND_ANOTHER.fullmatch, words))):
        raise RowRefused(RowProblem.NAME_WRONG, text=whole)
    return FullName(_SHORT.get(title, title) or NO_TITLE, rest.strip(), family.strip())


def _part_title(name: str, title: str) -> tuple[str, str]:
    """Part the title from the name. Where one is known already, คุณ joined to the name begins it, as of คุณวุฒิ."""
    for rank in _RANKS:
        rest = name.removeprefix(rank)
        if rest != name and _BEGINS_A_NAME.match(rest.strip()) and not (title and rank == NO_TITLE and rest[0] != " "):
            return rank, rest.strip()
    return "", name


def read_phone(text: str) -> str | None:
    """Give the first number of the cell in E.164; None where there is none."""
    plain = _DASHES.sub("-", one_spelling(ascii_digits(text[:NAME]))).replace("o", "0").strip()
    if not any(char.isdigit() for char in plain):
        return None
    found = _A_NUMBER.search(plain)
    digits = re.sub("[^0-9+]", "", found[0]) if found else ""
    if two := _TWO.fullmatch(digits):
        digits = two[1]
    elif _WITHOUT_ZERO.fullmatch(digits):
        digits = f"0{digits}"
    elif _COUNTRY.fullmatch(digits):
        digits = f"+{digits}"
    try:
        return canonical_phone(digits)
    except Refusal:
        raise RowRefused(RowProblem.PHONE_WRONG, text=text.strip()) from None


def read_subject(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise RowRefused(RowProblem.SUBJECT_WRONG, text=text) from None
