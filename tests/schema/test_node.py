"""Whatever has an id is found again by it; ids are opaque, and one miss nulls one place."""

import re
from datetime import timedelta
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType

from casework.actions.add_note import add_note
from casework.actions.add_party import Party, add_party
from casework.actions.record_visit import plan_visit
from models.vocabulary import Audience, PartyKind
from schema.contract import contract
from tests.api import Api
from tests.files import PHOTO, attach
from tests.schema.stage import NEIGHBOUR, screened, seat_id
from tests.world import ADMIN, COORDINATOR, DLPW, OTHER_VOLUNTEER, VOLUNTEER, World

NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
IDS = """query ($id: ID!) { node(id: $id) { ... on Case {
  id citizen { id } problems { id } volunteer { id incumbencies { id } } parties { id }
  referrals(first: 1) { nodes { id toOffice { id } } }
  notes(first: 1) { nodes { id } } attachments(first: 1) { nodes { id } } deadlines(first: 1) { nodes { id } }
  tasks(first: 1) { nodes { id } } visits(first: 1) { nodes { id } } timeline(first: 1) { nodes { id } }
} } }"""


async def _everything(world: World, api: Api) -> dict[str, str]:
    """Give an id of each type, taken from answers."""
    case_id = await screened(world)
    await world.act(VOLUNTEER, add_note, case_id=case_id, audience=Audience.CASE, text="โทรแล้ว")
    await world.referral(case_id)
    await attach(world, case_id, PHOTO)
    await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=(world.now + timedelta(days=2)).date())
    await world.act(VOLUNTEER, add_party, case_id=case_id, party=Party(PartyKind.WITNESS, "นายเห็น เหตุการณ์"))
    found = (await api.ask(IDS, VOLUNTEER, id=api.id("Case", case_id)))["node"]
    referral: dict[str, Any] = found["referrals"]["nodes"][0]
    return {
        "Case": found["id"],
        "Citizen": found["citizen"]["id"],
        "Problem": found["problems"][0]["id"],
        "Volunteer": found["volunteer"]["id"],
        "Incumbency": found["volunteer"]["incumbencies"][0]["id"],
        "Party": found["parties"][0]["id"],
        "Mentor": await seat_id(api, "mentor 4301"),
        "StaffSeat": await seat_id(api, COORDINATOR),
        "Referral": referral["id"],
        "Office": referral["toOffice"]["id"],
        "Note": found["notes"]["nodes"][0]["id"],
        "Attachment": found["attachments"]["nodes"][0]["id"],
        "Deadline": found["deadlines"]["nodes"][0]["id"],
        "Task": found["tasks"]["nodes"][0]["id"],
        "Visit": found["visits"]["nodes"][0]["id"],
        "TimelineEvent": found["timeline"]["nodes"][0]["id"],
    }


ELSEWHERE = {
    "Incident",
    "Handover",
    "Notice",
    "Webhook",
    "WebhookDelivery",
    "Activity",
    "ActivityParticipant",
    "Export",
}
"""See test_incidents.py, test_handovers.py, test_notices.py, test_webhooks.py, test_activities.py, test_exports.py."""


async def test_every_node_type_is_found_again_by_the_id_of_an_answer(world: World, api: Api) -> None:
    ids = await _everything(world, api)
    node = contract()._schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    types = {kind.name for kind in contract()._schema.get_possible_types(node) if isinstance(kind, GraphQLObjectType)}
    assert set(ids) == types - ELSEWHERE
    found = (await api.ask(NODES, VOLUNTEER, ids=list(ids.values())))["nodes"]
    assert found == [{"__typename": name, "id": id_} for name, id_ in ids.items()]


async def test_whoever_may_not_see_a_thing_finds_nothing_under_its_id(world: World, api: Api) -> None:
    ids = await _everything(world, api)
    public = {"Volunteer", "Mentor", "StaffSeat", "Incumbency", "Office"}
    for by in (OTHER_VOLUNTEER, ADMIN):
        found = (await api.ask(NODES, by, ids=list(ids.values())))["nodes"]
        assert [name for name, node in zip(ids, found, strict=True) if node is not None] == [
            name for name in ids if name in public
        ]
    found = (await api.ask(NODES, DLPW, ids=[ids["Citizen"], ids["Note"], ids["Case"]]))["nodes"]
    assert found == [None, None, {"__typename": "Case", "id": ids["Case"]}]
    found = (await api.ask(NODES, None, ids=list(ids.values())))["nodes"]
    assert [node["__typename"] for node in found if node] == ["Office"]


async def test_a_malformed_id_is_one_miss_in_its_place(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    for wrong in (
        "",
        "p1",
        "x",
        "1",
        "Q2FzZTox",
        "p1" + "A" * 32,
        "é" * 10,
        "p2" + case[2:],
        "p1=",
        "\x00",
        "p1" * 5000,
    ):
        found = await api.ask(NODES, VOLUNTEER, ids=[case, wrong, case])
        assert [node and node["id"] for node in found["nodes"]] == [case, None, case], wrong


async def test_an_id_changed_in_any_place_is_no_id(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    changed = [case[:at] + ("A" if case[at] != "A" else "B") + case[at + 1 :] for at in range(len(case))]
    changed += [case[:-1], case + "A", case.lower(), case.upper(), case[::-1]]
    found = (await api.ask(NODES, VOLUNTEER, ids=changed))["nodes"]
    assert [at for at, node in enumerate(found) if node is not None] == []


async def test_ids_tell_nothing_and_are_the_same_for_ever(world: World, api: Api) -> None:
    first, second = await world.case(), await world.case()
    one, other = api.id("Case", first), api.id("Case", second)
    assert one == api.id("Case", first)
    assert re.fullmatch(r"p1[A-Za-z0-9_-]{32}", one)
    assert sum(a == b for a, b in zip(one[2:], other[2:], strict=True)) < 12
    assert len({api.id(kind, first) for kind in ("Case", "Referral", "Citizen", "Note", "Seat", "Office")}) == 6


async def test_an_id_of_another_type_is_not_found(world: World, api: Api) -> None:
    case_id = await world.case()
    before = await world.fingerprint()
    for kind in ("Citizen", "Referral", "Seat", "Office", "Note", "Problem"):
        refused = await api.do("addNote", VOLUNTEER, case={"id": api.id(kind, case_id)}, text="โทรแล้ว")
        assert (refused["code"], refused["path"]) == ("NOT_FOUND", ["input", "case", "id"])
    version = await world.version(case_id)
    given: dict[str, Any] = {"case": api.case(case_id), "expectedVersion": version, "seat": api.id("Case", case_id)}
    assert (await api.do("assignCase", VOLUNTEER, **given))["path"] == ["input", "seat"]
    assert await world.fingerprint() == before


async def test_hundred_ids_are_answered_and_a_hundred_and_one_refused(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    assert (await api.ask(NODES, VOLUNTEER, ids=[case] * 100))["nodes"] == [{"__typename": "Case", "id": case}] * 100
    answer = await api.answer(NODES, VOLUNTEER, ids=[case] * 101)
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "IDS_TOO_MANY"
    assert error["message"] == "Ask for at most 100 ids at once."
    assert (await api.ask(NODES, VOLUNTEER, ids=[]))["nodes"] == []


async def test_a_hundred_ids_of_three_kinds_cost_a_statement_each(world: World, api: Api) -> None:
    case = api.id("Case", await world.case())
    seat = await seat_id(api, NEIGHBOUR)
    office = api.id("Office", world.office("DLPW-43"))
    await api.ask(NODES, VOLUNTEER, ids=[case])
    with api.statements() as seen:
        await api.ask(NODES, VOLUNTEER, ids=[case, seat, office, api.id("Citizen", 1)] * 25)
    assert len(seen) == 4  # who asks, cases, citizens, seats; offices are in memory
