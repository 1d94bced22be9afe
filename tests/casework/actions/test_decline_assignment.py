"""Decline an assignment."""

import pytest

from casework.actions.decline_assignment import decline_assignment
from casework.errors import RefusalCode
from models.vocabulary import CaseState, EventKind
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import OTHER_VOLUNTEER, VOLUNTEER, World

Code = RefusalCode


async def test_the_case_stays_where_it_is_and_the_reason_stands_in_a_note(world: World) -> None:
    case_id = await world.case()
    seat_id, holder = await situations.asked(world, case_id), (await world.actor(VOLUNTEER)).seat_id
    at = world.now
    await world.on_case(OTHER_VOLUNTEER, decline_assignment, case_id, reason=" อยู่ไกล ")
    assert await world.rows('SELECT holder_seat_id, volunteer_seat_id, version FROM "case"') == [(holder, holder, 3)]
    assert await world.rows("SELECT state, answered_at FROM assignment") == [("DECLINED", at)]
    (note,) = await world.rows("SELECT id, author_seat_id, audience, text, written_at FROM note")
    assert tuple(note)[1:] == (seat_id, "CASE", "อยู่ไกล", at)
    assert await world.rows("SELECT until FROM participation WHERE seat_id = :seat", seat=seat_id) == [(at,)]
    (event,) = await world.rows("SELECT kind, payload FROM event WHERE subject_kind = 'CASE' AND seq = 3")
    assert tuple(event) == (EventKind.ASSIGNMENT_DECLINED, {"seat": seat_id, "note": note.id})


async def test_a_seat_that_declined_can_be_asked_again(world: World) -> None:
    case_id = await world.case()
    await situations.declined(world, case_id)
    await situations.accepted(world, case_id)
    rows = await world.rows("SELECT state FROM assignment ORDER BY id")
    assert [row.state for row in rows] == ["DECLINED", "ACCEPTED"]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", Code.TEXT_MISSING), ("ก\x00", Code.TEXT_BROKEN), ("ก" * 10_001, Code.TEXT_TOO_LONG)],
)
async def test_the_reason_is_a_text(world: World, reason: str, code: RefusalCode) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    async with refused_unchanged(world, code, "input", "reason"):
        await world.on_case(OTHER_VOLUNTEER, decline_assignment, case_id, reason=reason)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(OTHER_VOLUNTEER, decline_assignment, case_id=case_id, expected_version=1, reason="ไกล")


async def test_a_case_that_has_ended_is_not_declined(world: World) -> None:
    case_id = await world.case()
    await situations.asked(world, case_id)
    await situations.status(world, case_id, CaseState.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await world.on_case(OTHER_VOLUNTEER, decline_assignment, case_id, reason="ไกล")
