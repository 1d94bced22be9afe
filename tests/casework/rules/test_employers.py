"""Names of employers: one firm however its name is written, two firms with different names, nobody without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.employers import employer_key

FIRMS = {
    "โขงทรัพย์การโยธา": (
        "บริษัท โขงทรัพย์การโยธา จำกัด",
        "หจก.โขงทรัพย์การโยธา",
        "ห้างหุ้นส่วนจำกัด โขงทรัพย์ การโยธา",
        "บจก. โขงทรัพย์การโยธา (สำนักงานใหญ่)",
        "บ.จ.ก.โขงทรัพย์การโยธา",
        "บ. โขงทรัพย์การโยธา จก.",
        "ร้านโขงทรัพย์การโยธา",
        "โข่งทรัพย์การโยธ่า",
    ),
    "สยามฟูด": ("บริษัท สยามฟู้ด จำกัด (มหาชน)", "บมจ.สยามฟู้ด", "สยามฟู้ด (ประเทศไทย) จำกัด"),
    "siamfoods": ("Siam Foods Co., Ltd.", "SIAM FOODS PUBLIC COMPANY LIMITED", "The Siam-Foods (Thailand) PLC"),
    "สมชายใจดี": ("นายสมชาย ใจดี", "สมชาย  ใจดี", "ร้านนายสมชายใจดี"),
    "หนุยการชาง": ("น.ส.หนุ่ย การช่าง", "นางสาว หนุ่ยการช่าง"),
    "99กอสราง": ("บริษัท ๙๙ ก่อสร้าง จำกัด", "บจ.99 ก่อสร้าง"),
    "นําแขงโพนพิสัย": (),
    "กระจกหนองคาย": ("กระจกหนองคาย จก",),
    "taco": ("Taco Co.",),
}


@pytest.mark.parametrize(("key", "name"), [(key, name) for key, names in FIRMS.items() for name in names])
def test_a_name_is_folded_to_what_tells_the_firm_apart(key: str, name: str) -> None:
    assert employer_key(name) == employer_key(key) == key


def test_different_names_stay_different() -> None:
    assert len({employer_key(key) for key in FIRMS}) == len(FIRMS)
    assert employer_key("บริการดี") == "บริการดี"
    assert employer_key("ร้านกระจก") == "กระจก"


@pytest.mark.parametrize(
    "name",
    [
        "นายจ้าง",
        "ไม่ทราบ",
        "ไม่ ทราบชื่อ",
        "บริษัท ไม่ระบุ จำกัด",
        "ผู้รับเหมา",
        "Unknown",
        "-",
        "บริษัท จำกัด",
        "7-11",
        "กข",
        "Co., Ltd.",
        "",
    ],
)
def test_a_name_that_could_be_anybodys_is_nobodys(name: str) -> None:
    assert employer_key(name) is None


@given(st.text(max_size=60))
def test_any_text_has_one_key_and_the_key_has_no_blanks(name: str) -> None:
    key = employer_key(name)
    assert key is None or (key == "".join(key.split()) and len(key) >= 3)
    assert employer_key(f"  {name} ") == key
