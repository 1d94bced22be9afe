"""The search of cases: each row answers at the level at which the one who asks sees it, few hits or many."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.actions.register_citizen import Person, register_citizen
from models.vocabulary import ReferralState
from resolvers import cases as lists
from resolvers import citizens, searching
from tests.api import Api
from tests.casework import situations
from tests.resolvers.herd import herd
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    TAMBON,
    VOLUNTEER,
    World,
)

QUERY = """query ($search: String!, $order: CaseOrder! = UPDATED) {
  cases(first: 100, filter: {search: $search}, orderBy: $order) {
    nodes { id } totalCount { count } stateCounts { count }
  }
}"""


@pytest.fixture(params=[0, searching.FEW], ids=["many hits", "few hits"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """However many hits there are, they are taken for few, or for many."""

    def forget() -> None:
        for built in (lists._list, lists._count, lists._tally, citizens._list, citizens._count):
            built.cache_clear()

    with monkeypatch.context() as patch:
        patch.setattr(searching, "FEW", request.param)
        forget()
        yield
    forget()


async def _found(api: Api, by: str, search: str, **more: Any) -> list[str]:
    """Give the ids found; whatever counts them agrees."""
    found = (await api.ask(QUERY, by, search=search, **more))["cases"]
    assert found["totalCount"]["count"] == len(found["nodes"])
    assert sum(state["count"] for state in found["stateCounts"]) == len(found["nodes"])
    return [node["id"] for node in found["nodes"]]


@pytest.mark.usefixtures("_either_way")
async def test_words_find_a_case_from_level_work_on_and_its_reference_from_status_on(world: World, api: Api) -> None:
    case_id, referral_id = await situations.referral_in(world, ReferralState.SENT)
    await world.case(OTHER_VOLUNTEER, area="430201", narrative="ว่างงาน")
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    sequence = str(int(reference.split("-")[2]))
    mine = [api.id("Case", case_id)]
    words = ("สมหญิง", "ใจดี สมหญิง", "สมหญิงใจดี", "ค้างค่าจ้าง", "ค่าจ้าง นายจ้าง", "สองเดือน")
    by_reference = (reference, reference.replace("-", " "), sequence, sequence.zfill(5), reference[:-2])

    async def check(by: str, *, reads: bool, sees: bool) -> None:
        for search in words:
            found = await _found(api, by, search)
            assert (mine[0] in found) is reads, (by, search)
        for search in by_reference:
            assert await _found(api, by, search) == (mine if sees else []), (by, search)

    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        await check(by, reads=True, sees=True)
    for by in (DLPW, AUDITOR):  # at level ANONYMOUS
        await check(by, reads=False, sees=True)
    for by in (OTHER_VOLUNTEER, SSO, ADMIN):
        await check(by, reads=False, sees=False)
    await situations.bring(world, referral_id, ReferralState.COMPLETED)
    await check(DLPW, reads=False, sees=True)  # a status card


@pytest.mark.usefixtures("_either_way")
async def test_a_sensitive_case_answers_no_word_where_it_shows_its_status_only(world: World, api: Api) -> None:
    case_id = await world.case(VOLUNTEER, "CHILD_LABOUR", narrative="เด็กทำงานกลางคืน", workplace_name="ร้านหมูกระทะ")
    reference = await world.value('SELECT reference FROM "case"')
    for by, reads in ((VOLUNTEER, True), (COORDINATOR, True), (MENTOR, False), (AUDITOR, False)):
        for search in ("เด็ก", "หมูกระทะ", "สมหญิง"):
            assert bool(await _found(api, by, search)) is reads, (by, search)
        assert await _found(api, by, reference) == [api.id("Case", case_id)]


@pytest.mark.usefixtures("_either_way")
async def test_a_number_finds_references_and_amounts_alike(world: World, api: Api) -> None:
    first = await world.case(narrative="ค้าง 15,050 บาท")
    second = await world.case(narrative="ไม่มีตัวเลข")
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE \"case\" SET reference = '43-2569-15050-1' WHERE id = {second}")
    both = [api.id("Case", second), api.id("Case", first)]
    for search in ("15050", "๑๕๐๕๐", "15,050"):
        assert await _found(api, VOLUNTEER, search) == (both if "," not in search else both[1:])
        assert await _found(api, AUDITOR, search) == (both[:1] if "," not in search else [])


@pytest.mark.usefixtures("_either_way")
@pytest.mark.parametrize("order", ["UPDATED", "OPENED", "DUE", "PRIORITY"])
async def test_what_is_found_comes_in_the_order_asked_for_page_by_page(world: World, api: Api, order: str) -> None:
    model = await world.case()
    due: dict[str, Any] = {"due_at": "CASE WHEN n % 3 > 0 THEN t.opened_at + (n % 3) * interval '1 day' END"}
    await herd(world, model, 24, **due)
    plain = "query ($order: CaseOrder!) { cases(first: 100, orderBy: $order) { nodes { id } } }"
    whole = [node["id"] for node in (await api.ask(plain, VOLUNTEER, order=order))["cases"]["nodes"]]
    assert len(whole) == 25
    for by in (VOLUNTEER, COORDINATOR):
        assert await _found(api, by, "ค่าจ้าง", order=order) == whole
        for size, cursor, end in (("first", "after", "endCursor"), ("last", "before", "startCursor")):
            query = f"""query ($at: String, $order: CaseOrder!) {{
              cases({size}: 10, {cursor}: $at, filter: {{search: "ค่าจ้าง"}}, orderBy: $order) {{
                nodes {{ id }} pageInfo {{ {end} }} }} }}"""
            pages: list[list[str]] = []
            at = None
            for _ in range(3):
                page = (await api.ask(query, by, order=order, at=at))["cases"]
                pages.append([node["id"] for node in page["nodes"]])
                at = page["pageInfo"][end]
            ordered = pages if size == "first" else pages[::-1]
            assert [id_ for page in ordered for id_ in page] == whole, (by, size)


async def test_a_search_goes_with_every_other_filter(world: World, api: Api) -> None:
    case_id = await world.case()
    await world.case(VOLUNTEER, "WORK_INJURY")
    wanted = {
        "search": "ค่าจ้าง", "problemTypes": ["UNPAID_WAGES"], "states": ["NEW"], "area": TAMBON, "agency": "DLPW",
        "sensitive": False, "overdue": False, "openedBetween": {"from": "2026-01-01T00:00:00Z"},
    }  # fmt: skip
    query = "query ($filter: CaseFilter) { cases(first: 5, filter: $filter) { nodes { id } totalCount { count } } }"
    for by in (VOLUNTEER, COORDINATOR):
        found = (await api.ask(query, by, filter=wanted))["cases"]
        assert found == {"nodes": [{"id": api.id("Case", case_id)}], "totalCount": {"count": 1}}


async def test_two_people_of_one_name_are_told_apart_by_their_family_name(world: World, api: Api) -> None:
    for family in ("ใจดี", "บุญเรือง"):
        person = Person(given_name="บัวลา", family_name=family, title="นาง")
        citizen = await world.act(VOLUNTEER, register_citizen, person=person)
        await world.case(citizen_id=citizen)
    assert len(await _found(api, VOLUNTEER, "บัวลา")) == 2
    assert len(await _found(api, VOLUNTEER, "บัวลาบุญเรือง")) == 1
    assert len(await _found(api, VOLUNTEER, "บุญเรือง บัวลา")) == 1
    assert await _found(api, VOLUNTEER, "บัวลาใจร้าย") == []


BAD = [
    ("ก" * 10_000, "SEARCH_TOO_LONG"),
    ("9" * 5_000, "SEARCH_TOO_LONG"),
    ("ค่าแรง " * 50, "SEARCH_TOO_LONG"),
    ("เ", "SEARCH_TOO_SHORT"),
    ("า", "SEARCH_TOO_SHORT"),
    ("่้๊๋", "SEARCH_TOO_SHORT"),
    ("ค", "SEARCH_TOO_SHORT"),
    ("", "SEARCH_TOO_SHORT"),
    ("   ", "SEARCH_TOO_SHORT"),
    ("&|!():*'\\", "SEARCH_TOO_SHORT"),
    ("ค่าแรง\x00", "TEXT_BROKEN"),
    ("\x1b[31m", "TEXT_BROKEN"),
]


@pytest.mark.parametrize(("search", "code"), BAD)
@pytest.mark.parametrize("root", ["cases", "citizens"])
async def test_what_is_no_search_is_refused_and_says_what_to_do(api: Api, root: str, search: str, code: str) -> None:
    query = f"query ($search: String!) {{ {root}(first: 1, filter: {{search: $search}}) {{ nodes {{ id }} }} }}"
    answer = await api.answer(query, VOLUNTEER, search=search)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({root: None}, code)
    assert error["extensions"]["path"] == ["filter", "search"]


@pytest.mark.parametrize("search", ["ค่าแรง' | 'ก", "ค่าแรง & !ก", "(ค่าแรง)", "ค่าแรง:*", "ค่าแรง\\", "9" * 200, "ก" * 200])
async def test_signs_of_the_query_language_are_signs(world: World, api: Api, search: str) -> None:
    case_id = await world.case(narrative="ค่าแรง ก")
    found = await _found(api, VOLUNTEER, search)
    assert found == ([] if len(search) == 200 else [api.id("Case", case_id)])
