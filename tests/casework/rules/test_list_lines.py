"""Which rows a list has, and what the lines above them say of their place and kind."""

import pytest

from casework.rules.list_columns import Sheet, headings_of
from casework.rules.list_lines import Line, lines_of
from models.directory_words import ListField

F = ListField
HEADINGS = ["ที่", "ชื่อ-สกุล", "อำเภอ", "ตำบล", "โทร."]


def lines(*rows: list[str], name: str = "แผ่น1") -> list[Line]:
    sheet = Sheet(name, rows)
    headings = headings_of(sheet)
    return list(lines_of(sheet, headings))


def test_the_headings_stand_under_titles_and_further_columns_are_passed_over() -> None:
    found = lines(["บัญชีรายชื่อ จังหวัดหนองคาย"], [], [*HEADINGS, "หมายเหตุ"], ["1", "นายก ข", "ท่าบ่อ", "น้ำโมง", "081", "ดี"])
    cells = {F.NAME: "นายก ข", F.AMPHOE: "ท่าบ่อ", F.TAMBON: "น้ำโมง", F.PHONE: "081", F.PROVINCE: "หนองคาย"}
    assert found == [Line("แผ่น1", 4, cells)]


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
        ("หนองคาย", "เมือง", "3"),
        ("บึงกาฬ", "", "4"),
        ("บึงกาฬ", "เซกา", "5"),
        ("หนองคาย", "", "6"),
    ]


def test_another_province_leaves_the_amphoe_above_it() -> None:
    rows = [["ชื่อ-สกุล", "ตำบล"], ["อำเภอเมือง"], ["ก ข", "1"], ["จังหวัดบึงกาฬ"], ["ก ค", "2"]]
    assert [line.says(F.AMPHOE) for line in lines(*rows)] == ["เมือง", ""]


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


TWO = ["ที่", "ชื่อ-สกุล", "ตำบล"]


@pytest.mark.parametrize(
    ("section", "amphoe"),
    [
        (["อ.ท่าบ่อ"], "ท่าบ่อ"),
        (["อำเภอท่าบ่อ จังหวัดหนองคาย"], "ท่าบ่อ"),
        (["อำเภอท่าบ่อ (10 คน)"], "ท่าบ่อ"),
        (["อำเภอท่าบ่อ (10 ตำบล) จำนวน ๑๐ คน"], "ท่าบ่อ"),
        (["อำเภอท่าบ่อ รวม 10 ราย:"], "ท่าบ่อ"),
        (["๑. อำเภอ ท่าบ่อ"], "ท่าบ่อ"),
        (["1", "2) อำเภอท่าบ่อ", "10 คน"], "ท่าบ่อ"),
        (["อำเภอท่าบ่อ"] * 3, "ท่าบ่อ"),
        (["จังหวัดหนองคาย"], ""),
        (["รายชื่ออาสาสมัครอำเภอท่าบ่อ"], ""),
        (["อ.ท่าบ่อ, อ.โพนพิสัย"], ""),
        (["ต.น้ำโมง อ.ท่าบ่อ"], ""),
        (["อำเภอท่าบ่อ ผู้ประสานงาน นายก ข"] * 3, ""),
        (["อำเภอท่าบ่อ" + " ก" * 100], ""),
        (["ท่าบ่อ"] * 3, ""),
        (["ท่าบ่อ"], ""),
        (["รวม 10 คน"] * 3, "เมือง"),
        (["-"], "เมือง"),
    ],
)
def test_a_line_between_the_rows_says_the_amphoe_or_leaves_none_to_inherit(section: list[str], amphoe: str) -> None:
    found = lines(TWO, ["อำเภอเมือง"], ["1", "นายก ข", "มีชัย"], section, ["1", "นายก ค", "น้ำโมง"])
    assert [line.says(F.AMPHOE) for line in found] == ["เมือง", amphoe]


def test_a_line_in_the_place_of_a_name_that_speaks_of_an_amphoe_leaves_none_to_inherit() -> None:
    found = lines(TWO, ["อำเภอเมือง"], ["1", "นายก ข", "มีชัย"], ["", "รวมอำเภอเมือง", ""], ["1", "นายก ค", "น้ำโมง"])
    assert [(line.row, line.says(F.AMPHOE)) for line in found] == [(3, "เมือง"), (4, ""), (5, "")]


@pytest.mark.parametrize(
    ("between", "province"),
    [
        ("แรงงานจังหวัดหนองคาย", "หนองคาย"),
        ("แรงงานจังหวัดบึงกาฬ", ""),
        ("สรุป จ.บึงกาฬ", ""),
        ("จังหวัดบึงกาฬ", "บึงกาฬ"),
    ],
)
def test_a_line_of_another_province_leaves_none_to_inherit(between: str, province: str) -> None:
    rows = [["จังหวัดหนองคาย"], TWO, ["", "นายก ข", "มีชัย"], [between], ["", "นายก ค", "น้ำโมง"]]
    assert lines(*rows)[-1].says(F.PROVINCE) == province


def test_a_cell_of_two_provinces_is_no_hindrance_to_the_lines_after_it() -> None:
    rows = [["ชื่อ-สกุล", "จังหวัด", "ตำบล"], ["ก ข", "จ.หนองคาย จ.บึงกาฬ", "มีชัย"], ["อำเภอใด"], ["ก ค", "", "ปะโค"]]
    assert [line.row for line in lines(*rows)] == [2, 4]


def test_a_title_that_is_repeated_on_each_page_changes_nothing() -> None:
    title = ["บัญชีรายชื่อ จังหวัดหนองคาย"] * 3
    found = lines(title, TWO, ["อำเภอเมือง"], ["1", "ก ข", "มีชัย"], title, TWO, ["2", "ก ค", "ปะโค"])
    assert [(line.row, line.says(F.PROVINCE), line.says(F.AMPHOE)) for line in found] == [
        (4, "หนองคาย", "เมือง"),
        (7, "หนองคาย", "เมือง"),
    ]


def test_every_page_and_every_table_is_read_by_the_headings_above_it() -> None:
    found = lines(
        HEADINGS,
        ["1", "นายก ข", "ท่าบ่อ", "น้ำโมง", ""],
        HEADINGS,
        ["2", "นายก ค", "", "ท่าบ่อ", ""],
        ["ตำบล", "ชื่อ-สกุล"],
        ["มีชัย", "นายก ง"],
    )
    told = [[line.row, *(line.says(field) for field in (F.NAME, F.AMPHOE, F.TAMBON))] for line in found]
    assert told == [[2, "นายก ข", "ท่าบ่อ", "น้ำโมง"], [4, "นายก ค", "ท่าบ่อ", "ท่าบ่อ"], [6, "นายก ง", "", "มีชัย"]]


def test_a_part_of_repeated_headings_is_passed_over() -> None:
    found = lines(HEADINGS, ["ที่", "ชื่อ-สกุล", "", "", "โทร."], ["1", "นายก ข", "ตำบลท่าบ่อ", "ตำบล น้ำโมง", "โทร. 081"])
    assert [line.row for line in found] == [3]


OF_MENTORS = ["ชื่อพี่เลี้ยง", "อำเภอ"]
PLAIN = ["ชื่อ-สกุล", "อำเภอ"]


@pytest.mark.parametrize(
    ("name", "above", "headings", "of_mentors"),
    [
        ("พี่เลี้ยง", "", PLAIN, True),
        ("Mentors of volunteers", "", PLAIN, True),
        ("แผ่น1", "รายชื่อพี่เลี้ยงอาสาสมัครแรงงาน", PLAIN, True),
        ("พี่เลี้ยง อ.ส.ร.", "", PLAIN, True),
        ("แผ่น1", "", OF_MENTORS, True),
        ("แผ่น1", "รายชื่อผู้ปฏิบัติงาน", PLAIN, False),
        ("อสร.", "", PLAIN, False),
        ("แผ่น1", "รายชื่ออาสาสมัครแรงงานและพี่เลี้ยง", PLAIN, False),
        ("พี่เลี้ยง", "", ["ชื่ออาสาสมัคร", "อำเภอ"], False),
        ("แผ่น1", "", [*PLAIN, "ชื่อพี่เลี้ยง"], False),
    ],
)
def test_a_list_is_of_mentors_when_it_says_so_and_does_not_speak_of_volunteers(
    name: str,
    above: str,
    headings: list[str],
    of_mentors: bool,  # noqa: FBT001 - a column of the table
) -> None:
    (line,) = lines([above], headings, ["นายก ข", "ท่าบ่อ"], name=name)
    assert line.of_mentors is of_mentors


def test_volunteers_under_the_mentors_of_a_sheet_are_none() -> None:
    title, row = ["รายชื่อพี่เลี้ยง"], ["นายก ข", "ท่าบ่อ"]
    for then in (["รายชื่ออาสาสมัครแรงงาน"], ["อำเภอ", "ชื่ออาสาสมัคร"], ["อำเภอ", "ชื่อ-สกุล"]):
        assert [line.of_mentors for line in lines(title, PLAIN, row, PLAIN, row, then, row)][:2] == [True, True]
        assert not lines(title, PLAIN, row, then, row)[-1].of_mentors
