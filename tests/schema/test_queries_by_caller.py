"""Each query as nobody, as a stranger and as the one who may; without a token only the public directory answers."""

from typing import Any

import pytest

from schema.contract import contract
from tests.api import Api
from tests.schema.stage import screened
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

PUBLIC = {
    "viewer": ("{ viewer { seat { id } } }", None),
    "agencies": ("{ agencies { code } }", [{"code": c} for c in ("OPS", "DOE", "DSD", "DLPW", "SSO")]),
    "offices": (
        '{ offices(filter: {province: "43"}, first: 2) { nodes { code } totalCount { count isExact } } }',
        {"nodes": [{"code": "DLPW-43"}, {"code": "DOE-43"}], "totalCount": {"count": 5, "isExact": True}},
    ),
    "areas": (
        '{ areas(filter: {inside: "43", level: AMPHOE}, first: 1) { nodes { code name } totalCount { count } } }',
        {"nodes": [{"code": "4301", "name": "เมืองหนองคาย"}], "totalCount": {"count": 9}},
    ),
    "caseStatus": ('{ caseStatus(reference: "43-2569-00001-7", trackingCode: "7") { state } }', None),
    "triage": (
        '{ triage(input: {problemTypes: ["OTHER"], homeArea: "43"}) { problems { offices { office { code } } } } }',
        {"problems": [{"offices": [{"office": {"code": "OPS-43"}}]}]},
    ),
    "problemTypes": ("{ problemTypes { code } }", ...),
    "statistics": (
        "{ statistics { threshold total { people { count } } } }",
        {"threshold": 5, "total": {"people": {"count": None}}},
    ),
}
CLOSED = {
    "activities": ("{ activities(first: 5) { nodes { id } } }", {"activities": None}),
    "cases": ("{ cases(first: 5) { nodes { id } } }", {"cases": None}),
    "caseByReference": ('{ caseByReference(reference: "43-2569-00001-7") { id } }', {"caseByReference": None}),
    "bottlenecks": ('{ bottlenecks(area: "43") { since } }', {"bottlenecks": None}),
    "reach": ('{ reach(area: "43") { since } }', {"reach": None}),
    "changes": ("{ changes(first: 5) { hasMore } }", {"changes": None}),
    "citizens": ("{ citizens(first: 5) { nodes { id } } }", {"citizens": None}),
    "matchCitizens": (
        '{ matchCitizens(input: {givenName: "สมหญิง", familyName: "ใจดี"}) { knownElsewhere } }',
        {"matchCitizens": None},
    ),
    "seats": ("{ seats(first: 5) { nodes { id } } }", {"seats": None}),
    "rightsAtRisk": ("{ rightsAtRisk(within: 30, first: 5) { nodes { id } } }", {"rightsAtRisk": None}),
    "incidents": ("{ incidents(first: 5) { nodes { id } } }", {"incidents": None}),
    "statements": (
        '{ statements(area: "43", month: "2026-11-01", first: 5) { nodes { version } } }',
        {"statements": None},
    ),
    "monthlyReport": ('{ monthlyReport(province: "43", month: "2026-11-01") { url } }', {"monthlyReport": None}),
    "volunteers": ("{ volunteers(first: 5) { nodes { id } } }", {"volunteers": None}),
    "webhookDeliveries": (
        '{ webhookDeliveries(webhook: "p1", first: 5) { nodes { id } } }',
        {"webhookDeliveries": None},
    ),
}
QUIET = {"node", "nodes"}
"""They answer null to nobody, as they do for what does not exist."""


def test_every_query_of_the_contract_is_public_closed_or_quiet() -> None:
    query = contract()._schema.query_type
    assert query is not None
    assert set(query.fields) == set(PUBLIC) | set(CLOSED) | QUIET


@pytest.mark.parametrize("root", PUBLIC)
async def test_a_public_root_answers_nobody(api: Api, root: str) -> None:
    query, expected = PUBLIC[root]
    found = (await api.ask(query))[root]
    if expected is ...:
        assert len(found) == 31
    else:
        assert found == expected


@pytest.mark.parametrize("root", CLOSED)
async def test_a_closed_root_refuses_nobody_with_a_code(world: World, api: Api, root: str) -> None:
    await world.case()
    before = await world.fingerprint()
    query, empty = CLOSED[root]
    answer = await api.answer(query)
    assert answer["data"] == empty
    (error,) = answer["errors"]
    assert (error["extensions"]["code"], error["path"]) == ("NOT_SIGNED_IN", [root])
    assert error["message"] == "Sign in: send a bearer token."
    assert await world.fingerprint() == before


async def test_node_and_nodes_are_null_for_nobody_and_a_stranger_and_found_by_the_permitted(
    world: World, api: Api
) -> None:
    case = api.id("Case", await world.case())
    query = "query ($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id]) { id } }"
    for by in (None, OTHER_VOLUNTEER, ADMIN, DLPW):
        assert await api.ask(query, by, id=case) == {"node": None, "nodes": [None]}
    for by in (VOLUNTEER, COORDINATOR, AUDITOR):
        assert await api.ask(query, by, id=case) == {
            "node": {"__typename": "Case", "id": case},
            "nodes": [{"id": case}],
        }


@pytest.mark.parametrize(
    ("by", "level", "reason"),
    [
        (VOLUNTEER, "FULL", "HOLDER"),
        ("mentor 4301", "WORK", "AREA"),
        (COORDINATOR, "FULL", "AREA"),
        (AUDITOR, "ANONYMOUS", "AUDIT"),
        (DLPW, "ANONYMOUS", "REFERRAL"),
    ],
)
async def test_cases_and_case_by_reference_show_the_permitted_their_level(
    world: World, api: Api, by: str, level: str, reason: str
) -> None:
    case_id, reference = await _referred(world)
    found = await api.ask(CASES, by, reference=reference)
    shown = {
        "id": api.id("Case", case_id),
        "narrative": "นายจ้างค้างค่าจ้างสองเดือน" if level in {"WORK", "FULL"} else None,
        "citizen": {"name": "สมหญิง ใจดี"} if level in {"WORK", "FULL"} else None,
        "viewerAccess": {"level": level, "reason": reason},
    }
    assert found == {"cases": {"nodes": [shown], "totalCount": {"count": 1}}, "caseByReference": shown}


@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, "mentor 4302", SSO, ADMIN])
async def test_a_stranger_finds_no_case_and_no_count(world: World, api: Api, by: str) -> None:
    _, reference = await _referred(world)
    found = await api.ask(CASES, by, reference=reference)
    assert found == {"cases": {"nodes": [], "totalCount": {"count": 0}}, "caseByReference": None}


async def test_the_viewer_is_told_their_post(api: Api) -> None:
    query = "{ viewer { person { name nameEn } seat { kind name } office { code } agency { code } } }"
    assert (await api.ask(query, DLPW))["viewer"] == {
        "person": {"name": "นายอนุชา บัวผัน", "nameEn": "Anucha Buaphan"},
        "seat": {"kind": "OFFICER", "name": "เจ้าหน้าที่ สำนักงานสวัสดิการและคุ้มครองแรงงานจังหวัดหนองคาย"},
        "office": {"code": "DLPW-43"},
        "agency": {"code": "DLPW"},
    }
    volunteer = (await api.ask(query, VOLUNTEER))["viewer"]
    assert (volunteer["seat"]["kind"], volunteer["office"], volunteer["agency"]) == ("VOLUNTEER", None, None)


async def test_the_posts_are_shown_to_everybody_signed_in(api: Api) -> None:
    query = """{
      volunteers(filter: {area: "4301"}, first: 1) {
        nodes { name area { code } incumbent { name } }
        totalCount { count }
      }
      seats(filter: {office: {code: "OPS-43"}}, first: 10) { nodes { kind } }
      mentors: seats(filter: {kinds: [MENTOR]}, first: 1) { totalCount { count } }
    }"""
    for by in (OTHER_VOLUNTEER, ADMIN, AUDITOR):
        found = await api.ask(query, by)
        assert found["volunteers"] == {
            "nodes": [
                {
                    "name": "อาสาสมัครแรงงานตำบลในเมือง",
                    "area": {"code": "430101"},
                    "incumbent": {"name": "นางบุญเรือน แสนสุข"},
                }
            ],
            "totalCount": {"count": 16},
        }
        assert [seat["kind"] for seat in found["seats"]["nodes"]] == ["COORDINATOR", *["OFFICER"] * 4]
        assert found["mentors"]["totalCount"]["count"] == 9


CASES = """query ($reference: String!) {
  cases(first: 5) { nodes { ...shown } totalCount { count } }
  caseByReference(reference: $reference) { ...shown }
}
fragment shown on Case { id narrative citizen { name } viewerAccess { level reason } }"""


async def _referred(world: World) -> tuple[int, Any]:
    case_id = await screened(world)
    await world.referral(case_id)
    return case_id, await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
