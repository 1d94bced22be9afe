"""Common causes over HTTP: a count for whoever works on a case, the incident with its cases for the coordinator."""

from typing import Any
from uuid import uuid4

from casework.actions.add_party import Party, add_party
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState, PartyKind
from tests.api import Api
from tests.casework.refusals import nothing_changes
from tests.resolvers.herd import herd
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

FIRM = "หจก.โขงทรัพย์การโยธา"
SAME_FIRM = "ห้างหุ้นส่วนจำกัด โขงทรัพย์ การโยธา"
CAUSES = """query ($id: ID!) { node(id: $id) { ... on Case { commonCauses {
  kind count since incident { id state count version cases(first: 5) { nodes { reference } totalCount { count } } }
} } } }"""
INCIDENTS = """query ($area: String, $state: IncidentState, $first: Int = 5, $after: String) {
  incidents(area: $area, state: $state, first: $first, after: $after) {
  totalCount { count } pageInfo { hasNextPage endCursor }
  nodes { id kind state dismissal province { code } count firstAt lastAt decidedAt version
    cases(first: 9) { nodes { reference } } } } }"""
REFER = """mutation ($input: ReferIncidentInput!) { referIncident(input: $input) { __typename
  ... on ReferIncidentPayload { incident { state version decidedAt cases(first: 9) { nodes { reference
    referrals(first: 3) { nodes { state toOffice { code } problemType { code } fromOffice { code } } } } } } }
  ... on VersionConflict { current { ... on Incident { version count } } }
  ... on Refusal { code path } } }"""
DISMISS = """mutation ($input: DismissIncidentInput!) { dismissIncident(input: $input) { __typename
  ... on DismissIncidentPayload { incident { state dismissal version } } ... on Refusal { code path } } }"""


async def working(world: World, by: str = VOLUNTEER, *problems: str, firm: str | None = FIRM, **known: Any) -> int:
    """Open a case of a new citizen and screen it; somebody is named as the employer."""
    area = {"area": "430201"} if by == OTHER_VOLUNTEER else {}
    case_id = await world.case(by, *problems, **area)
    await world.on_case(by, update_case_status, case_id, state=CaseState.SCREENING)
    if firm is not None:
        await name(world, case_id, by, name=firm, **known)
    return case_id


async def name(world: World, case_id: int, by: str = VOLUNTEER, **known: Any) -> int:
    party = Party(**{"kind": PartyKind.EMPLOYER, "name": FIRM, **known})
    return await world.act(by, add_party, case_id=case_id, party=party)


async def two(world: World) -> tuple[int, int]:
    """Two volunteers of different amphoe, each with a case about the same firm, written differently."""
    return await working(world), await working(world, OTHER_VOLUNTEER, firm=SAME_FIRM)


async def causes(api: Api, case_id: int, by: str) -> Any:
    return ((await api.ask(CAUSES, by, id=api.id("Case", case_id)))["node"] or {}).get("commonCauses")


async def counts(api: Api, case_id: int, by: str) -> list[tuple[str, int]]:
    return [(cause["kind"], cause["count"]) for cause in await causes(api, case_id, by)]


def sending(incident: Any, *, version: int | None = None, **more: Any) -> dict[str, Any]:
    return {
        "operationId": str(uuid4()),
        "incident": incident["id"],
        "expectedVersion": version or incident["version"],
        "office": {"code": "DLPW-43"},
        "problemType": "UNPAID_WAGES",
        "reason": "นายจ้างรายเดียวกัน",
        "reasonCategory": "COMPETENCE",
        "legalBasis": "CONSENT",
        **more,
    }


async def refer(api: Api, given: dict[str, Any], by: str = COORDINATOR) -> dict[str, Any]:
    answer: dict[str, Any] = (await api.ask(REFER, by, input=given))["referIncident"]
    return answer


async def dismiss(api: Api, incident: Any, by: str = COORDINATOR) -> dict[str, Any]:
    given = {
        "operationId": str(uuid4()),
        "incident": incident["id"],
        "expectedVersion": incident["version"],
        "dismissal": "UNRELATED",
    }
    answer: dict[str, Any] = (await api.ask(DISMISS, by, input=given))["dismissIncident"]
    return answer


async def incidents(api: Api, by: str = COORDINATOR, **wanted: Any) -> Any:
    return (await api.ask(INCIDENTS, by, **wanted))["incidents"]


async def references(world: World, *case_ids: int) -> list[str]:
    rows = await world.rows('SELECT id, reference FROM "case"')
    known = {row.id: row.reference for row in rows}
    return [known[case_id] for case_id in case_ids]


async def test_volunteers_are_told_a_count_and_the_coordinator_the_cases(world: World, api: Api) -> None:
    first = await working(world)
    assert await causes(api, first, VOLUNTEER) == []
    second = await working(world, OTHER_VOLUNTEER, firm=SAME_FIRM)
    for case_id, by in ((first, VOLUNTEER), (second, OTHER_VOLUNTEER), (first, MENTOR)):
        (cause,) = await causes(api, case_id, by)
        assert (cause["kind"], cause["count"], cause["incident"]) == ("EMPLOYER", 2, None)
    (cause,) = await causes(api, first, COORDINATOR)
    incident = cause.pop("incident")
    assert cause == {"kind": "EMPLOYER", "count": 2, "since": "2026-11-16T05:00:00Z"}
    latest_first = [{"reference": reference} for reference in await references(world, second, first)]
    assert incident["cases"] == {"nodes": latest_first, "totalCount": {"count": 2}}
    assert (incident["state"], incident["count"], incident["version"]) == ("PROPOSED", 2, 1)
    assert await causes(api, first, AUDITOR) is None


async def test_sensitive_cases_count_for_the_coordinator_alone(world: World, api: Api) -> None:
    first = await working(world)
    hidden = await working(world, OTHER_VOLUNTEER, "HARASSMENT")
    assert await causes(api, first, VOLUNTEER) == []
    assert await causes(api, hidden, OTHER_VOLUNTEER) == []
    assert await counts(api, first, COORDINATOR) == await counts(api, hidden, COORDINATOR) == [("EMPLOYER", 2)]
    third = await working(world)
    assert await counts(api, third, VOLUNTEER) == await counts(api, first, VOLUNTEER) == [("EMPLOYER", 2)]
    assert await causes(api, hidden, OTHER_VOLUNTEER) == []
    assert await counts(api, third, COORDINATOR) == [("EMPLOYER", 3)]
    (incident,) = (await incidents(api))["nodes"]
    assert (incident["count"], len(incident["cases"]["nodes"])) == (3, 3)


async def test_incidents_are_listed_for_coordinators_of_their_province(world: World, api: Api) -> None:
    await two(world)
    await working(world, firm="ร้านลาบนายหนุ่ย", phones=["081-234-5678"])
    await working(world, firm="ลาบป้าแดง", phones=["0812345678"])
    found = await incidents(api)
    assert found["totalCount"] == {"count": 2}
    assert [(node["kind"], node["count"], node["province"]["code"]) for node in found["nodes"]] == [
        ("PHONE", 2, "43"),
        ("EMPLOYER", 2, "43"),
    ]
    page = await incidents(api, first=1)
    assert page["pageInfo"]["hasNextPage"]
    rest = await incidents(api, first=1, after=page["pageInfo"]["endCursor"])
    assert [*page["nodes"], *rest["nodes"]] == found["nodes"]
    assert [node["kind"] for node in (await incidents(api, area="4302"))["nodes"]] == ["EMPLOYER"]
    assert (await incidents(api, area="430116", state="PROPOSED"))["totalCount"] == {"count": 2}
    assert (await incidents(api, state="DISMISSED"))["nodes"] == []
    for by, area in ((VOLUNTEER, None), (MENTOR, None), (DLPW, None), (AUDITOR, None), (COORDINATOR, "10")):
        answer = await api.answer(INCIDENTS, by, area=area)
        assert (answer["data"], answer["errors"][0]["extensions"]["code"]) == ({"incidents": None}, "NOT_PERMITTED")


async def test_an_incident_is_found_by_its_id_by_who_leads_it(world: World, api: Api) -> None:
    await two(world)
    query = "query ($id: ID!) { node(id: $id) { ... on Incident { kind count } } }"
    (incident,) = (await incidents(api))["nodes"]
    assert await api.ask(query, COORDINATOR, id=incident["id"]) == {"node": {"kind": "EMPLOYER", "count": 2}}
    for by in (VOLUNTEER, MENTOR, DLPW, AUDITOR, None):
        assert await api.ask(query, by, id=incident["id"]) == {"node": None}


async def test_all_cases_that_can_be_are_referred_together(world: World, api: Api) -> None:
    first, second = await two(world)
    there = await working(world)
    await world.referral(there)
    await working(world, VOLUNTEER, "SEVERANCE")
    await working(world, VOLUNTEER, "UNPAID_WAGES", "HARASSMENT")
    withdrawn = await working(world)
    await world.on_case(VOLUNTEER, update_case_status, withdrawn, state=CaseState.WITHDRAWN, reason="ถอน")
    await name(world, await world.case())
    (incident,) = (await incidents(api))["nodes"]
    assert (incident["count"], incident["version"]) == (6, 6)
    given = sending(incident)
    done = await refer(api, given)
    assert done["__typename"] == "ReferIncidentPayload"
    assert (done["incident"]["state"], done["incident"]["version"]) == ("REFERRED", 7)
    sent = await world.rows("SELECT case_id, from_office_id, to_office_id FROM referral ORDER BY id")
    ops, dlpw = world.office("OPS-43"), world.office("DLPW-43")
    assert [tuple(row) for row in sent[1:]] == [(first, ops, dlpw), (second, ops, dlpw)]
    events = await world.rows(
        "SELECT subject_id, kind, audience FROM event WHERE operation_id = :id ORDER BY id", id=given["operationId"]
    )
    assert [tuple(row) for row in events] == [
        (case_id, kind, audience)
        for case_id in (first, second)
        for kind, audience in (("REFERRAL_SENT", "CASE"), ("INCIDENT_REFERRED", "OWN_AGENCY"))
    ]
    async with nothing_changes(world):
        assert await refer(api, given) == done
        assert (await refer(api, sending(incident, version=7)))["code"] == "INCIDENT_EXHAUSTED"


async def test_named_cases_are_referred_all_or_none_and_the_answer_names_the_one_in_the_way(
    world: World, api: Api
) -> None:
    first, second = await two(world)
    other = await working(world, VOLUNTEER, "SEVERANCE")
    new = await world.case()
    await name(world, new)
    (incident,) = (await incidents(api))["nodes"]
    unrelated = await working(world, firm=None)

    async def told(*case_ids: int) -> Any:
        cases = [api.id("Case", case_id) for case_id in case_ids]
        return await refer(api, sending(incident, version=3, cases=cases))

    severance, is_new = await references(world, other, new)
    async with nothing_changes(world):
        for wanted, code, end in (
            ([first, other], "PROBLEM_NOT_OF_CASE", severance),
            ([new, first], "CASE_NOT_SCREENED", is_new),
            ([first, unrelated], "NOT_FOUND", "1"),
        ):
            answer = await told(*wanted)
            assert (answer["code"], answer["path"]) == (code, ["input", "cases", end])
        assert await told(*[first] * 101) == {
            "__typename": "InvalidInput",
            "code": "TOO_MANY",
            "path": ["input", "cases"],
        }
    assert (await told(second))["__typename"] == "ReferIncidentPayload"
    assert await world.rows("SELECT case_id FROM referral") == [(second,)]


async def test_a_case_that_joins_or_a_decision_makes_the_version_old(world: World, api: Api) -> None:
    await two(world)
    (incident,) = (await incidents(api))["nodes"]
    await working(world)
    async with nothing_changes(world):
        answer = await refer(api, sending(incident))
    assert answer == {
        "__typename": "VersionConflict",
        "current": {"version": 2, "count": 3},
        "code": "VERSION_CONFLICT",
        "path": ["input", "expectedVersion"],
    }


async def test_only_who_leads_the_incident_decides(world: World, api: Api) -> None:
    await two(world)
    (incident,) = (await incidents(api))["nodes"]
    async with nothing_changes(world):
        for by in (VOLUNTEER, MENTOR, SSO, AUDITOR):
            assert (await refer(api, sending(incident), by))["code"] == "NOT_FOUND"
            assert (await dismiss(api, incident, by))["code"] == "NOT_FOUND"


async def test_a_dismissed_incident_is_told_to_nobody_until_another_case_joins(world: World, api: Api) -> None:
    first, second = await two(world)
    (incident,) = (await incidents(api))["nodes"]
    assert (await dismiss(api, incident))["incident"] == {"state": "DISMISSED", "dismissal": "UNRELATED", "version": 2}
    assert await causes(api, first, VOLUNTEER) == await causes(api, second, COORDINATOR) == []
    async with nothing_changes(world):
        assert (await dismiss(api, {**incident, "version": 2}))["code"] == "INCIDENT_ALREADY_DISMISSED"
    await name(world, first)
    assert (await incidents(api, state="DISMISSED"))["totalCount"] == {"count": 1}
    await working(world)
    (again,) = (await incidents(api))["nodes"]
    assert (again["state"], again["dismissal"], again["decidedAt"], again["version"]) == ("PROPOSED", None, None, 3)
    assert await counts(api, first, VOLUNTEER) == [("EMPLOYER", 3)]


async def test_what_was_decided_stands_in_the_timeline_for_the_coordinators_agency_alone(
    world: World, api: Api
) -> None:
    first, _ = await two(world)
    (incident,) = (await incidents(api))["nodes"]
    await refer(api, sending(incident))
    await dismiss(api, {**incident, "version": 2})
    query = """query ($id: ID!) { node(id: $id) { ... on Case { timeline(last: 3) { nodes { kind } } } } }"""

    async def heard(by: str) -> list[str]:
        nodes = (await api.ask(query, by, id=api.id("Case", first)))["node"]["timeline"]["nodes"]
        return [node["kind"] for node in nodes]

    assert await heard(COORDINATOR) == ["REFERRAL_SENT", "INCIDENT_REFERRED", "INCIDENT_DISMISSED"]
    assert await heard(VOLUNTEER) == ["CASE_STATUS_CHANGED", "PARTY_ADDED", "REFERRAL_SENT"]


async def test_a_page_of_fifty_costs_as_many_statements_as_one_of_two(world: World, api: Api) -> None:
    first, _ = await two(world)
    await herd(world, first, 48)
    query = """query ($first: Int!) { cases(first: $first) { nodes { commonCauses { count incident {
      count cases(first: 2) { nodes { reference } } } } } } }"""
    costs = []
    for size in (2, 50, 2, 50):
        with api.statements() as seen:
            found = (await api.ask(query, COORDINATOR, first=size))["cases"]["nodes"]
        assert [node["commonCauses"][0]["count"] for node in found] == [2] * size
        costs.append(len(seen))
    assert costs[2:] == [6, 6]
    with api.statements() as seen:
        await api.ask(INCIDENTS, COORDINATOR)
    assert len(seen) == 5
