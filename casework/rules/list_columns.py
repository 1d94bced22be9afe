"""Where a list has what: its headings, found wherever they stand."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from casework.rules.spelling import one_spelling
from models.directory_words import ListField

F = ListField
HEADINGS_WITHIN = 30
"""Rows from the top in which the headings are looked for: titles, logos and dates stand above them."""
_HEADINGS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (F.SUBJECT, "รหัสผู้ใช้.*|sub|subject|รหัสบัญชี.*"),
        (F.GIVEN_NAME_EN, "ชื่อ(ภาษา)?อังกฤษ|(given|first)name(en|english)?|ชื่อen"),
        (F.FAMILY_NAME_EN, "(นาม)?สกุล(ภาษา)?อังกฤษ|(family|last|sur)name(en|english)?|สกุลen"),
        (F.TITLE, "คำนำหน้า.*|คำนำ|ยศ.*|title"),
        (
            F.NAME,
            (
                "(รายชื่อ|ชื่อตัว|ชื่อ)(และ|กับ)?(นาม|ชื่อ)?สกุล(ภาษา)?(ไทย)?(ของ)?((อาสา|อสร|พี่เลี้ยง).*)?"
                "|(?!.*(จังหวัด|อำเภอ|ตำบล|ประจำปี))(รายชื่อ|ชื่ออาสาสมัคร|ชื่ออสร|ชื่อพี่เลี้ยง).*|(full)?name"
            ),
        ),
        (F.GIVEN_NAME, "ชื่อ(ตัว)?(ภาษา)?(ไทย)?"),
        (F.FAMILY_NAME, "(นาม|ชื่อ)?สกุล(ภาษา)?(ไทย)?"),
        (F.ROLE, "ตำแหน่ง.*|ประเภท.*|หน้าที่|บทบาท|role"),
        (F.PROVINCE, "(ชื่อ)?จังหวัด|province"),
        (F.AMPHOE, "(?!.*(ที่อยู่|ทะเบียน|ภูมิลำเนา|ตำบล))(ชื่อ|ประจำ)?(กิ่ง)?อำเภอ.*|เขต|amphoe|district"),
        (
            F.TAMBON,
            (
                "(?!.*(ที่อยู่|ทะเบียน|ภูมิลำเนา))((ชื่อ|ประจำ)?(ตำบล|แขวง).*|(ชื่อ|ประจำ)?(อำเภอ|เขต).*(ตำบล|แขวง).*)"
                "|พื้นที่.*|เขตพื้นที่.*|tambon|subdistrict"
            ),
        ),
        (
            F.PHONE,
            (
                "(?!.*(สาร|แฟกซ์|fax|ฉุกเฉิน|ญาติ))((เบอร์|หมายเลข|เลข)?(โทรศัพท์|โทร|มือถือ|ติดต่อ).*|(tele|mobile)?phone.*)"
                "|เบอร์|mobile|tel"
            ),
        ),
        (F.SINCE, "(วัน)?(เดือน)?(ปี)?(ที่)?(เริ่ม|แต่งตั้ง|ได้รับแต่งตั้ง|ดำรงตำแหน่ง|เข้ารับ).*|ตั้งแต่(วันที่)?|since|from|start.*"),
        (F.UNTIL, "(วัน)?(เดือน)?(ปี)?(ที่)?(สิ้นสุด|พ้น|ครบวาระ|หมดวาระ|ลาออก).*|ถึง(วันที่)?|until|to|end.*"),
    )
)
_NOT_LETTERS = re.compile("[^\\w\u0e01-\u0e4e]|_")
HAS_NAME, HAS_PLACE = frozenset({F.NAME, F.GIVEN_NAME}), frozenset({F.AMPHOE, F.TAMBON})
_MENTOR = "พี่เลี้ยง"


class Sheet(NamedTuple):
    """A sheet of a workbook as texts; a merged cell has its text in each of its places."""

    name: str
    rows: Sequence[Sequence[str]]


class Headings(NamedTuple):
    """The headings of a list: rows from `first` to `last`, which columns they name, and their words for a name."""

    first: int
    last: int
    columns: Mapping[ListField, Sequence[int]]
    of_names: str


@lru_cache(maxsize=4096)
def field_of(heading: str) -> ListField | None:
    plain = _plain(heading)
    return next((field for field, pattern in _HEADINGS if pattern.fullmatch(plain)), None)


def _plain(heading: str) -> str:
    return _NOT_LETTERS.sub("", one_spelling(heading))


def headings_of(sheet: Sheet) -> list[Headings]:
    """Find the rows that name a person and a place: those of each page and each table; none in what is no list.

    Two of them directly below each other are of one list: the lower one counts, unless it names fewer columns.
    """
    found: list[Headings] = []
    for at, row in enumerate(sheet.rows):
        if not found and at >= HEADINGS_WITHIN:
            break
        here = _headings_in(row, at)
        if here is None:
            continue
        if found and found[-1].last == at - 1:
            above = found.pop()
            lower = here if len(here.columns) >= len(above.columns) else above
            here = lower._replace(first=above.first, last=at, of_names=f"{above.of_names} {here.of_names}")
        found.append(here)
    return found


def _headings_in(row: Sequence[str], at: int) -> Headings | None:
    """Read a row of headings; beside the name of a volunteer, what it says of their mentor is passed over."""
    fields = [(column, field, _MENTOR in _plain(cell)) for column, cell in enumerate(row) if (field := field_of(cell))]
    volunteers = any(field in HAS_NAME and not mentor for _, field, mentor in fields)
    columns: dict[ListField, list[int]] = {}
    for column, field, mentor in fields:
        if not (mentor and volunteers):
            columns.setdefault(field, []).append(column)
    if not (columns.keys() & HAS_NAME and columns.keys() & HAS_PLACE):
        return None
    of_names = " ".join(row[column] for field in columns.keys() & HAS_NAME for column in columns[field])
    return Headings(at, at, _one_name(columns), of_names)


def _one_name(columns: dict[ListField, list[int]]) -> Mapping[ListField, Sequence[int]]:
    """Read ชื่อ alone as the whole name, and ชื่อสกุล beside it as the family name."""
    if F.GIVEN_NAME in columns and F.NAME in columns and F.FAMILY_NAME not in columns:
        columns[F.FAMILY_NAME] = columns.pop(F.NAME)
    elif F.GIVEN_NAME in columns and F.FAMILY_NAME not in columns:
        columns[F.NAME] = columns.pop(F.GIVEN_NAME)
    return columns
