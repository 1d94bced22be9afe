"""Which tambon or amphoe a list means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.listed_places import PlaceNames, place_above, said
from casework.rules.row_problems import RowRefused
from models.directory_words import RowProblem
from tests.casework.rules.listing import areas, gazetteer

P = RowProblem
TAMBON, AMPHOE = 6, 4


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("หนองคาย", "เมือง", "หนองกอมเกาะ"), "430116"),
        (("จ.หนองคาย", "อ.เมืองหนองคาย", "ต. หนองกอมเกาะ"), "430116"),
        (("", "", "ต.หนองกอมเกาะ อ.เมือง จ.หนองคาย"), "430116"),
        (("", "", "หนองกอมเกาะ"), "430116"),
        (("", "", "430116"), "430116"),
        (("จังหวัดหนองคาย", "อำเภอท่าบ่อ", "ตำบลบ้านเดื่อ"), "430205"),
        (("หนองคาย", "เมือง", "โพธ์ชัย"), "430103"),
        (("หนองคาย", "เมือง", "ค\u0e48า\u200bยบกหวาน"), "430110"),
        (("กทม.", "เขตพระนคร", "แขวงวัดราชบพิธ"), "100103"),
        (("ระนอง", "กระบุรี", "จ.ป.ร."), "850406"),
        (("ระนอง", "กระบุรี", "ต.จ.ป.ร."), "850406"),
        (("", "", "จ. ป. ร. อ.กระบุรี จ.ระนอง"), "850406"),
    ],
)
def test_a_tambon_is_found_in_its_usual_spellings(cells: tuple[str, str, str], code: str) -> None:
    assert gazetteer().find(said(*cells), level=TAMBON) == code


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("หนองคาย", "เมือง", ""), "4301"),
        (("", "อ.ท่าบ่อ", ""), "4302"),
        (("กรุงเทพฯ", "เขตพระนคร", ""), "1001"),
        (("กทม", "อ.เขตพระนคร", ""), "1001"),
    ],
)
def test_an_amphoe_is_found(cells: tuple[str, str, str], code: str) -> None:
    assert gazetteer().find(said(*cells), level=AMPHOE) == code


IN_NONG_KHAI = "ต.บ้านเดื่อ อ.เมืองหนองคาย จ.หนองคาย, ต.บ้านเดื่อ อ.ท่าบ่อ จ.หนองคาย"


@pytest.mark.parametrize(
    ("cells", "level", "problem", "near"),
    [
        (("หนองคลาย", "", "ก"), TAMBON, P.PROVINCE_UNKNOWN, "จ.หนองคาย"),
        (("หนองคาย", "ท่าบก", "น้ำโมง"), TAMBON, P.AMPHOE_UNKNOWN, "อ.ท่าบ่อ จ.หนองคาย"),
        (("หนองคาย", "ท่าบ่อ", "หนองกอมเกาะ"), TAMBON, P.TAMBON_UNKNOWN, "ต.หนองกอมเกาะ อ.เมืองหนองคาย จ.หนองคาย"),
        (("หนองคาย", "เมือง", "หนองกมเกะ"), TAMBON, P.TAMBON_UNKNOWN, "ต.หนองกอมเกาะ อ.เมืองหนองคาย จ.หนองคาย"),
        (("หนองคาย", "", "บ้านเดื่อ"), TAMBON, P.TAMBON_AMBIGUOUS, IN_NONG_KHAI),
        (("", "", "บ้านเดื่อ"), TAMBON, P.TAMBON_AMBIGUOUS, f"ต.บ้านเดื่อ อ.เกษตรสมบูรณ์ จ.ชัยภูมิ, {IN_NONG_KHAI}"),
        (("", "เมือง", ""), AMPHOE, P.AMPHOE_AMBIGUOUS, "อ.เมืองสมุทรปราการ จ.สมุทรปราการ"),
        (("บึงกาฬ", "", "หนองกอมเกาะ"), TAMBON, P.TAMBON_UNKNOWN, None),
        (("ภูเก็ต", "เมือง", "xyz"), TAMBON, P.TAMBON_UNKNOWN, "–"),
    ],
)
def test_what_is_unknown_or_several_is_refused_with_what_is_near(
    cells: tuple[str, str, str], level: int, problem: RowProblem, near: str | None
) -> None:
    with pytest.raises(RowRefused) as refused:
        gazetteer().find(said(*cells), level=level)
    assert refused.value.problem is problem
    assert near is None or refused.value.facts["near"].startswith(near)


def test_a_name_that_many_places_bear_says_how_many_more() -> None:
    with pytest.raises(RowRefused) as refused:
        gazetteer().find(said("", "", "ในเมือง"), level=TAMBON)
    there = sum(name == "ในเมือง" for name in areas().values())
    assert refused.value.facts["near"].endswith(f"…+{there - 3}")


@pytest.mark.parametrize("level", [TAMBON, AMPHOE])
def test_no_place_is_refused(level: int) -> None:
    with pytest.raises(RowRefused) as refused:
        gazetteer().find(said("หนองคาย", "", ""), level=level)
    assert refused.value.problem is P.PLACE_MISSING


def test_no_name_of_a_tambon_is_taken_for_another_level() -> None:
    read = [said("", "", name) for code, name in areas().items() if len(code) == TAMBON]
    assert [place for place in read if place.province or place.amphoe or not place.tambon] == []


@given(st.sampled_from(sorted(code for code in areas() if len(code) == TAMBON)))
def test_every_tambon_is_found_by_its_full_name(code: str) -> None:
    names = [areas()[code[:digits]] for digits in (2, 4, 6)]
    same = [c for c in areas() if c[:4] == code[:4] and len(c) == TAMBON and areas()[c] == names[2]]
    if same == [code]:
        assert gazetteer().find(said(*names), level=TAMBON) == code


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_texts_are_a_place_or_refused(province: str, amphoe: str, tambon: str) -> None:
    try:
        code = gazetteer().find(said(province, amphoe, tambon), level=TAMBON)
    except RowRefused:
        return
    assert code in areas()


def test_a_line_above_the_list_names_its_province() -> None:
    assert place_above("บัญชีรายชื่อ จังหวัด หนองคาย ปี ๒๕๖๒", "จังหวัด") == "หนองคาย"
    assert place_above("บัญชีรายชื่อ", "จังหวัด") == ""
    assert said("", "", "") == PlaceNames()
