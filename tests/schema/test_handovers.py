"""Handovers over the API: who reads which receipt, how much of it, and what the database shows by itself."""

from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.confirm_handover import confirm_handover
from tests.api import Api
from tests.casework import situations
from tests.casework.actions.test_hand_over_seat import HEIR, hand_over, laden
from tests.schema.stage import NEIGHBOUR
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    VOLUNTEER,
    World,
)

READ = """query ($seat: ID!) { node(id: $seat) { ... on Seat { handovers(first: 5) {
  totalCount { count }
  nodes {
    id reason at confirmedAt
    seat { id } by { kind } fromIncumbency { person { name } until } toIncumbency { person { name } languages }
    counts { cases proposals referrals questions promises deadlines tasks follows }
    items(first: 50) { totalCount { count } nodes { kind dueAt case { id viewerAccess { level } } } }
  }
} } } }"""
NODE = "query ($id: ID!) { node(id: $id) { ... on Handover { id } } }"
FAR = "coordinator 10"


async def seat_of(api: Api, handle: str) -> str:
    return api.id("Seat", (await api.world.actor(handle)).seat_id)


async def read(api: Api, by: str, handle: str = VOLUNTEER) -> Any:
    return (await api.ask(READ, by, seat=await seat_of(api, handle)))["node"]["handovers"]


def kinds(handover: Any) -> list[str]:
    return sorted(item["kind"] for item in handover["items"]["nodes"])


async def test_the_receipt_is_read_by_who_took_it_over_the_mentor_and_the_coordinator(world: World, api: Api) -> None:
    await laden(world)
    at = world.now
    handover_id = await hand_over(world, VOLUNTEER)
    everything = ["CASE"] * 4 + ["DEADLINE"] * 2 + ["FOLLOW", "PROMISE", "PROPOSAL", "QUESTION", "REFERRAL", "TASK"]
    for by, shown in (("heir", everything), (MENTOR, everything), (COORDINATOR, everything)):
        listed = await read(api, by)
        assert listed["totalCount"] == {"count": 1}
        (told,) = listed["nodes"]
        assert told["id"] == api.id("Handover", handover_id)
        counts = {
            "cases": 4,
            "proposals": 1,
            "referrals": 1,
            "questions": 1,
            "promises": 1,
            "deadlines": 2,
            "tasks": 1,
            "follows": 1,
        }
        assert (told["reason"], told["counts"], told["confirmedAt"]) == ("RESIGNED", counts, None)
        assert told["fromIncumbency"]["until"] == told["at"] == f"{at:%Y-%m-%dT%H:%M:%SZ}"
        assert told["toIncumbency"] == {"person": {"name": "นางสายใจ คำภา"}, "languages": []}
        assert (told["seat"]["id"], told["by"]["kind"]) == (await seat_of(api, VOLUNTEER), "COORDINATOR")
        own = by == "heir"
        assert kinds(told) == [kind for kind in shown if own or kind != "FOLLOW"], by
        assert told["items"]["totalCount"]["count"] == len(kinds(told))
        assert all(item["case"] is not None for item in told["items"]["nodes"])


async def test_the_administrator_is_told_how_much_there_was_and_no_case(world: World, api: Api) -> None:
    await world.case()
    await hand_over(world, VOLUNTEER, by=ADMIN)
    (told,) = (await read(api, ADMIN))["nodes"]
    assert (told["counts"]["cases"], told["items"]) == (1, {"totalCount": {"count": 0}, "nodes": []})


async def test_items_are_shown_at_the_level_of_their_case(world: World, api: Api) -> None:
    await world.case(VOLUNTEER, "HARASSMENT")
    await hand_over(world, VOLUNTEER)
    levels = {}
    for by in ("heir", MENTOR, COORDINATOR):
        (told,) = (await read(api, by))["nodes"]
        levels[by] = [item["case"]["viewerAccess"]["level"] for item in told["items"]["nodes"]]
    assert levels == {"heir": ["FULL"], MENTOR: ["STATUS"], COORDINATOR: ["WORK"]}


@pytest.mark.parametrize("by", [NEIGHBOUR, OTHER_VOLUNTEER, OTHER_MENTOR, DLPW, AUDITOR])
async def test_nobody_else_reads_it_by_the_service_or_the_database(world: World, api: Api, by: str) -> None:
    await world.case()
    handover_id = await hand_over(world, VOLUNTEER)
    assert await read(api, by) is None
    assert await api.ask(NODE, by, id=api.id("Handover", handover_id)) == {"node": None}
    async with world.looking(by) as connection:
        for table in ("handover", "handover_item"):
            assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0


async def test_the_database_shows_as_much_as_the_service_does(world: World, api: Api) -> None:
    await laden(world)
    await hand_over(world, VOLUNTEER)
    await hand_over(world, NEIGHBOUR, None)
    world._actors = dict(world._actors)
    for by in ("heir", MENTOR, COORDINATOR, ADMIN):
        lists = [await read(api, by, handle) or {"nodes": []} for handle in (VOLUNTEER, NEIGHBOUR)]
        told = [one for found in lists for one in found["nodes"]]
        async with world.looking(by) as connection:
            counted = [
                (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
                for table in ("handover", "handover_item")
            ]
        assert counted == [len(told), sum(len(one["items"]["nodes"]) for one in told)], by


async def test_nothing_of_a_receipt_is_written_but_by_who_hands_over_and_who_confirms(world: World) -> None:
    case_id = await world.case()
    handover_id = await hand_over(world, VOLUNTEER)
    given = {"id": handover_id, "case": case_id}
    forged = (
        "INSERT INTO handover_item (handover_id, position, kind, case_id) VALUES (:id, 99, 'CASE', :case)",
        "UPDATE handover SET cases = 0 WHERE id = :id",
        "DELETE FROM handover WHERE id = :id",
        "SELECT draw_up_handover(:id)",
    )
    for by in (VOLUNTEER, MENTOR, COORDINATOR, ADMIN):
        for statement in forged:
            async with world.trial(by) as work:
                with pytest.raises(Exception, match=r"permission denied|query returned no rows"):
                    await work.session.execute(
                        text(statement), {k: v for k, v in given.items() if f":{k}" in statement}
                    )


async def test_a_confirmed_receipt_says_when(world: World, api: Api) -> None:
    handover_id = await hand_over(world, VOLUNTEER, None)
    at = world.now
    await world.act(MENTOR, confirm_handover, handover_id=handover_id)
    (told,) = (await read(api, MENTOR))["nodes"]
    assert (told["confirmedAt"], told["toIncumbency"]) == (f"{at:%Y-%m-%dT%H:%M:%SZ}", None)


async def test_a_post_without_a_handover_has_an_empty_list_and_pages_lead_on(world: World, api: Api) -> None:
    assert (await read(api, VOLUNTEER))["nodes"] == []
    await hand_over(world, VOLUNTEER, None)
    await hand_over(world, VOLUNTEER, HEIR)
    page = """query ($seat: ID!, $after: String) { node(id: $seat) { ... on Seat {
      handovers(first: 1, after: $after) { nodes { toIncumbency { id } } pageInfo { hasNextPage endCursor } } } } }"""
    seat = await seat_of(api, VOLUNTEER)
    first = (await api.ask(page, MENTOR, seat=seat))["node"]["handovers"]
    cursor = first["pageInfo"]["endCursor"]
    last = (await api.ask(page, MENTOR, seat=seat, after=cursor))["node"]["handovers"]
    assert (first["nodes"][0]["toIncumbency"] is None, first["pageInfo"]["hasNextPage"]) == (False, True)
    assert (last["nodes"], last["pageInfo"]["hasNextPage"]) == ([{"toIncumbency": None}], False)


async def test_a_list_of_posts_costs_as_many_statements_as_one(world: World, api: Api) -> None:
    await world.case()
    for handle in (VOLUNTEER, NEIGHBOUR):
        await hand_over(world, handle, None)
    await situations.screened(world, by="volunteer 430101")
    query = """query ($first: Int!) { volunteers(filter: {area: "4301"}, first: $first) { nodes {
      handovers(first: 3) { nodes { id fromIncumbency { kind }
        items(first: 3) { nodes { kind case { id } } } } } } } }"""
    counted = []
    for first in (1, 16):
        await api.ask(query, COORDINATOR, first=first)
        with api.statements() as seen:
            nodes = (await api.ask(query, COORDINATOR, first=first))["volunteers"]["nodes"]
        assert len(nodes) == first
        counted.append(len(seen))
    assert counted[1] - counted[0] <= 3  # the first post has none, so nothing below its list is asked
    assert counted[1] == 6
