"""What people type in many ways is compared in one."""

import pytest

from casework.rules.spelling import one_spelling


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("๑๕,๐๕๐.๐๐ บาท", "15050 บาท"),
        ("1,234,567", "1234567"),
        ("1,23", "1,23"),
        ("12,500.75", "12500.75"),
        ("08.00 น.", "08 น."),
        ("12.00.5", "12.00.5"),
        ("OT", "ot"),
        ("STRASSE Straße", "strasse strasse"),
        ("เเรงงาน", "แรงงาน"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33"),
        ("น\u0e4d\u0e49\u0e32", "น\u0e49\u0e33"),
        ("ก\u0e4d\u0e32", "ก\u0e33"),
        ("จ\u0e48\u0e49าง", "จ\u0e49าง"),
        ("นี\u0e49\u0e49", "นี\u0e49"),
        ("มากกกกาาา", "มากกกกา"),
        ("ค่า\u200bจ้าง", "ค่าจ้าง"),
        ("081-234-5678", "0812345678"),
        ("081 234 5678", "0812345678"),
        ("02-123-4567", "021234567"),
        ("43-2569-00031-3", "43-2569-00031-3"),
    ],
)
def test_one_spelling(typed: str, compared: str) -> None:
    assert one_spelling(typed) == compared
    assert one_spelling(compared) == compared
