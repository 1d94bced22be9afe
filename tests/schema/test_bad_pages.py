"""Odd pages, foreign cursors and odd filters: a stable code, the field null, nothing counted or shown."""

from typing import Any

import pytest

from tests.api import Api
from tests.schema.stage import screened
from tests.world import COORDINATOR, VOLUNTEER, World

LISTS = {
    "areas": "{ areas(%s) { edges { cursor } } }",
    "offices": "{ offices(%s) { edges { cursor } } }",
    "seats": "{ seats(%s) { edges { cursor } } }",
    "volunteers": "{ volunteers(%s) { edges { cursor } } }",
    "cases": "{ cases(%s) { edges { cursor } } }",
    "citizens": "{ citizens(%s) { edges { cursor } } }",
    "citizens_cases": "{ citizens(first: 1) { nodes { citizens_cases: cases(%s) { edges { cursor } } } } }",
    "referrals": "{ cases(first: 1) { nodes { referrals(%s) { edges { cursor } } } } }",
    "timeline": "{ cases(first: 1) { nodes { timeline(%s) { edges { cursor } } } } }",
    "notes": "{ cases(first: 1) { nodes { notes(%s) { edges { cursor } } } } }",
}
ODD_PAGES = (
    "",
    "first: 0",
    "first: -1",
    "first: 101",
    "first: 2147483647",
    "last: 0",
    "last: 101",
    "first: 5, last: 5",
    "first: null",
    "first: null, last: null",
    'first: 5, before: "x"',
    'last: 5, after: "x"',
)


def _code(answer: dict[str, Any]) -> str:
    (error,) = answer["errors"]
    code: str = error["extensions"]["code"]
    return code


@pytest.mark.parametrize("name", LISTS)
async def test_a_page_is_asked_by_first_or_last_from_1_to_100(world: World, api: Api, name: str) -> None:
    await world.case()
    for odd in ODD_PAGES:
        query = LISTS[name] % odd if odd else (LISTS[name] % "x").replace("(x)", "")
        answer = await api.answer(query, VOLUNTEER)
        assert _code(answer) == "PAGE_SIZE_INVALID", odd
        assert answer["errors"][0]["message"] == "Give either `first` or `last`, from 1 to 100."
        assert answer["data"] in (
            None,
            {name: None},
            {"cases": None},
            {"cases": {"nodes": [{name: None}]}},
            {"citizens": None},
        )
    for size in ("first: 1", "first: 100", "last: 1", "last: 100"):
        await api.ask(LISTS[name] % size, VOLUNTEER)


def _cursors(value: Any) -> list[str]:
    """Give every cursor in an answer."""
    if isinstance(value, dict):
        return [value["cursor"]] if "cursor" in value else [c for inner in value.values() for c in _cursors(inner)]
    return [c for inner in value for c in _cursors(inner)] if isinstance(value, list) else []


async def test_only_a_lists_own_cursors_lead_on_in_it(world: World, api: Api) -> None:
    case_id = await screened(world)
    await world.referral(case_id)
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรแล้ว")
    cursors = {name: _cursors(await api.ask(query % "first: 1", VOLUNTEER))[0] for name, query in LISTS.items()}
    assert len(set(cursors.values())) == len(LISTS) - (cursors["seats"] == cursors["volunteers"])
    event = (await api.ask("{ cases(first: 1) { nodes { eventsCursor } } }", VOLUNTEER))["cases"]["nodes"][0]
    foreign = {**cursors, "events": event["eventsCursor"], "id": api.id("Case", case_id)}
    for name, query in LISTS.items():
        for origin, cursor in foreign.items():
            for page in (f'first: 1, after: "{cursor}"', f'last: 1, before: "{cursor}"'):
                answer = await api.answer(query % page, VOLUNTEER)
                if origin == name or {origin, name} == {"seats", "volunteers"}:
                    assert "errors" not in answer
                else:
                    assert _code(answer) == "CURSOR_INVALID", (name, origin)


async def test_the_cursor_of_one_order_does_not_lead_on_in_the_other(world: World, api: Api) -> None:
    await world.case()
    cursor = _cursors(await api.ask("{ cases(first: 1) { edges { cursor } } }", VOLUNTEER))[0]
    answer = await api.answer(
        f'{{ cases(first: 1, orderBy: OPENED, after: "{cursor}") {{ nodes {{ id }} }} }}', VOLUNTEER
    )
    assert _code(answer) == "CURSOR_INVALID"


@pytest.mark.parametrize("page", ["first: 1, after", "last: 1, before"])
async def test_a_malformed_cursor_is_refused_without_a_word_about_its_inside(api: Api, page: str) -> None:
    cursor = _cursors(await api.ask(LISTS["areas"] % "first: 1"))[0]
    size, argument = page.split(", ")
    query = f"query ($cursor: String!) {{ areas({size}, {argument}: $cursor) {{ nodes {{ code }} }} }}"
    for wrong in (
        "",
        "x",
        "=",
        "AA==",
        cursor[:-1],
        cursor + "A",
        cursor.swapcase(),
        "ก",
        "\x00",
        "WzFd",
        "A" * 50_000,
    ):
        answer = await api.answer(query, None, cursor=wrong)
        assert (_code(answer), answer["data"]) == ("CURSOR_INVALID", None), wrong
        assert answer["errors"][0]["message"] == "This cursor is not one of this list's; start again without it."
        assert answer["errors"][0]["extensions"]["path"] == [argument]


@pytest.mark.parametrize("reference", ["", "x", "43-2569-00001-8", "43-2569-0001-7", "99" * 300, "\x00", "43256900001"])
async def test_a_mistyped_reference_is_an_error_not_a_miss(api: Api, reference: str) -> None:
    query = "query ($r: String!) { caseByReference(reference: $r) { id } }"
    answer = await api.answer(query, VOLUNTEER, r=reference)
    assert (_code(answer), answer["data"]) == ("REFERENCE_INVALID", {"caseByReference": None})


async def test_a_reference_is_read_as_people_type_it(world: World, api: Api) -> None:
    case_id = await world.case()
    reference = await world.value('SELECT reference FROM "case"')
    thai = reference.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    query = "query ($r: String!) { caseByReference(reference: $r) { id } }"
    for typed in (reference, reference.replace("-", ""), reference.replace("-", " "), f" {thai} "):
        found = await api.ask(query, VOLUNTEER, r=typed)
        assert found == {"caseByReference": {"id": api.id("Case", case_id)}}


AREAS = ("99", "", "43011", "430199", "\x00", "%", "43__", "4_", "43' OR 1=1 --", "ก" * 100)


async def test_an_unknown_area_is_refused_by_every_list_that_filters_by_area(world: World, api: Api) -> None:
    await world.case()
    for name, kind in (
        ("cases", "CaseFilter"),
        ("citizens", "CitizenFilter"),
        ("seats", "SeatFilter"),
        ("volunteers", "VolunteerFilter"),
    ):
        query = f"query ($filter: {kind}) {{ {name}(first: 1, filter: $filter) {{ totalCount {{ count }} }} }}"
        for area in AREAS:
            answer = await api.answer(query, COORDINATOR, filter={"area": area})
            assert (answer["data"], _code(answer)) == ({name: None}, "AREA_UNKNOWN"), (name, area)


async def test_an_unknown_area_is_refused_by_the_public_directory(api: Api) -> None:
    for name, kind, given in (
        ("areas", "AreaFilter", "inside"),
        ("offices", "OfficeFilter", "province"),
        ("offices", "OfficeFilter", "covers"),
    ):
        query = f"query ($filter: {kind}) {{ {name}(first: 1, filter: $filter) {{ totalCount {{ count }} }} }}"
        for area in AREAS:
            answer = await api.answer(query, None, filter={given: area})
            assert (answer["data"], _code(answer)) == (None, "AREA_UNKNOWN"), (given, area)


@pytest.mark.parametrize(
    "wanted", [{"volunteer": "p1"}, {"volunteer": ""}, {"holder": {"seat": "x"}}, {"office": {"code": "\x00"}}]
)
async def test_an_unknown_post_or_office_in_a_filter_is_not_found(api: Api, wanted: dict[str, Any]) -> None:
    query = "query ($filter: CaseFilter) { cases(first: 1, filter: $filter) { nodes { id } } }"
    answer = await api.answer(query, VOLUNTEER, filter=wanted)
    assert (answer["data"], _code(answer)) == ({"cases": None}, "NOT_FOUND")
    assert answer["errors"][0]["extensions"]["path"][0] == "filter"


async def test_a_name_or_agency_that_nothing_bears_finds_nothing(api: Api) -> None:
    query = """query ($text: String) {
      areas(first: 1, filter: {name: $text}) { totalCount { count } }
      offices(first: 1, filter: {agency: $text}) { totalCount { count } }
    }"""
    for odd in ("\x00", "%", "zz", "43' OR 1=1 --", "ก" * 1000):
        found = await api.ask(query, None, text=odd)
        assert [answer["totalCount"]["count"] for answer in found.values()] == [0, 0], odd
