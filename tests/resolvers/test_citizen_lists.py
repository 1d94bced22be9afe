"""Citizens listed and searched, and their cases: by everybody who sees the person, and by nobody else."""

import pytest

from casework.actions.open_case import Intake, open_case
from casework.actions.register_citizen import Person, register_citizen
from models.vocabulary import Channel, ReferralState
from tests.api import Api
from tests.casework import situations
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    TAMBON,
    VOLUNTEER,
    World,
)

QUERY = """query ($filter: CitizenFilter) { citizens(first: 100, filter: $filter) {
  nodes { id name viewerLevel } totalCount { count isExact } } }"""


async def _names(api: Api, by: str, **wanted: str) -> list[str]:
    found = (await api.ask(QUERY, by, filter=wanted))["citizens"]
    assert found["totalCount"] == {"count": len(found["nodes"]), "isExact": True}
    return [node["name"] for node in found["nodes"]]


@pytest.fixture
async def _people(world: World) -> None:
    """In order of registration: with a case, with a sensitive one, without a case yet, and far away."""
    for by, given, family, area, problem in (
        (VOLUNTEER, "บัวลา", "นามวิชา", TAMBON, "UNPAID_WAGES"),
        (VOLUNTEER, "สมหญิง", "ใจดี", "430117", "CHILD_LABOUR"),
        (VOLUNTEER, "สมชาย", "ใจดี", None, None),
        (OTHER_VOLUNTEER, "บัวลา", "ทองดี", "430201", "UNPAID_WAGES"),
    ):
        person = Person(given_name=given, family_name=family, area_code=area)
        citizen = await world.act(by, register_citizen, person=person)
        if problem is not None:
            await _open(world, citizen, problem, by=by, area=TAMBON if by == VOLUNTEER else "430201")


async def _open(world: World, citizen: int, problem: str, *, by: str = VOLUNTEER, area: str = TAMBON) -> int:
    intake = Intake(citizen, [problem], area, "นายจ้างค้างค่าจ้าง", Channel.VOLUNTEER)
    return await world.act(by, open_case, intake=intake)


NEAR = ["สมชาย ใจดี", "สมหญิง ใจดี", "บัวลา นามวิชา"]
VISIBLE = {
    VOLUNTEER: NEAR,
    OTHER_VOLUNTEER: ["บัวลา ทองดี"],
    MENTOR: ["บัวลา นามวิชา"],
    OTHER_MENTOR: ["บัวลา ทองดี"],
    COORDINATOR: ["บัวลา ทองดี", "สมหญิง ใจดี", "บัวลา นามวิชา"],
    DLPW: [],
    AUDITOR: [],
    ADMIN: [],
}


@pytest.mark.usefixtures("_people")
async def test_everybody_lists_the_citizens_they_see_the_latest_first(api: Api) -> None:
    for by, names in VISIBLE.items():
        assert await _names(api, by) == names, by
        for search, found in (
            ("บัวลา", [name for name in names if name.startswith("บัวลา")]),
            ("ใจดี", [name for name in names if name.endswith("ใจดี")]),
            ("สมหญิงใจดี", [name for name in names if name == "สมหญิง ใจดี"]),
            ("ดีใจ", []),
            ("ค่าจ้าง", []),
        ):
            assert await _names(api, by, search=search) == found, (by, search)
        assert await _names(api, by, area="4302") == [name for name in names if name == "บัวลา ทองดี"], by
        assert await _names(api, by, area=TAMBON, search="บัวลา") == [name for name in names if name == NEAR[2]], by


async def test_an_office_lists_a_citizen_while_its_referral_shows_the_person(world: World, api: Api) -> None:
    _, referral_id = await situations.referral_in(world, ReferralState.SENT)
    assert await _names(api, DLPW) == []
    await situations.bring(world, referral_id, ReferralState.RECEIVED)
    assert await _names(api, DLPW) == await _names(api, DLPW, search="สมหญิง") == ["สมหญิง ใจดี"]
    assert await _names(api, SSO, search="สมหญิง") == []


async def test_pages_of_citizens_make_up_the_whole_list(world: World, api: Api) -> None:
    ids = [api.id("Citizen", await world.citizen()) for _ in range(5)][::-1]
    for wanted in ("", 'filter: {search: "ใจดี"},'):
        forward: list[str] = []
        backward: list[str] = []
        after = before = None
        for _ in range(3):
            query = f"""query ($after: String, $before: String) {{
              next: citizens({wanted} first: 2, after: $after) {{ nodes {{ id }} pageInfo {{ endCursor }} }}
              back: citizens({wanted} last: 2, before: $before) {{ nodes {{ id }} pageInfo {{ startCursor }} }} }}"""
            found = await api.ask(query, VOLUNTEER, after=after, before=before)
            forward += [node["id"] for node in found["next"]["nodes"]]
            backward = [node["id"] for node in found["back"]["nodes"]] + backward
            after, before = found["next"]["pageInfo"]["endCursor"], found["back"]["pageInfo"]["startCursor"]
        assert forward == backward == ids


CASES = """{ citizens(first: 50) { nodes { name cases(first: 1) {
  nodes { reference citizen { name } } pageInfo { hasNextPage endCursor } totalCount { count }
  stateCounts { state count } } } } }"""


async def test_a_citizen_leads_to_the_cases_that_show_the_citizen(world: World, api: Api) -> None:
    citizen = await world.citizen()
    own = [await _open(world, citizen, "UNPAID_WAGES") for _ in range(2)]
    sensitive = await _open(world, citizen, "CHILD_LABOUR")
    whole = [api.id("Case", case_id) for case_id in (sensitive, *own[::-1])]
    query = "{ citizens(first: 1) { nodes { cases(first: 10) { nodes { id } totalCount { count } } } } }"
    for by, expected in ((VOLUNTEER, whole), (COORDINATOR, whole), (MENTOR, whole[1:])):
        (node,) = (await api.ask(query, by))["citizens"]["nodes"]
        assert [case["id"] for case in node["cases"]["nodes"]] == expected, by
        assert node["cases"]["totalCount"]["count"] == len(expected), by
    (node,) = (await api.ask(CASES, MENTOR))["citizens"]["nodes"]
    assert (node["cases"]["pageInfo"]["hasNextPage"], node["cases"]["totalCount"]) == (True, {"count": 2})
    assert {each["state"]: each["count"] for each in node["cases"]["stateCounts"]}["NEW"] == 2


async def test_citizens_with_their_cases_cost_the_same_at_one_and_at_twenty(world: World, api: Api) -> None:
    for people in (1, 20):
        for _ in range(people - (people > 1)):
            await world.case()
        await api.ask(CASES, VOLUNTEER)
        with api.statements() as seen:
            found = (await api.ask(CASES, VOLUNTEER))["citizens"]["nodes"]
        assert [node["cases"]["totalCount"]["count"] for node in found] == [1] * people
        assert [sum(each["count"] for each in node["cases"]["stateCounts"]) for node in found] == [1] * people
        assert len(seen) == 6
