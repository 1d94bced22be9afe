"""Where a list has what."""

import pytest

from casework.rules.list_columns import Headings, Line, Sheet, field_of, headings_of, lines_of
from models.directory_words import ListField
from server.directory_template import COLUMNS

F = ListField
HEADINGS = ["ที่", "ชื่อ-สกุล", "อำเภอ", "ตำบล", "โทร."]


def lines(*rows: list[str], name: str = "แผ่น1") -> list[Line]:
    sheet = Sheet(name, rows)
    headings = headings_of(sheet)
    assert headings is not None
    return list(lines_of(sheet, headings))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ชื่อ - นามสกุล", F.NAME), ("ชื่อ-ชื่อสกุล", F.NAME), ("ชื่อและนามสกุล", F.NAME), ("Name", F.NAME), ("ชื่อ", F.GIVEN_NAME),
        ("นามสกุล", F.FAMILY_NAME), ("คำนำหน้าชื่อ", F.TITLE), ("ตำบล / แขวง", F.TAMBON), ("พื้นที่รับผิดชอบ", F.TAMBON),
        ("อำเภอ/เขต", F.AMPHOE), ("เบอร์โทรศัพท์", F.PHONE), ("หมายเลขโทรศัพท์ (มือถือ)", F.PHONE), ("มือถือ", F.PHONE),
        ("วันที่ได้รับแต่งตั้ง", F.SINCE), ("ตั้งแต่วันที่", F.SINCE), ("วันครบวาระ", F.UNTIL), ("ตำแหน่ง", F.ROLE),
        ("ชื่อ-สกุล (ไทย)", F.NAME), ("เบอร์ติดต่อ", F.PHONE), ("เบอร์", F.PHONE), ("วัน/เดือน/ปี ที่แต่งตั้ง", F.SINCE),
        ("วัน เดือน ปี ที่พ้นจากตำแหน่ง", F.UNTIL), ("วัน/เดือน/ปี เกิด", None),
        ("ชื่อ (อังกฤษ)", F.GIVEN_NAME_EN), ("จังหวัด", F.PROVINCE), ("ลำดับที่", None), ("หมายเหตุ", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_usual_words(heading: str, field: ListField | None) -> None:
    assert field_of(heading) is field


def test_every_heading_of_the_template_is_known() -> None:
    assert [field_of(field.th) for field, *_ in COLUMNS] == [field for field, *_ in COLUMNS]


def test_the_headings_stand_under_titles_and_further_columns_are_passed_over() -> None:
    found = lines(["บัญชีรายชื่อ จังหวัดหนองคาย"], [], [*HEADINGS, "หมายเหตุ"], ["1", "นายก ข", "ท่าบ่อ", "น้ำโมง", "081", "ดี"])
    cells = {F.NAME: "นายก ข", F.AMPHOE: "ท่าบ่อ", F.TAMBON: "น้ำโมง", F.PHONE: "081", F.PROVINCE: "หนองคาย"}
    assert found == [Line("แผ่น1", 4, cells)]


@pytest.mark.parametrize(
    "rows",
    [[], [["ก", "ข"]], [["ชื่อ-สกุล", "โทรศัพท์"]], [["อำเภอ", "ตำบล"]], [*[["เรื่อง"]] * 30, HEADINGS]],
    ids=["empty", "other", "no place", "no name", "too far down"],
)
def test_a_sheet_without_these_headings_is_no_list(rows: list[list[str]]) -> None:
    assert headings_of(Sheet("ก", rows)) is None


def test_of_two_rows_of_headings_the_lower_one_counts() -> None:
    above = ["ชื่อ - สกุล", "ชื่อ - สกุล", "ชื่อ - สกุล", "ตำบล"]
    below = ["คำนำหน้า", "ชื่อ", "สกุล", "ตำบล"]
    sheet = Sheet("ก", [above, below, ["นาย", "ก", "ข", "น้ำโมง"]])
    assert headings_of(sheet) == Headings(1, {F.TITLE: [0], F.GIVEN_NAME: [1], F.FAMILY_NAME: [2], F.TAMBON: [3]})


@pytest.mark.parametrize(
    ("headings", "cells", "said"),
    [
        (["ชื่อ", "ตำบล"], ["นายก ข", "ค"], {F.NAME: "นายก ข"}),
        (["ชื่อ", "ชื่อสกุล", "ตำบล"], ["นายก", "ข", "ค"], {F.GIVEN_NAME: "นายก", F.FAMILY_NAME: "ข"}),
        (["รายชื่อ", "รายชื่อ", "รายชื่อ", "ตำบล"], ["นาย", "ก", "ข", "ค"], {F.NAME: "นาย ก ข"}),
        (["รายชื่อ", "รายชื่อ", "ตำบล"], ["นายก ข", "นายก ข", "ค"], {F.NAME: "นายก ข"}),
    ],
)
def test_names_in_one_column_or_several_are_told_apart(
    headings: list[str], cells: list[str], said: dict[ListField, str]
) -> None:
    (line,) = lines(headings, cells)
    assert {field: text for field, text in line.cells.items() if text and field is not F.TAMBON} == said


def test_blank_amphoe_and_province_are_those_above() -> None:
    rows = [
        ["จังหวัดหนองคาย"],
        ["ชื่อ-สกุล", "จังหวัด", "อำเภอ", "ตำบล"],
        ["ก ข", "", "ท่าบ่อ", "1"],
        ["ก ค", "", "", "2"],
        ["อำเภอเมือง", "", "", ""],
        ["ก ง", "", "", "3"],
        ["จังหวัดบึงกาฬ", "", "", ""],
        ["ก จ", "บึงกาฬ", "", "4"],
        ["ก ฉ", "บึงกาฬ", "เซกา", "5"],
        ["ก ช", "หนองคาย", "", "6"],
    ]
    places = [(line.says(F.PROVINCE), line.says(F.AMPHOE), line.says(F.TAMBON)) for line in lines(*rows)]
    assert places == [
        ("หนองคาย", "ท่าบ่อ", "1"),
        ("หนองคาย", "ท่าบ่อ", "2"),
        ("หนองคาย", "อำเภอเมือง", "3"),
        ("บึงกาฬ", "", "4"),
        ("บึงกาฬ", "เซกา", "5"),
        ("หนองคาย", "", "6"),
    ]


def test_another_province_leaves_the_amphoe_above_it() -> None:
    rows = [["ชื่อ-สกุล", "ตำบล"], ["อำเภอเมือง"], ["ก ข", "1"], ["จังหวัดบึงกาฬ"], ["ก ค", "2"]]
    assert [line.says(F.AMPHOE) for line in lines(*rows)] == ["อำเภอเมือง", ""]


def test_blank_rows_examples_repeated_headings_and_sums_are_passed_over() -> None:
    found = lines(
        HEADINGS,
        ["", "", "", "", ""],
        ["ตัวอย่าง", "นายก ข", "ท่าบ่อ", "น้ำโมง", ""],
        HEADINGS,
        ["รวม", "", "62", "", ""],
        ["", "", "-", "", ""],
        ["1", "-", "ท่าบ่อ", "น้ำโมง", "-"],
    )
    cells = {F.NAME: "-", F.AMPHOE: "ท่าบ่อ", F.TAMBON: "น้ำโมง", F.PHONE: "", F.PROVINCE: ""}
    assert found == [Line("แผ่น1", 7, cells)]
