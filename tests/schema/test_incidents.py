"""Common causes over HTTP: a count for whoever works on a case, the incident with its cases for the coordinator."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.actions.add_party import Party, add_party
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState, PartyKind
from tests.api import Api
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
