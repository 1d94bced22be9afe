"""`Citizen.accessLog`: the coordinator who sees all of a citizen is told who looked; nobody else is told anything."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.rules.calendar import thai_instant
from tests.api import Api
from tests.fuzz.planted import IDENTIFIER, Planted, plant
from tests.schema.stage import seat_id
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    SSO,
    VOLUNTEER,
    World,
)

LOG = """query ($id: ID!, $first: Int = 10, $after: String) { node(id: $id) { ... on Citizen {
  viewerCan(action: READ_ACCESS_LOG) { allowed reason }
  accessLog(first: $first, after: $after) {
    nodes {
      at atThai purpose level case { reference } person { name } seat { id kind } office { code } requestId reason
    }
    pageInfo { hasNextPage endCursor } totalCount { count isExact }
  }
} } }"""
NARRATIVES = "{ cases(first: 9) { nodes { narrative } } }"


@pytest.fixture
async def planted(api: Api) -> Planted:
    return await plant(api)


async def looked(api: Api, query: str, by: str) -> str:
    """Ask, and let the recorder write; give the request's id."""
    response = await api.client.post("/graphql", json={"query": query}, headers=api.headers(by))
    assert "errors" not in response.json()
    await api.world.recorder.flush()
    return response.headers["x-request-id"]


async def log(api: Api, planted: Planted, by: str = COORDINATOR, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(LOG, by, id=planted.ids["@Citizen"], **more))["node"]
    return found


async def test_the_coordinator_is_told_who_looked_when_and_what_for(world: World, api: Api, planted: Planted) -> None:
    request = await looked(api, NARRATIVES, OTHER_MENTOR)
    found = await log(api, planted)
    name = await world.value(
        "SELECT title || given_name || ' ' || family_name FROM account WHERE id = :id",
        id=(await world.actor(OTHER_MENTOR)).account_id,
    )
    assert found["viewerCan"] == {"allowed": True, "reason": None}
    assert found["accessLog"]["nodes"] == [
        {
            "at": world.now.isoformat().replace("+00:00", "Z"),
            "atThai": thai_instant(world.now),
            "purpose": "LIST",
            "level": "WORK",
            "case": {"reference": planted.ids["@reference"]},
            "person": {"name": name},
            "seat": {"id": await seat_id(api, OTHER_MENTOR), "kind": "MENTOR"},
            "office": None,
            "requestId": request,
            "reason": None,
        }
    ]
    assert found["accessLog"]["totalCount"] == {"count": 1, "isExact": True}


async def test_reading_the_log_is_a_look_of_its_own(world: World, api: Api, planted: Planted) -> None:
    await looked(api, NARRATIVES, OTHER_VOLUNTEER)
    for expected in (["LIST"], ["ACCESS_LOG", "RECORD", "LIST"]):
        world.now += timedelta(minutes=1)
        entries = (await log(api, planted))["accessLog"]["nodes"]
        assert [entry["purpose"] for entry in entries] == expected
        await world.recorder.flush()


async def test_a_reveal_stands_there_with_its_reason_each_time_the_number_was_shown(
    world: World, api: Api, planted: Planted
) -> None:
    given = {
        "operationId": str(uuid4()),
        "citizen": {"id": planted.ids["@Citizen"]},
        "identifier": {"kind": "PASSPORT", "lastFour": IDENTIFIER[-4:]},
        "reason": "ขอรับเงินทดแทน",
    }
    for _ in range(2):
        shown = await api.do("revealIdentifier", OTHER_VOLUNTEER, want="number", **given)
        assert shown["number"] == IDENTIFIER
    entries = (await log(api, planted))["accessLog"]["nodes"]
    reveals = [(entry["level"], entry["reason"]) for entry in entries if entry["purpose"] == "REVEAL"]
    assert reveals == [("FULL", "ขอรับเงินทดแทน")] * 2
    assert {entry["purpose"] for entry in entries} == {"REVEAL", "CHANGE"}
    assert await world.value("SELECT count(*) FROM identifier_reveal") == 1


@pytest.mark.parametrize("by", [OTHER_VOLUNTEER, OTHER_MENTOR])
async def test_others_who_see_the_citizen_are_told_nothing(api: Api, planted: Planted, by: str) -> None:
    await looked(api, NARRATIVES, OTHER_VOLUNTEER)
    assert await log(api, planted, by) == {
        "viewerCan": {"allowed": False, "reason": "NOT_PERMITTED"},
        "accessLog": None,
    }


@pytest.mark.parametrize("by", [None, VOLUNTEER, MENTOR, DLPW, SSO, AUDITOR, ADMIN])
async def test_to_those_who_do_not_see_the_citizen_there_is_none(api: Api, planted: Planted, by: str | None) -> None:
    await looked(api, NARRATIVES, OTHER_VOLUNTEER)
    assert (await api.ask(LOG, by, id=planted.ids["@Citizen"]))["node"] is None


async def test_a_coordinator_who_sees_less_than_all_of_the_citizen_is_told_nothing(world: World, api: Api) -> None:
    """Of a citizen whose cases are sensitive: level WORK."""
    await world.case(VOLUNTEER, "HARASSMENT")
    citizen = api.id("Citizen", await world.value('SELECT citizen_id FROM "case"'))
    await looked(api, NARRATIVES, VOLUNTEER)
    found = (await api.ask(LOG, COORDINATOR, id=citizen))["node"]
    assert found == {"viewerCan": {"allowed": False, "reason": "NOT_PERMITTED"}, "accessLog": None}


async def test_the_log_goes_on_page_by_page_without_a_gap(api: Api, planted: Planted) -> None:
    """Looks of one instant stand in an order of their own."""
    requests = [await looked(api, NARRATIVES, OTHER_VOLUNTEER) for _ in range(5)]
    found, after = [], None
    while True:
        page = (await log(api, planted, first=2, after=after))["accessLog"]
        found += [entry["requestId"] for entry in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == requests[::-1]


async def test_the_logs_of_many_citizens_cost_as_much_as_that_of_one(world: World, api: Api) -> None:
    await plant(api)
    asked = """query ($first: Int!) { citizens(first: $first) { nodes {
      accessLog(first: 3) { nodes { person { name } } } } } }"""
    await world.case(OTHER_VOLUNTEER, area="430201")
    await looked(api, NARRATIVES, OTHER_VOLUNTEER)
    costs = []
    for first in (1, 50):
        with api.statements() as ran:
            nodes = (await api.ask(asked, COORDINATOR, first=first))["citizens"]["nodes"]
        assert [len(node["accessLog"]["nodes"]) for node in nodes] == [1] * min(first, 2)
        costs.append(len(ran))
    assert costs == [4, 4]
