"""What a post has on its hands: numbers, for those who may know."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.assign_case import assign_case
from casework.rules.states import ENDED
from models.vocabulary import CaseState
from tests.api import Api
from tests.casework import situations
from tests.schema.stage import NEIGHBOUR
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

LOAD = """query ($id: ID!) { node(id: $id) { ... on Seat {
    load { openHeld openTakenPart proposed overdue } } } }"""
EVERYBODY = (
    """query ($first: Int!) { volunteers(filter: {area: "43"}, first: $first) { nodes { id load { openHeld } } } }"""
)


async def load(api: Api, by: str, of: str) -> Any:
    return (await api.ask(LOAD, by, id=api.id("Seat", (await api.world.actor(of)).seat_id)))["node"]["load"]


async def busy(world: World) -> None:
    """VOLUNTEER holds three cases, one overdue, and accompanies a fourth; one has ended; NEIGHBOUR is asked for one."""
    first = await world.case()
    await world.referral(await situations.screened(world))
    await situations.resolved(world, "HARASSMENT")
    await situations.closed(world)
    moved = await situations.screened(world)
    await situations.transferred(world, moved)
    neighbour = await world.actor(NEIGHBOUR)
    await world.on_case(VOLUNTEER, assign_case, first, seat_id=neighbour.seat_id)
    world.now += timedelta(days=30)


async def test_a_post_its_mentor_and_its_coordinator_read_the_same_numbers(world: World, api: Api) -> None:
    await busy(world)
    wanted = {"openHeld": 3, "openTakenPart": 4, "proposed": 0, "overdue": 1}
    assert [await load(api, by, VOLUNTEER) for by in (VOLUNTEER, MENTOR, COORDINATOR)] == [wanted] * 3
    asked = {"openHeld": 0, "openTakenPart": 0, "proposed": 1, "overdue": 0}
    assert [await load(api, by, NEIGHBOUR) for by in (NEIGHBOUR, MENTOR, COORDINATOR)] == [asked] * 3


@pytest.mark.parametrize("by", [NEIGHBOUR, OTHER_VOLUNTEER, OTHER_MENTOR, DLPW, SSO, AUDITOR, ADMIN])
async def test_nobody_else_reads_them_by_the_service_or_the_database(world: World, api: Api, by: str) -> None:
    await world.case()
    assert await load(api, by, VOLUNTEER) is None
    seat_id = (await world.actor(VOLUNTEER)).seat_id
    async with world.looking(by) as connection:
        counted = text("SELECT * FROM seat_loads(ARRAY[CAST(:id AS bigint)], current_date)")
        assert (await connection.execute(counted, {"id": seat_id})).all() == []


async def test_a_day_to_look_again_that_has_passed_is_overdue(world: World, api: Api) -> None:
    case_id = await situations.in_progress(world)
    review = (world.now + timedelta(days=3)).date()
    await situations.status(world, case_id, CaseState.WAITING_CITIZEN, review_on=review)
    world.now += timedelta(days=2)
    assert (await load(api, VOLUNTEER, VOLUNTEER))["overdue"] == 0
    world.now += timedelta(days=2)
    assert (await load(api, VOLUNTEER, VOLUNTEER))["overdue"] == 1


async def test_a_page_of_posts_costs_as_many_statements_as_one(api: Api) -> None:
    counts = []
    for first in (1, 50):
        with api.statements() as seen:
            nodes = (await api.ask(EVERYBODY, COORDINATOR, first=first))["volunteers"]["nodes"]
        assert len(nodes) == first
        counts.append(len(seen))
    assert counts[0] == counts[1]


async def test_the_function_counts_what_has_not_ended_as_the_rules_say(world: World) -> None:
    told = await world.value("SELECT pg_get_functiondef('seat_loads'::regproc)")
    for state in ENDED:
        assert told.count(f"'{state.value}'") == 3
