"""An empty list to fill in: headings with notes, one example, and a sheet that explains each column."""

from io import BytesIO
from typing import Any

import xlsxwriter

from casework.rules.list_lines import EXAMPLE
from models.directory_words import ListField
from models.vocabulary import SeatKind

F = ListField
NUMBER = "ลำดับ"
COLUMNS: tuple[tuple[ListField, int, str, str], ...] = (
    (F.TITLE, 12, "นาง", "คำนำหน้า จะเขียนติดกับชื่อก็ได้"),
    (F.NAME, 26, "สมหญิง ใจดี", "ชื่อและนามสกุล เว้นวรรคหนึ่งช่อง ถ้าไม่มีผู้ดำรงตำแหน่งให้เขียนว่า ว่าง"),
    (F.ROLE, 20, SeatKind.VOLUNTEER.th, "อาสาสมัครแรงงาน หรือ พี่เลี้ยง เว้นว่างได้ถ้ามีตำบล (อาสาสมัคร) หรือชื่อแผ่นบอกว่า พี่เลี้ยง"),
    (F.PROVINCE, 14, "หนองคาย", "จังหวัด จะเขียนไว้เหนือหัวตารางแทนก็ได้ เช่น จังหวัดหนองคาย"),
    (F.AMPHOE, 16, "เมืองหนองคาย", "อำเภอหรือเขต เว้นว่างได้ถ้าเหมือนแถวบน"),
    (F.TAMBON, 16, "หนองกอมเกาะ", "ตำบลหรือแขวงของอาสาสมัคร หรือรหัสหกหลัก พี่เลี้ยงเว้นว่าง"),
    (F.PHONE, 16, "080-000-0000", "โทรศัพท์ เขียนแบบใดก็ได้ ใช้แยกคนชื่อซ้ำกัน"),
    (F.SINCE, 14, "1 ต.ค. 2569", "วันแรกในตำแหน่ง วันที่ผ่านมาแล้วหมายถึงตั้งแต่วันนี้ ต้องใส่เมื่อเปลี่ยนคน"),
    (F.UNTIL, 14, "30 ก.ย. 2570", "วันสุดท้ายในตำแหน่ง เว้นว่างได้"),
    (F.GIVEN_NAME_EN, 16, "Somying", "ชื่อเป็นอักษรอังกฤษ เว้นว่างได้"),
    (F.FAMILY_NAME_EN, 16, "Jaidee", "นามสกุลเป็นอักษรอังกฤษ เว้นว่างได้"),
    (F.SUBJECT, 38, "", "รหัสผู้ใช้ (sub) จากระบบยืนยันตัวตน ยังไม่มีให้เว้นว่าง แล้วนำเข้าอีกครั้งเมื่อมี"),
)
"""Each column with its width, its example and what it means in Thai."""
_ROWS = 1_000
"""Rows that take texts as they are typed: Excel would take the first zero from a phone."""


def template() -> bytes:
    """Give the workbook."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        _list(book, book.add_worksheet("รายชื่อ"))
        _explanation(book, book.add_worksheet("คำอธิบาย"))
    return content.getvalue()


def _list(book: Any, sheet: Any) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "num_format": "@"})
    example = book.add_format({"italic": True, "font_color": "#7F7F7F", "num_format": "@"})
    typed = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, NUMBER, heading)
    sheet.write_string(1, 0, EXAMPLE, example)
    for column, (field, width, shown, meaning) in enumerate(COLUMNS, 1):
        sheet.set_column(column, column, width, typed)
        sheet.write_string(0, column, field.th, heading)
        sheet.write_comment(0, column, f"{meaning}\n{field.description}")
        sheet.write_string(1, column, shown, example)
    role = 1 + [field for field, *_ in COLUMNS].index(F.ROLE)
    kinds = [SeatKind.VOLUNTEER.th, SeatKind.MENTOR.th]
    sheet.data_validation(2, role, _ROWS, role, {"validate": "list", "source": kinds, "error_type": "information"})
    sheet.freeze_panes(1, 0)


def _explanation(book: Any, sheet: Any) -> None:
    heading = book.add_format({"bold": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 2, 80)
    for column, text in enumerate(("หัวตาราง / heading", "ความหมาย", "meaning")):
        sheet.write_string(0, column, text, heading)
    for row, (field, _, _, meaning) in enumerate(COLUMNS, 1):
        for column, text in enumerate((field.th, meaning, field.description)):
            sheet.write_string(row, column, text)
    sheet.write_string(
        len(COLUMNS) + 2, 0, f"แถวที่ขึ้นต้นด้วยคำว่า {EXAMPLE} จะไม่นำเข้า / A row that begins with {EXAMPLE} is left out."
    )
