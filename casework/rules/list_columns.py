"""Where a list has what: its headings, found wherever they stand, and the rows under them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from casework.rules.listed_places import place_above
from casework.rules.spelling import one_spelling
from models.directory_words import ListField

F = ListField
HEADINGS_WITHIN = 30
"""Rows from the top in which the headings are looked for: titles, logos and dates stand above them."""
EXAMPLE = "ตัวอย่าง"
"""What the first cell of a row says that shows how to fill a list in."""
_HEADINGS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (F.SUBJECT, "รหัสผู้ใช้.*|sub|subject|รหัสบัญชี.*"),
        (F.GIVEN_NAME_EN, "ชื่อ(ภาษา)?อังกฤษ|(given|first)name(en|english)?|ชื่อen"),
        (F.FAMILY_NAME_EN, "(นาม)?สกุล(ภาษา)?อังกฤษ|(family|last|sur)name(en|english)?|สกุลen"),
        (F.TITLE, "คำนำหน้า.*|คำนำ|ยศ.*|title"),
        (F.NAME, "(รายชื่อ|ชื่อตัว|ชื่อ)(และ|กับ)?(นาม|ชื่อ)?สกุล(ภาษา)?(ไทย)?|รายชื่อ.*|ชื่ออาสาสมัคร.*|ชื่อพี่เลี้ยง|(full)?name"),
        (F.GIVEN_NAME, "ชื่อ(ตัว)?(ภาษา)?(ไทย)?"),
        (F.FAMILY_NAME, "(นาม|ชื่อ)?สกุล(ภาษา)?(ไทย)?"),
        (F.ROLE, "ตำแหน่ง.*|ประเภท.*|หน้าที่|บทบาท|role"),
        (F.PROVINCE, "(ชื่อ)?จังหวัด|province"),
        (F.AMPHOE, "(ชื่อ)?อำเภอ(เขต)?|เขต|amphoe|district"),
        (F.TAMBON, "(ชื่อ)?ตำบล(แขวง|ที่รับผิดชอบ)?|แขวง|พื้นที่.*|เขตพื้นที่.*|tambon|subdistrict"),
        (F.PHONE, "(เบอร์|หมายเลข|เลข)?(โทรศัพท์|โทร|มือถือ|ติดต่อ).*|เบอร์|(tele|mobile)?phone.*|mobile|tel"),
        (F.SINCE, "(วัน)?(เดือน)?(ปี)?(ที่)?(เริ่ม|แต่งตั้ง|ได้รับแต่งตั้ง|ดำรงตำแหน่ง|เข้ารับ).*|ตั้งแต่(วันที่)?|since|from|start.*"),
        (F.UNTIL, "(วัน)?(เดือน)?(ปี)?(ที่)?(สิ้นสุด|พ้น|ครบวาระ|หมดวาระ|ลาออก).*|ถึง(วันที่)?|until|to|end.*"),
    )
)
_NOT_LETTERS = re.compile("[^\\w\u0e01-\u0e4e]|_")
_HAS_NAME, _HAS_PLACE = frozenset({F.NAME, F.GIVEN_NAME}), frozenset({F.AMPHOE, F.TAMBON})
_SAY_WHO = frozenset({F.NAME, F.GIVEN_NAME, F.FAMILY_NAME, F.PHONE, F.SUBJECT})
_DASHES = frozenset("-–—")
"""In the place of a name they say that the post is empty."""
_SECTION = re.compile("^(จังหวัด|อำเภอ|เขต) *[^ ]+$")


class Sheet(NamedTuple):
    """A sheet of a workbook as texts; a merged cell has its text in each of its places."""

    name: str
    rows: Sequence[Sequence[str]]


class Line(NamedTuple):
    """A row of a list: where it stands, and what is in its columns."""

    sheet: str
    row: int
    cells: Mapping[ListField, str]

    def says(self, field: ListField) -> str:
        return self.cells.get(field, "")


class Headings(NamedTuple):
    row: int
    columns: Mapping[ListField, Sequence[int]]


def field_of(heading: str) -> ListField | None:
    plain = _NOT_LETTERS.sub("", one_spelling(heading))
    return next((field for field, pattern in _HEADINGS if pattern.fullmatch(plain)), None)


def headings_of(sheet: Sheet) -> Headings | None:
    """Find the row that names most columns, the lower of two alike; None if no row names a person and a place."""
    best: Headings | None = None
    for at, row in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        columns: dict[ListField, list[int]] = {}
        for column, cell in enumerate(row):
            field = field_of(cell)
            if field is not None:
                columns.setdefault(field, []).append(column)
        if columns.keys() & _HAS_NAME and columns.keys() & _HAS_PLACE and (best is None or _counts(columns, best)):
            best = Headings(at, _one_name(columns))
    return best


def _counts(columns: Mapping[ListField, Sequence[int]], best: Headings) -> bool:
    return len(columns) >= len(best.columns)


def _one_name(columns: dict[ListField, list[int]]) -> Mapping[ListField, Sequence[int]]:
    """Read ชื่อ alone as the whole name, and ชื่อสกุล beside it as the family name."""
    if F.GIVEN_NAME in columns and F.NAME in columns and F.FAMILY_NAME not in columns:
        columns[F.FAMILY_NAME] = columns.pop(F.NAME)
    elif F.GIVEN_NAME in columns and F.FAMILY_NAME not in columns:
        columns[F.NAME] = columns.pop(F.GIVEN_NAME)
    return columns


def lines_of(sheet: Sheet, headings: Headings) -> Iterator[Line]:
    """Give the rows under the headings that say something, each with the province and amphoe that hold for it."""
    above = " ".join([sheet.name, *(cell for row in sheet.rows[: headings.row] for cell in row)])
    holds = {F.PROVINCE: place_above(above, "จังหวัด"), F.AMPHOE: place_above(above, "อำเภอ")}
    for at, row in enumerate(sheet.rows[headings.row + 1 :], headings.row + 2):
        said = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        section = _SECTION.fullmatch(one_spelling(said[0])) if len(said) == 1 else None
        if section is not None:
            holds |= {F.PROVINCE: said[0], F.AMPHOE: ""} if section[1] == "จังหวัด" else {F.AMPHOE: said[0]}
            continue
        cells = {field: _joined(row, field, columns) for field, columns in headings.columns.items()}
        if not any(cells.values()) or said[0] == EXAMPLE or _is_heading(cells):
            continue
        for field in (F.PROVINCE, F.AMPHOE):
            if cells.get(field):
                if field is F.PROVINCE and cells[field] != holds[field]:
                    holds[F.AMPHOE] = ""
                holds[field] = cells[field]
        if not cells.get(F.TAMBON) and not any(cells.get(field) for field in _SAY_WHO):
            continue
        yield Line(sheet.name, at, {**cells, **holds})


def _joined(row: Sequence[str], field: ListField, columns: Sequence[int]) -> str:
    """Give what the cells say together; one that was merged over several columns says it once, and a dash nothing."""
    said = (row[column].strip() for column in columns if column < len(row))
    text = " ".join(dict.fromkeys(text for text in said if text))
    return "" if text in _DASHES and field not in _HAS_NAME else text


def _is_heading(cells: Mapping[ListField, str]) -> bool:
    """Is the row the headings once more, as lists repeat them on each page?"""
    named = [field for field, text in cells.items() if text and field_of(text) is field]
    return len(named) >= len(_HAS_NAME)
