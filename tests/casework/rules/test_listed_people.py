"""Names and phones of lists."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.listed_people import FullName, is_of_several, is_vacant, read_name, read_phone, read_subject, tidy
from casework.rules.row_problems import RowRefused
from models.directory_words import RowProblem

P = RowProblem


@pytest.mark.parametrize(
    ("title", "given", "family", "name"),
    [
        ("", "นายสมชาย ใจดี", "", ("นาย", "สมชาย", "ใจดี")),
        ("นาย", "สมชาย", "ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นาย", "นายสมชาย", "ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("น.ส.", "สมหญิง ใจดี ณ อยุธยา", "", ("นางสาว", "สมหญิง", "ใจดี ณ อยุธยา")),
        ("", "ว่าที่ ร.ต.สมหมาย มั่นคง", "", ("ว่าที่ ร.ต.", "สมหมาย", "มั่นคง")),
        ("", "นางสาวเพ็ญ ดีมาก", "", ("นางสาว", "เพ็ญ", "ดีมาก")),
        ("", "นายิกา ใจดี", "", ("คุณ", "นายิกา", "ใจดี")),
        ("", "1. นายสมชาย ใจดี", "", ("นาย", "สมชาย", "ใจดี")),
        ("นาย", "๑๒) สมชาย", "ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("นาย", "คุณวุฒิ", "ใจดี", ("นาย", "คุณวุฒิ", "ใจดี")),
        ("นาย", "คุณ สมชาย", "ใจดี", ("คุณ", "สมชาย", "ใจดี")),
        ("", "คุณสมชาย ใจดี", "", ("คุณ", "สมชาย", "ใจดี")),
        ("", "สมชาย นางแล", "", ("คุณ", "สมชาย", "นางแล")),
        ("", "ม.ล.สมชาย ใจดี", "", ("คุณ", "ม.ล.สมชาย", "ใจดี")),
        ("", "นายสมชาย ใจดี นายิกา", "", ("นาย", "สมชาย", "ใจดี นายิกา")),
    ],
)
def test_a_name_is_parted(title: str, given: str, family: str, name: tuple[str, str, str]) -> None:
    assert read_name(title, given, family) == FullName(*name)


@pytest.mark.parametrize(
    ("given", "family", "problem"),
    [("สมชาย", "", RowProblem.FAMILY_NAME_MISSING), ("", "ใจดี", RowProblem.NAME_MISSING)],
)
def test_half_a_name_is_refused(given: str, family: str, problem: RowProblem) -> None:
    with pytest.raises(RowRefused) as refused:
        read_name("", given, family)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("นายสมชาย ใจดี (ผู้ใหญ่บ้าน)", ""), ("นายสมชาย ใจดี 081-234-5678", ""), ("สมชาย", "ใจดี ๕"), ("1 นายสมชาย ใจดี", ""),
        ("นายสมชาย/นางมาลี ใจดี", ""), ("นาย ก… ข…", ""), ("สมชาย ........", ""), ("=1+1 ก", ""), ("<b> ก", ""),
        ("นายสมชาย ใจดี, นางมาลี ดวงดี", ""), ("นายสมชาย ใจดี นางมาลี ดวงดี", ""), ("สมชาย ใจดี น.ส. มาลี", ""),
        ("นายสมชาย ใจดี และมาลี ดวงดี ว่าที่ ร.ต.ก ข", ""), ("สมชาย และ มาลี", "ใจดี"), ("สมชาย กับ มาลี ใจดี", ""),
        ("สมชาย ใจดี และนางมาลี", ""),
    ],
)  # fmt: skip
def test_what_is_not_the_name_of_one_person_is_refused(given: str, family: str) -> None:
    with pytest.raises(RowRefused) as refused:
        read_name("", given, family)
    assert (refused.value.problem, refused.value.facts) == (P.NAME_WRONG, {"text": f"{given} {family}".strip()[:40]})


@pytest.mark.parametrize(
    ("given", "family", "several"),
    [
        ("นายสมชาย ใจดี\nนางมาลี ดวงดี", "", True),
        ("สมชาย\nมาลี", "ใจดี\nดวงดี", True),
        ("นายสมชาย\nใจดี", "", False),
        ("นายสมชาย ใจดี\nณ อยุธยา\n", "", False),
        ("สมชาย\n", "ใจดี\nณ อยุธยา", False),
        ("นายสมชาย ใจดี", "", False),
    ],
)
def test_people_on_lines_of_their_own_are_told_from_a_name_over_two_lines(
    given: str,
    family: str,
    several: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert is_of_several(given, family) is several


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("812345678", "+66812345678"),
        ("08-1234-5678", "+66812345678"),
        ("081 234 5678, 0898765432", "+66812345678"),
        ("0812345678 0898765432", "+66812345678"),
        ("042 411 111 081 234 5678", "+6642411111"),
        ("081-234-5678/089-876-5432", "+66812345678"),
        ("081\u2013234\u20145678", "+66812345678"),
        ("โทร. ๐๘๑-๒๓๔๕๖๗๘", "+66812345678"),
        ("+66 81 234 5678", "+66812345678"),
        ("66812345678", "+66812345678"),
        ("O812345678", "+66812345678"),
        ("(042) 411-111", "+6642411111"),
        ("42411111", "+6642411111"),
        ("042-411111 ต่อ 12", "+6642411111"),
        ("", None),
        ("-", None),
        ("ไม่มี", None),
    ],
)
def test_a_phone_is_read_however_it_is_written(text: str, number: str | None) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize("text", ["081-234", "1", "0812345678901234", "999-999-9999"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(RowRefused) as refused:
        read_phone(text)
    assert (refused.value.problem, refused.value.facts) == (RowProblem.PHONE_WRONG, {"text": text})


@given(st.text(alphabet="0123456789๐๑๒๓๔๕๖๗๘๙ +-().,/ext ต่อoO", max_size=40))
def test_any_text_is_a_phone_none_or_refused(text: str) -> None:
    try:
        number = read_phone(text)
    except RowRefused:
        return
    assert number is None or number.startswith("+")


def test_a_cell_is_one_line_in_one_spelling() -> None:
    assert tidy(" สม\u200bชาย\u00a0\n ใจดี ") == "สมชาย ใจดี"
    assert tidy("ค\u0e4d\u0e32 เเสน") == "คำ แสน"
    assert tidy(" \u200b ") == ""


@pytest.mark.parametrize("text", ["ก\x1b[31m", "ก" * 101])
def test_a_broken_cell_is_refused_in_short(text: str) -> None:
    with pytest.raises(RowRefused) as refused:
        tidy(text)
    assert (refused.value.problem, refused.value.facts) == (RowProblem.TEXT_WRONG, {"text": text[:40]})


@pytest.mark.parametrize(("text", "vacant"), [
        ("ว่าง", True), ("- ", True), ("(ว่าง)", True), ("ตำแหน่งว่าง", True), ("อัตรา ว่าง", True), ("Vacant", True),
        ("ว่าง (รอแต่งตั้ง)", True), ("ตำแหน่งว่าง อยู่ระหว่างสรรหา", True), ("ว่าง(รอแต่งตั้ง)", True), ("ว่างเปล่า ใจดี", False),
        ("นายว่าง ใจดี", False), ("", False),
    ],
)  # fmt: skip
def test_an_empty_post_is_said_in_the_place_of_the_name(text: str, vacant: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_vacant(text) is vacant


def test_a_sub_is_a_uuid_or_nothing() -> None:
    assert read_subject("") is None
    assert read_subject("{00000000-0000-0000-0000-000000000007}") == UUID(int=7)
    with pytest.raises(RowRefused) as refused:
        read_subject("somchai")
    assert refused.value.problem is RowProblem.SUBJECT_WRONG
