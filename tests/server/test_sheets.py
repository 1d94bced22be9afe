"""Files that people give: read whatever their kind, and harmless whatever is in them."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from casework.rules.list_columns import Sheet, headings_of
from casework.rules.list_lines import lines_of
from models.directory_words import ListField
from server import sheet_reader
from server.problems import StartupProblem
from server.sheets import MOST_BYTES, read_sheets
from tests.casework.rules.listing import areas
from tests.server.office_list import office_list

OLD = Path(__file__).with_name("old_list.xls")
"""Two volunteers of Bueng Kan as Excel 97 keeps them, made with xlwt 1.3.0."""
HEADINGS = ["ชื่อ-สกุล", "ตำบล"]
UNREADABLE, TOO_LONG = "The file cannot be read", "divide it"


def workbook(*cells: tuple[int, int, Any], **options: Any) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("ก")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return content.getvalue()


GOOD = workbook((0, 0, HEADINGS[0]), (0, 1, HEADINGS[1]), (1, 0, "นายก ข"), (1, 1, "น้ำโมง"))


def merged(text: str, row: int, column: int) -> bytes:
    """Give a workbook with one text over all cells up to this one."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("ก")
        sheet.write(0, 0, text)
        sheet.write(row, column, "ข")
        sheet.merge_range(0, 0, row - 1, column, text)
    return content.getvalue()


def repacked(content: bytes, part: str, into: bytes) -> bytes:
    """Give the zip file with another content in one of its parts."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, into if name == part else old.read(name))
    return made.getvalue()


def test_an_office_list_has_its_62_volunteers_and_9_mentors() -> None:
    sheets = [Sheet(**sheet) for sheet in sheet_reader.read(office_list(areas()))]
    found = {sheet.name: headings_of(sheet) for sheet in sheets}
    lines = [line for sheet in sheets for line in lines_of(sheet, found[sheet.name])]
    assert {sheet: sum(line.sheet == sheet for line in lines) for sheet in found} == {"อสร.": 62, "พี่เลี้ยง": 9}
    assert {line.says(ListField.PROVINCE) for line in lines} == {"หนองคาย"}
    assert {line.says(ListField.AMPHOE) for line in lines[:16]} == {"เมือง"}  # one cell over all their rows


def test_cells_are_given_as_they_are_seen() -> None:
    day, content = date(2569, 10, 1), BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, hidden = book.add_worksheet("ก"), book.add_worksheet("ข")
        hidden.hide()
        sheet.merge_range(1, 0, 2, 1, "เมือง")
        sheet.write_number(3, 0, 812345678)
        sheet.write_datetime(3, 1, day, book.add_format({"num_format": "d/m/yyyy"}))
        sheet.write_formula(4, 0, '="นาย"&"ก"', None, "นายก")
        sheet.write_formula(4, 1, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(5, 0, True)
        sheet.write_number(5, 1, 1.5)
    (read,) = sheet_reader.read(content.getvalue())
    assert read == {
        "name": "ก",
        "rows": [["", ""], ["เมือง"] * 2, ["เมือง"] * 2, ["812345678", "2569-10-01"], ["นายก", ""], ["True", "1.5"]],
    }


def test_a_stray_cell_far_to_the_right_is_left_out() -> None:
    (sheet,) = sheet_reader.read(workbook((0, 0, "ก"), (0, 300, "ข")))
    assert sheet["rows"] == [["ก", *[""] * (sheet_reader.MOST_COLUMNS - 1)]]
    (sheet,) = sheet_reader.read(workbook())
    assert sheet["rows"] == []


def test_a_csv_of_many_columns_is_cut_like_a_workbook() -> None:
    (sheet,) = sheet_reader.read(b"a" + b"," * 5000)
    assert len(sheet["rows"][0]) == sheet_reader.MOST_COLUMNS


def test_an_old_workbook_is_read() -> None:
    (sheet,) = [Sheet(**read) for read in sheet_reader.read(OLD.read_bytes())]
    lines = list(lines_of(sheet, headings_of(sheet)))
    told = [[line.says(field) for field in (ListField.NAME, ListField.AMPHOE, ListField.PHONE)] for line in lines]
    assert told == [["นายไก่ ขันเช้า", "เมืองบึงกาฬ", "812345678"], ["นางเป็ด ลอยน้ำ", "เมืองบึงกาฬ", "089-876-5432"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_thai_encodings(encoding: str, delimiter: str) -> None:
    text = f'ชื่อ-สกุล{delimiter}ตำบล\r\n"นายก ข"{delimiter}น้ำโมง\r\n'
    (sheet,) = sheet_reader.read(text.encode(encoding))
    assert sheet["rows"] == [HEADINGS, ["นายก ข", "น้ำโมง"]]


def test_a_good_file_is_read_by_the_other_program(tmp_path: Path) -> None:
    path = tmp_path / "รายชื่อ ๑.xlsx"
    path.write_bytes(GOOD)
    assert read_sheets(path) == [Sheet("ก", [HEADINGS, ["นายก ข", "น้ำโมง"]])]


BAD = {
    "a cell in the last corner": (workbook((0, 0, "ก"), (1_048_575, 16_383, "ข")), UNREADABLE),
    "rows as far as a list may go and as many columns": (workbook((0, 0, "ก"), (19_999, 16_383, "ข")), UNREADABLE),
    "200 MB in a few": (repacked(GOOD, "xl/sharedStrings.xml", b" " * 200_000_001), TOO_LONG),
    "one text over a hundred columns and a thousand rows": (merged("ก" * 1000, 999, 99), TOO_LONG),
    "cut off": (GOOD[: len(GOOD) // 2], UNREADABLE),
    "a byte too much in the middle": (GOOD[:900] + b"\x00" * 40 + GOOD[940:], UNREADABLE),
    "no XML": (repacked(GOOD, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"), UNREADABLE),
    "an old one cut off": (OLD.read_bytes()[:3000], UNREADABLE),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), UNREADABLE),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_sentence(name: str, tmp_path: Path) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(StartupProblem, match=sentence):
        read_sheets(path)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(StartupProblem, match="larger than 10 MB"):
        read_sheets(path)
    with pytest.raises(StartupProblem, match="Name a file that exists"):
        read_sheets(tmp_path)
    with pytest.raises(StartupProblem, match="Name a file that exists"):
        read_sheets(tmp_path / ("ก" * 300))


def test_a_list_of_too_many_rows_is_refused_whatever_its_kind() -> None:
    with pytest.raises(OverflowError):
        sheet_reader.read(b"a,b\n" * (sheet_reader.MOST_ROWS + 1))
