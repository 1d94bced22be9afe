"""The clocks of cases over HTTP: what starts, moves and ends them, and the rights that are about to be lost."""

from typing import Any
from uuid import uuid4

import pytest

from models.vocabulary import ReferralState
from tests.api import Api
from tests.casework import situations
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

CLOCKS = """query ($id: ID!) { node(id: $id) { ... on Case { dueAt keyDates { event day dayThai } deadlines(first: 20) {
  totalCount { count } nodes { code kind state verified startedAt dueAt extension ruleFrom rule { section law }
  referral { toOffice { code } } steps { move } intervals { state since until } } } } } }"""
RISK = """query ($within: Int!, $area: String) { rightsAtRisk(within: $within, area: $area, first: 10) {
  totalCount { count } nodes { code dueAt case { reference } } pageInfo { hasNextPage } } }"""
RECORD = """mutation ($input: RecordKeyDateInput!) { recordKeyDate(input: $input) { __typename
  ... on RecordKeyDatePayload { case { id } } ... on Refusal { code path message } } }"""
EXTEND = """mutation ($input: ExtendDeadlineInput!) { extendDeadline(input: $input) { __typename
  ... on ExtendDeadlinePayload { deadline { extension dueAt steps { move } case { version } } }
  ... on Refusal { code path message } } }"""


async def clocks(api: Api, case_id: int, by: str = VOLUNTEER) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(CLOCKS, by, id=api.id("Case", case_id)))["node"]
    return found


async def record(api: Api, case_id: int, event: str, day: str, by: str = VOLUNTEER) -> dict[str, Any]:
    given = {"operationId": str(uuid4()), "case": api.case(case_id), "event": event, "day": day}
    answer: dict[str, Any] = (await api.ask(RECORD, by, input=given))["recordKeyDate"]
    return answer


def by_code(found: dict[str, Any]) -> dict[str, Any]:
    return {node["code"]: node for node in found["deadlines"]["nodes"]}


async def test_a_key_date_starts_the_clocks_of_its_problems_and_each_names_its_law(world: World, api: Api) -> None:
    case_id = await world.case(VOLUNTEER, "WORK_INJURY")
    assert (await clocks(api, case_id))["deadlines"]["nodes"] == []
    assert (await record(api, case_id, "INJURY", "2026-11-10"))["__typename"] == "RecordKeyDatePayload"
    found = await clocks(api, case_id)
    assert found["keyDates"] == [{"event": "INJURY", "day": "2026-11-10", "dayThai": "10 พ.ย. 2569"}]
    (claim,) = found["deadlines"]["nodes"]
    assert (claim["code"], claim["kind"], claim["state"]) == ("CLAIM_WORK_INJURY", "CITIZEN_RIGHT", "RUNNING")
    assert (claim["dueAt"], claim["ruleFrom"]) == ("2027-05-09T17:00:00Z", "1994-07-01")
    assert claim["rule"] == {"section": "49", "law": "พระราชบัญญัติเงินทดแทน พ.ศ. 2537"}
    assert found["dueAt"] == claim["dueAt"]

    await record(api, case_id, "INJURY", "2026-11-09")
    (claim,) = (await clocks(api, case_id))["deadlines"]["nodes"]
    assert (claim["dueAt"], [step["move"] for step in claim["steps"]]) == (
        "2027-05-08T17:00:00Z",
        ["STARTED", "MOVED"],
    )
    await record(api, case_id, "COMPENSATION_CLAIMED", "2026-11-12")
    found = await clocks(api, case_id)
    assert [node["state"] for node in found["deadlines"]["nodes"]] == ["MET"]
    assert found["dueAt"] is None


async def test_a_right_that_was_lost_before_is_told_and_makes_no_case_due(world: World, api: Api) -> None:
    case_id = await world.case(VOLUNTEER, "UNEMPLOYMENT_BENEFIT")
    await record(api, case_id, "EMPLOYMENT_ENDED", "2026-01-31")
    found = await clocks(api, case_id)
    assert [(node["code"], node["state"]) for node in found["deadlines"]["nodes"]] == [
        ("REGISTER_UNEMPLOYED", "MISSED")
    ]
    assert found["dueAt"] is None


async def test_a_case_may_be_opened_with_its_days(world: World, api: Api) -> None:
    opening = "mutation ($input: OpenCaseInput!) { openCase(input: $input) { ... on OpenCasePayload { case { keyDates {"
    opening += " event day } } } ... on Refusal { code path } } }"
    given = {
        "citizen": {"id": api.id("Citizen", await world.citizen())},
        "problemTypes": ["UNPAID_WAGES"],
        "area": "430116",
        "narrative": "ไม่ได้รับค่าจ้าง",
        "channel": "VOLUNTEER",
    }
    days = [{"event": "COMPLAINT_FILED", "day": "2026-11-02"}, {"event": "ORDER_SERVED", "day": "2026-11-01"}]

    async def opened(*days: dict[str, str]) -> Any:
        asked = {**given, "operationId": str(uuid4()), "keyDates": list(days)}
        return (await api.ask(opening, VOLUNTEER, input=asked))["openCase"]

    assert await opened(*days) == {"code": "DATES_CONTRADICT", "path": ["input", "keyDates", "1", "day"]}
    assert await opened(days[0], days[0]) == {"code": "KEY_DATE_REPEATED", "path": ["input", "keyDates", "1", "event"]}
    assert await world.value('SELECT count(*) FROM "case"') == 0
    assert (await opened(days[0]))["case"]["keyDates"] == days[:1]


@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-11-17", "DATE_IN_FUTURE"), ("2569-11-01", "BUDDHIST_YEAR"), ("1980-01-01", "DATE_TOO_EARLY")],
)
async def test_a_day_that_cannot_be_is_refused_and_nothing_changes(world: World, api: Api, day: str, code: str) -> None:
    case_id = await world.case()
    before = await world.fingerprint()
    answer = await record(api, case_id, "COMPLAINT_FILED", day)
    assert (answer["code"], answer["path"]) == (code, ["input", "day"])
    assert await world.fingerprint() == before


async def test_a_referral_has_a_clock_for_its_answer_and_then_for_its_result(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    (answer,) = (await clocks(api, sent.case_id))["deadlines"]["nodes"]
    assert (answer["code"], answer["state"], answer["verified"]) == ("REFERRAL_RESPOND", "RUNNING", False)
    assert answer["referral"] == {"toOffice": {"code": "DLPW-43"}}
    await situations.bring(world, sent.referral_id, ReferralState.NEEDS_INFO)
    found = by_code(await clocks(api, sent.case_id))
    paused = [node for node in found.values() if node["state"] == "PAUSED"]
    assert len(paused) == 1
    assert paused[0]["intervals"][-1]["state"] == "PAUSED"


async def test_the_clocks_of_a_reported_referral_are_met(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.COMPLETED)
    found = by_code(await clocks(api, sent.case_id))
    assert {code: node["state"] for code, node in found.items()} == {
        "REFERRAL_RESPOND": "MET",
        "REFERRAL_RESULT": "MET",
    }
    assert [step["move"] for step in found["REFERRAL_RESULT"]["steps"]] == ["STARTED", "MET"]


async def _inspected(world: World, api: Api) -> tuple[int, dict[str, Any]]:
    """A case whose complaint an inspector has, and the input with which its order is given more time."""
    sent = await situations.referral_in(world, ReferralState.ACCEPTED)
    await record(api, sent.case_id, "COMPLAINT_FILED", "2026-11-02")
    deadline = await world.value("SELECT id FROM deadline WHERE code = 'INSPECTOR_ORDER'")
    version = await world.version(sent.case_id)
    return sent.case_id, {
        "deadline": api.id("Deadline", deadline),
        "expectedVersion": version,
        "more": 20,
        "reason": "รอพยาน",
    }


async def extend(api: Api, given: dict[str, Any], by: str = DLPW, **changed: Any) -> dict[str, Any]:
    asked = {**given, **changed, "operationId": str(uuid4())}
    answer: dict[str, Any] = (await api.ask(EXTEND, by, input=asked))["extendDeadline"]
    return answer


async def test_the_agency_whose_duty_it_is_extends_a_clock_as_far_as_the_law_goes(world: World, api: Api) -> None:
    case_id, given = await _inspected(world, api)
    first = (await extend(api, given))["deadline"]
    assert (first["extension"], first["dueAt"]) == (20, "2027-01-21T17:00:00Z")
    assert [step["move"] for step in first["steps"]] == ["STARTED", "EXTENDED"]
    assert (await extend(api, given))["code"] == "VERSION_CONFLICT"
    version = await world.version(case_id)
    too_long = await extend(api, given, expectedVersion=version, more=11)
    assert (too_long["code"], too_long["path"]) == ("EXTENSION_TOO_LONG", ["input", "more"])
    assert (await extend(api, given, expectedVersion=version, more=10))["deadline"]["extension"] == 30
    kinds = await world.rows("SELECT kind FROM event WHERE kind = 'DEADLINE_EXTENDED'")
    assert len(kinds) == 2


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (VOLUNTEER, "NOT_PERMITTED"),
        (MENTOR, "NOT_PERMITTED"),
        (COORDINATOR, "NOT_PERMITTED"),
        (AUDITOR, "NOT_PERMITTED"),
        (SSO, "NOT_FOUND"),
        (OTHER_VOLUNTEER, "NOT_FOUND"),
        (ADMIN, "NOT_FOUND"),
    ],
)
async def test_nobody_else_extends_it(world: World, api: Api, by: str, code: str) -> None:
    _, given = await _inspected(world, api)
    before = await world.fingerprint()
    assert (await extend(api, given, by))["code"] == code
    assert await world.fingerprint() == before


async def test_what_knows_no_extension_or_is_over_is_not_extended(world: World, api: Api) -> None:
    case_id, given = await _inspected(world, api)
    standard = await world.value("SELECT id FROM deadline WHERE code = 'REFERRAL_RESULT'")
    assert (await extend(api, given, deadline=api.id("Deadline", standard)))["code"] == "DEADLINE_FIXED"
    await record(api, case_id, "ORDER_SERVED", "2026-11-10")
    assert (await extend(api, given))["code"] == "DEADLINE_OVER"
    assert (await extend(api, given, deadline="x"))["code"] == "NOT_FOUND"


async def test_rights_at_risk_are_those_of_the_cases_that_one_sees_the_first_to_be_lost_first(
    world: World, api: Api
) -> None:
    late, soon = await world.case(VOLUNTEER, "WORK_INJURY"), await world.case(VOLUNTEER, "UNEMPLOYMENT_BENEFIT")
    await record(api, late, "INJURY", "2026-06-01")
    await record(api, soon, "EMPLOYMENT_ENDED", "2026-11-01")

    async def at_risk(by: str, within: int, area: str | None = None) -> list[str]:
        found = (await api.ask(RISK, by, within=within, area=area))["rightsAtRisk"]
        assert found["totalCount"]["count"] == len(found["nodes"])
        return [node["code"] for node in found["nodes"]]

    both = ["CLAIM_WORK_INJURY", "REGISTER_UNEMPLOYED"]
    for by in (VOLUNTEER, MENTOR, COORDINATOR, AUDITOR):
        assert sorted(await at_risk(by, 30)) == both
    assert await at_risk(COORDINATOR, 13) == ["CLAIM_WORK_INJURY"]
    assert await at_risk(COORDINATOR, 30, "43") == await at_risk(COORDINATOR, 30)
    assert await at_risk(COORDINATOR, 30, "10") == []
    for by in (OTHER_VOLUNTEER, DLPW, ADMIN):
        assert await at_risk(by, 366) == []
    await record(api, soon, "UNEMPLOYMENT_REGISTERED", "2026-11-12")
    assert await at_risk(COORDINATOR, 30) == ["CLAIM_WORK_INJURY"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"within": 0}, "DAYS_OUT_OF_RANGE"),
        ({"within": 367}, "DAYS_OUT_OF_RANGE"),
        ({"within": 3, "area": "99"}, "AREA_UNKNOWN"),
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused(api: Api, given: dict[str, Any], code: str) -> None:
    answer = await api.answer(RISK, VOLUNTEER, **given)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
