"""Where a list has its headings, and what they name."""

import pytest

from casework.rules.list_columns import Sheet, field_of, headings_of
from models.directory_words import ListField
from server.directory_template import COLUMNS

F = ListField
HEADINGS = ["ที่", "ชื่อ-สกุล", "อำเภอ", "ตำบล", "โทร."]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ชื่อ - นามสกุล", F.NAME), ("ชื่อ-ชื่อสกุล", F.NAME), ("ชื่อและนามสกุล", F.NAME), ("Name", F.NAME), ("ชื่อ", F.GIVEN_NAME),
        ("นามสกุล", F.FAMILY_NAME), ("คำนำหน้าชื่อ", F.TITLE), ("ตำบล / แขวง", F.TAMBON), ("พื้นที่รับผิดชอบ", F.TAMBON),
        ("อำเภอ/เขต", F.AMPHOE), ("เบอร์โทรศัพท์", F.PHONE), ("หมายเลขโทรศัพท์ (มือถือ)", F.PHONE), ("มือถือ", F.PHONE),
        ("วันที่ได้รับแต่งตั้ง", F.SINCE), ("ตั้งแต่วันที่", F.SINCE), ("วันครบวาระ", F.UNTIL), ("ตำแหน่ง", F.ROLE),
        ("ชื่อ-สกุล (ไทย)", F.NAME), ("เบอร์ติดต่อ", F.PHONE), ("เบอร์", F.PHONE), ("วัน/เดือน/ปี ที่แต่งตั้ง", F.SINCE),
        ("วัน เดือน ปี ที่พ้นจากตำแหน่ง", F.UNTIL), ("วัน/เดือน/ปี เกิด", None),
        ("ชื่อ-สกุล อสร.", F.NAME), ("ชื่อ-สกุลพี่เลี้ยง", F.NAME), ("รายชื่ออาสาสมัครแรงงาน", F.NAME),
        ("รายชื่ออาสาสมัครแรงงาน จังหวัดหนองคาย", None), ("ตำบลที่ปฏิบัติงาน", F.TAMBON), ("ประจำตำบล", F.TAMBON),
        ("อำเภอ/ตำบล", F.TAMBON), ("เขต / แขวง", F.TAMBON), ("ตำบลตามที่อยู่", None), ("ที่อยู่ (ตำบล อำเภอ)", None),
        ("อำเภอที่รับผิดชอบ", F.AMPHOE), ("กิ่งอำเภอ", F.AMPHOE), ("อำเภอตามทะเบียนบ้าน", None), ("โทรสาร", None),
        ("เบอร์โทรฉุกเฉิน", None), ("โทรศัพท์ญาติ", None),
        ("ชื่อ (อังกฤษ)", F.GIVEN_NAME_EN), ("จังหวัด", F.PROVINCE), ("ลำดับที่", None), ("หมายเหตุ", None), ("", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_usual_words(heading: str, field: ListField | None) -> None:
    assert field_of(heading) is field


def test_every_heading_of_the_template_is_known() -> None:
    assert [field_of(field.th) for field, *_ in COLUMNS] == [field for field, *_ in COLUMNS]


@pytest.mark.parametrize(
    "rows",
    [[], [["ก", "ข"]], [["ชื่อ-สกุล", "โทรศัพท์"]], [["อำเภอ", "ตำบล"]], [*[["เรื่อง"]] * 30, HEADINGS]],
    ids=["empty", "other", "no place", "no name", "too far down"],
)
def test_a_sheet_without_these_headings_is_no_list(rows: list[list[str]]) -> None:
    assert headings_of(Sheet("ก", rows)) == []


def test_of_two_rows_of_headings_the_lower_one_counts() -> None:
    above = ["ชื่อ - สกุล", "ชื่อ - สกุล", "ชื่อ - สกุล", "ตำบล"]
    below = ["คำนำหน้า", "ชื่อ", "สกุล", "ตำบล"]
    sheet = Sheet("ก", [above, below, ["นาย", "ก", "ข", "น้ำโมง"]])
    (found,) = headings_of(sheet)
    assert (found.first, found.last) == (0, 1)
    assert found.columns == {F.TITLE: [0], F.GIVEN_NAME: [1], F.FAMILY_NAME: [2], F.TAMBON: [3]}


def test_of_two_rows_of_headings_a_lower_one_that_names_fewer_columns_is_a_part_of_them() -> None:
    above, below = ["ชื่อ-สกุล", "อำเภอ", "ตำบล", "โทร."], ["ชื่อ-สกุล", "", "ตำบล", ""]
    (found,) = headings_of(Sheet("ก", [above, below, ["นายก ข", "ท่าบ่อ", "น้ำโมง", ""]]))
    assert (found.first, found.last) == (0, 1)
    assert found.columns == {F.NAME: [0], F.AMPHOE: [1], F.TAMBON: [2], F.PHONE: [3]}


def test_headings_on_a_later_page_and_of_another_table_are_headings_too() -> None:
    row, other = ["นายก ข", "ท่าบ่อ", "น้ำโมง"], ["ตำบล", "ชื่อ-สกุล"]
    found = headings_of(Sheet("ก", [HEADINGS, row, HEADINGS, row, *[row] * 30, other, row]))
    assert [(each.first, each.last) for each in found] == [(0, 0), (2, 2), (34, 34)]
    assert found[0].columns == found[1].columns
    assert found[2].columns == {F.TAMBON: [0], F.NAME: [1]}


def test_beside_the_name_of_a_volunteer_the_columns_of_their_mentor_are_passed_over() -> None:
    (found,) = headings_of(Sheet("ก", [["ชื่อ-สกุล", "ตำบล", "ชื่อพี่เลี้ยง", "โทรศัพท์พี่เลี้ยง", "โทร."]]))
    assert (found.columns, found.of_names) == ({F.NAME: [0], F.TAMBON: [1], F.PHONE: [4]}, "ชื่อ-สกุล")
    (found,) = headings_of(Sheet("ก", [["ชื่อพี่เลี้ยง", "อำเภอ", "โทรศัพท์พี่เลี้ยง"]]))
    assert (found.columns, found.of_names) == ({F.NAME: [0], F.AMPHOE: [1], F.PHONE: [2]}, "ชื่อพี่เลี้ยง")
