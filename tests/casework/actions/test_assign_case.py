"""Ask a volunteer seat to take a case."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from casework.actions.assign_case import assign_case
from casework.errors import Refusal, RefusalCode
from models.vocabulary import CaseState, EventKind, SeatKind
from tests.casework import situations
from tests.casework.conftest import Directory
from tests.casework.refusals import refused_unchanged
from tests.world import (
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    VOLUNTEER,
    World,
)

Code = RefusalCode
THIRD = "volunteer 430101"


async def test_nothing_moves_until_the_seat_accepts_but_it_sees_what_the_case_is_about(world: World) -> None:
    case_id = await world.case()
    asked_at = world.now
    seat_id = await situations.asked(world, case_id)
    holder = (await world.actor(VOLUNTEER)).seat_id
    (proposal,) = await world.rows("SELECT * FROM assignment")
    assert (proposal.case_id, proposal.seat_id, proposal.proposed_by_seat_id) == (case_id, seat_id, holder)
    assert (proposal.state, proposal.proposed_at, proposal.answered_at) == ("PROPOSED", asked_at, None)
    (case,) = await world.rows('SELECT holder_seat_id, volunteer_seat_id, version, updated_at FROM "case"')
    assert tuple(case) == (holder, holder, 2, asked_at)
    (part,) = await world.rows(
        "SELECT level, discloses, source, since, until FROM participation WHERE seat_id = :s", s=seat_id
    )
    assert tuple(part) == (2, 0, "ASSIGNMENT", asked_at, None)
    (event,) = await world.rows("SELECT kind, payload FROM event WHERE subject_kind = 'CASE' AND seq = 2")
    assert tuple(event) == (EventKind.ASSIGNMENT_PROPOSED, {"seat": seat_id})


async def test_a_new_question_takes_the_place_of_one_that_nobody_answered(world: World) -> None:
    case_id = await world.case()
    first = await situations.asked(world, case_id)
    second_at = world.now
    second = await situations.asked(world, case_id, THIRD)
    rows = await world.rows("SELECT seat_id, state, answered_at FROM assignment ORDER BY id")
    assert [tuple(row) for row in rows] == [(first, "SUPERSEDED", second_at), (second, "PROPOSED", None)]
    parts = await world.rows("SELECT seat_id, until FROM participation WHERE source = 'ASSIGNMENT' ORDER BY id")
    assert [tuple(part) for part in parts] == [(first, second_at), (second, None)]


@pytest.mark.parametrize("by", [VOLUNTEER, MENTOR, COORDINATOR])
async def test_the_holder_the_mentor_and_the_coordinator_assign_a_sensitive_case_too(world: World, by: str) -> None:
    case_id = await world.case(VOLUNTEER, "FORCED_LABOUR")
    await situations.asked(world, case_id, by=by)
    assert await world.value("SELECT proposed_by_seat_id FROM assignment") == (await world.actor(by)).seat_id


OTHERS: list[tuple[str, RefusalCode]] = [
    (OTHER_VOLUNTEER, Code.NOT_FOUND),
    (OTHER_MENTOR, Code.NOT_FOUND),
    (DLPW, Code.NOT_FOUND),
    ("admin", Code.NOT_FOUND),
    (AUDITOR, Code.NOT_PERMITTED),
]


async def test_strangers_do_not_find_the_case_and_auditors_assign_nothing(world: World) -> None:
    case_id = await world.case()
    for by, code in OTHERS:
        async with refused_unchanged(world, code):
            await situations.asked(world, case_id, by=by)


async def test_an_office_that_works_on_a_referral_does_not_assign(world: World) -> None:
    sent = await situations.referral_in(world, situations.R.ACCEPTED)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await situations.asked(world, sent.case_id, by=DLPW)


async def test_the_version_that_one_decided_on_must_still_be_there(world: World) -> None:
    case_id = await situations.screened(world)
    seat_id = (await world.actor(OTHER_VOLUNTEER)).seat_id
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(VOLUNTEER, assign_case, case_id=case_id, seat_id=seat_id, expected_version=1)


async def test_of_two_assignments_with_one_version_exactly_one_wins(world: World) -> None:
    case_id = await world.case()
    seats = [(await world.actor(handle)).seat_id for handle in (OTHER_VOLUNTEER, THIRD)]
    results = await asyncio.gather(
        *(world.act(VOLUNTEER, assign_case, case_id=case_id, seat_id=seat, expected_version=1) for seat in seats),
        return_exceptions=True,
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert results.count(case_id) == 1
    assert await world.value("SELECT count(*) FROM assignment") == 1


async def test_a_case_that_has_ended_is_not_assigned(world: World) -> None:
    case_id = await world.case()
    await situations.status(world, case_id, CaseState.WITHDRAWN, reason="ถอน")
    for by in (VOLUNTEER, COORDINATOR):
        async with refused_unchanged(world, Code.CASE_ENDED):
            await situations.asked(world, case_id, by=by)


@pytest.mark.parametrize("handle", [MENTOR, DLPW, COORDINATOR, AUDITOR])
async def test_only_volunteer_seats_are_asked(world: World, handle: str) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, Code.SEAT_NOT_VOLUNTEER, "input", "seat"):
        await situations.asked(world, case_id, handle)


async def test_the_seat_that_accompanies_the_case_is_not_asked_again(world: World) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, Code.SEAT_ALREADY_VOLUNTEER, "input", "seat"):
        await situations.asked(world, case_id, VOLUNTEER)


async def test_a_seat_that_does_not_exist_is_not_found(world: World) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "seat"):
        await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=999_999_999_999)


async def test_a_seat_of_another_province_is_not_asked(world: World, directory: Directory) -> None:
    case_id = await world.case()
    there = await directory.appoint(SeatKind.VOLUNTEER, area="100101")
    async with refused_unchanged(world, Code.SEAT_OUTSIDE_PROVINCE, "input", "seat"):
        await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=there.seat_id)


async def test_a_seat_that_is_empty_was_left_or_is_not_yet_filled_is_not_asked(
    world: World, directory: Directory
) -> None:
    case_id = await world.case()
    empty, left, coming = [await directory.seat(SeatKind.VOLUNTEER, area="430102") for _ in range(3)]
    account = await directory.account(uuid4())
    await directory.fill(left, account, until=world.now)
    await directory.fill(coming, account, since=world.now + timedelta(seconds=1))
    for seat in (empty, left, coming):
        async with refused_unchanged(world, Code.SEAT_EMPTY, "input", "seat"):
            await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=seat)
