"""What posts are called in Thai."""

import pytest

from casework.rules.posts import post_name
from models.vocabulary import SeatKind


@pytest.mark.parametrize(
    ("kind", "area", "office", "name"),
    [
        (SeatKind.VOLUNTEER, ("430116", "หนองกอมเกาะ"), None, "อาสาสมัครแรงงานตำบลหนองกอมเกาะ"),
        (SeatKind.MENTOR, ("4301", "เมืองหนองคาย"), None, "พี่เลี้ยงอาสาสมัครแรงงานอำเภอเมืองหนองคาย"),
        (SeatKind.VOLUNTEER, ("100101", "พระบรมมหาราชวัง"), None, "อาสาสมัครแรงงานแขวงพระบรมมหาราชวัง"),
        (SeatKind.MENTOR, ("1001", "พระนคร"), None, "พี่เลี้ยงอาสาสมัครแรงงานเขตพระนคร"),
        (SeatKind.OFFICER, None, "สำนักงานจัดหางานจังหวัดหนองคาย", "เจ้าหน้าที่ สำนักงานจัดหางานจังหวัดหนองคาย"),
        (SeatKind.AUDITOR, None, None, "ผู้ตรวจสอบ"),
    ],
)
def test_a_post_is_its_kind_and_its_place(
    kind: SeatKind, area: tuple[str, str] | None, office: str | None, name: str
) -> None:
    assert post_name(kind, area=area, office=office) == name
