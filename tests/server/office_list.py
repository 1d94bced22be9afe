"""The list of Nong Khai's volunteers and mentors as a provincial office keeps it: made for people, not for programs."""

from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter

from casework.demo.network import read_network

COLUMNS = ("ที่", "ชื่อ - สกุล", None, None, "อำเภอ", "ตำบล/แขวง", "เบอร์โทรศัพท์", "วันที่ได้รับแต่งตั้ง", "หมายเหตุ")
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def office_list(areas: dict[str, str]) -> bytes:
    """Give the workbook; `areas` has the Thai name of each code."""
    content = BytesIO()
    network = read_network()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet = book.add_worksheet("อสร.")
        _headings(sheet, "บัญชีรายชื่ออาสาสมัครแรงงาน จังหวัดหนองคาย ประจำปีงบประมาณ พ.ศ. ๒๕๖๒")
        volunteers = groupby(network["volunteers"], key=lambda person: person["tambon"][:4])
        at = 5
        for amphoe, people in volunteers:
            at = _amphoe(sheet, at, amphoe, list(people), areas=areas, day=day)
        mentors = book.add_worksheet("พี่เลี้ยง")
        _headings(mentors, "รายชื่อพี่เลี้ยงอาสาสมัครแรงงาน จังหวัดหนองคาย")
        for at, person in enumerate(network["mentors"], 5):
            _person(mentors, at, person)
            mentors.write_string(at, 4, f"อ.{areas[person['amphoe']]}")
            mentors.write_string(at, 6, f"โทร. {person['phone']}")
    return content.getvalue()


def _headings(sheet: Any, title: str) -> None:
    sheet.merge_range(0, 0, 0, 8, title)
    sheet.merge_range(1, 0, 1, 8, "สำนักงานแรงงานจังหวัดหนองคาย ข้อมูล ณ วันที่ 10 กันยายน 2562")
    for column, heading in enumerate(COLUMNS):
        if heading == "ชื่อ - สกุล":
            sheet.merge_range(3, column, 3, column + 2, heading)
        elif heading is not None:
            sheet.merge_range(3, column, 4, column, heading)
    for column, heading in ((1, "คำนำหน้า"), (2, "ชื่อ"), (3, "สกุล")):
        sheet.write_string(4, column, heading)


def _person(sheet: Any, at: int, person: dict[str, Any]) -> None:
    sheet.write_number(at, 0, at - 4)
    for column, part in ((1, "title"), (2, "given_name"), (3, "family_name")):
        sheet.write_string(at, column, f"{person[part]}\u200b")


def _amphoe(sheet: Any, at: int, amphoe: str, people: list[dict[str, Any]], *, areas: dict[str, str], day: Any) -> int:
    """Write the volunteers of an amphoe, whose name is merged over their rows; give the next row."""
    sheet.merge_range(at, 4, at + len(people) - 1, 4, areas[amphoe].replace("เมืองหนองคาย", "เมือง"))
    for row, person in enumerate(people, at):
        _person(sheet, row, person)
        tambon, phone = areas[person["tambon"]], person["phone"]
        written = (tambon, f"ต.{tambon}", f"ตำบล {tambon} ")[row % 3]
        sheet.write_string(row, 5, written.replace("\u0e33", "\u0e4d\u0e32"))
        if row % 4 == 0:
            sheet.write_number(row, 6, int(phone))
        else:
            dashed = f"{phone[:3]}-{phone[3:6]}-{phone[6:]}"
            sheet.write_string(row, 6, (phone, dashed, dashed.translate(THAI_DIGITS))[row % 3])
        if row % 2:
            sheet.write_datetime(row, 7, date((2019, 2562)[row % 3 == 0], 10, 1), day)
        else:
            sheet.write_string(row, 7, ("1 ต.ค. 2562", "๑ ตุลาคม ๒๕๖๒", "1/10/62")[row % 3])
    return at + len(people)
