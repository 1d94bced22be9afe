"""Accept an assignment."""

from typing import Any

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.decline_assignment import decline_assignment
from casework.errors import RefusalCode
from models.vocabulary import CaseState, EventKind
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code = RefusalCode
THIRD = "volunteer 430101"


async def test_the_seat_becomes_volunteer_and_holder_and_the_one_before_keeps_a_status_card(world: World) -> None:
    case_id = await world.case()
    opened_at = world.now.replace(hour=3)
    new, old = await situations.asked(world, case_id), (await world.actor(VOLUNTEER)).seat_id
    at = world.now
    assert await world.on_case(OTHER_VOLUNTEER, accept_assignment, case_id) == case_id
    (case,) = await world.rows(
        'SELECT holder_seat_id, holder_office_id, volunteer_seat_id, version, updated_at FROM "case"'
    )
    assert tuple(case) == (new, None, new, 3, at)
    assert await world.rows("SELECT state, answered_at FROM assignment") == [("ACCEPTED", at)]
    holdings = await world.rows("SELECT seat_id, since, until FROM case_holding ORDER BY since")
    assert holdings == [(old, opened_at, at), (new, at, None)]
    running = await world.rows("SELECT seat_id, level, source FROM participation WHERE until IS NULL ORDER BY source")
    assert running == [(new, 4, "ASSIGNMENT"), (new, 4, "HOLDER")]
    ended = await world.rows("SELECT seat_id, source, until FROM participation WHERE until IS NOT NULL ORDER BY source")
    assert ended == [(new, "ASSIGNMENT", at), (old, "HOLDER", at), (old, "OPENED", at)]
    events = await world.rows("SELECT kind, payload FROM event WHERE subject_kind = 'CASE' AND seq > 2 ORDER BY seq")
    assert events == [
        (EventKind.ASSIGNMENT_ACCEPTED, {"seat": new}),
        (EventKind.CASE_HOLDER_CHANGED, {"fromSeat": old, "fromOffice": None, "seat": new, "office": None}),
    ]


async def test_an_office_goes_on_holding_the_case(world: World) -> None:
    case_id = await world.case(DLPW)
    await situations.accepted(world, case_id, by=DLPW)
    (case,) = await world.rows('SELECT holder_seat_id, holder_office_id, volunteer_seat_id FROM "case"')
    assert tuple(case) == (None, world.office("DLPW-43"), (await world.actor(OTHER_VOLUNTEER)).seat_id)
    assert await world.value("SELECT count(*) FROM case_holding") == 1
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'CASE_HOLDER_CHANGED'") == 0


async def test_a_case_held_by_a_mentor_moves_to_the_volunteer(world: World) -> None:
    case_id = await world.case(MENTOR)
    await situations.accepted(world, case_id, by=MENTOR)
    seat_id = (await world.actor(OTHER_VOLUNTEER)).seat_id
    assert await world.value('SELECT holder_seat_id FROM "case"') == seat_id


async def test_a_case_can_be_assigned_on_and_back_again(world: World) -> None:
    case_id = await world.case()
    await situations.accepted(world, case_id, OTHER_VOLUNTEER)
    await situations.accepted(world, case_id, THIRD, by=OTHER_VOLUNTEER)
    await situations.accepted(world, case_id, VOLUNTEER, by=THIRD)
    seats = [(await world.actor(handle)).seat_id for handle in (VOLUNTEER, OTHER_VOLUNTEER, THIRD, VOLUNTEER)]
    assert [row.seat_id for row in await world.rows("SELECT seat_id FROM case_holding ORDER BY since")] == seats
    running = await world.rows("SELECT DISTINCT seat_id FROM participation WHERE until IS NULL")
    assert [row.seat_id for row in running] == seats[-1:]


@pytest.mark.parametrize("verb", [accept_assignment, decline_assignment])
async def test_only_the_seat_that_was_asked_answers(world: World, verb: Any) -> None:
    more = {"reason": "ไกล"} if verb is decline_assignment else {}
    case_id = await world.case()
    await situations.asked(world, case_id)
    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        async with refused_unchanged(world, Code.ASSIGNMENT_MISSING):
            await world.on_case(by, verb, case_id, **more)
    for by in (THIRD, DLPW, "admin"):
        async with refused_unchanged(world, Code.NOT_FOUND):
            await world.on_case(by, verb, case_id, **more)


async def test_an_answer_is_given_once(world: World) -> None:
    case_id = await world.case()
    await situations.accepted(world, case_id)
    async with refused_unchanged(world, Code.ASSIGNMENT_MISSING):
        await world.on_case(OTHER_VOLUNTEER, accept_assignment, case_id)


async def test_a_question_that_was_put_to_another_seat_is_no_longer_open(world: World) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    await situations.asked(world, case_id, THIRD)
    async with refused_unchanged(world, Code.ASSIGNMENT_MISSING):
        await world.on_case(OTHER_VOLUNTEER, accept_assignment, case_id)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    await situations.status(world, case_id, CaseState.SCREENING)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(OTHER_VOLUNTEER, accept_assignment, case_id=case_id, expected_version=2)


async def test_a_case_that_has_ended_is_not_accepted(world: World) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    await situations.status(world, case_id, CaseState.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.on_case(OTHER_VOLUNTEER, accept_assignment, case_id)
