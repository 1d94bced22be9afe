"""Sensitive cases and posts beyond the demo network."""

import pytest
from sqlalchemy import text

from models.vocabulary import Level, ReferralState, SeatKind
from tests.casework import situations
from tests.casework.conftest import Directory
from tests.casework.policy.eyes import level_of
from tests.world import COORDINATOR, DLPW, VOLUNTEER, World

SENSITIVE = "FORCED_LABOUR"


async def test_a_coordinator_sees_the_cases_of_the_own_province_and_no_others(
    world: World, directory: Directory
) -> None:
    of_bangkok = await directory.appoint(SeatKind.COORDINATOR, office="OPS-10")
    await directory.appoint(SeatKind.OFFICER, office="DOE-10", handle="officer DOE-10")
    here, there = await world.case(), await world.case("officer DOE-10", area="100101")
    sensitive = await world.case("officer DOE-10", SENSITIVE, area="100101")
    assert [await level_of(world, of_bangkok, case) for case in (here, there, sensitive)] == [
        None,
        Level.FULL,
        Level.WORK,
    ]
    assert [await level_of(world, COORDINATOR, case) for case in (here, there, sensitive)] == [Level.FULL, None, None]


async def test_a_coordinator_of_another_province_sees_what_is_referred_to_its_office(
    world: World, directory: Directory
) -> None:
    of_bangkok = await directory.appoint(SeatKind.COORDINATOR, office="OPS-10")
    case_id = await situations.screened(world, SENSITIVE, workplace_area_code="100101")
    await world.referral(case_id, to="OPS-10", problem_type_code=SENSITIVE)
    assert await level_of(world, of_bangkok, case_id) is Level.ANONYMOUS


@pytest.mark.parametrize("kind", [SeatKind.OFFICER, SeatKind.OFFICE_HEAD])
@pytest.mark.parametrize(("trusted", "level"), [(True, Level.WORK), (False, None)])
async def test_a_colleague_sees_a_sensitive_case_of_the_office_only_with_the_flag(
    world: World, directory: Directory, kind: SeatKind, *, trusted: bool, level: Level | None
) -> None:
    colleague = await directory.appoint(kind, office="DLPW-43", sensitive=trusted)
    sent = await situations.referral_in(world, ReferralState.RECEIVED, SENSITIVE, office="officer DLPW-43 2")
    assert await level_of(world, colleague, sent.case_id) is level


async def test_a_seat_that_takes_part_itself_needs_no_flag(world: World) -> None:
    case_id = await world.case(VOLUNTEER, SENSITIVE)
    assert await level_of(world, DLPW, case_id) is None
    async with world.owner.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO participation (id, case_id, seat_id, level, discloses, source, since)"
                " VALUES (nextval('prasan_id'), :case, :seat, 3, 0, 'REFERRAL', now())"
            ),
            {"case": case_id, "seat": (await world.actor(DLPW)).seat_id},
        )
    assert await level_of(world, DLPW, case_id) is Level.WORK


async def test_a_case_is_sensitive_when_one_of_its_problems_is(world: World) -> None:
    plain = await world.case(VOLUNTEER, "UNPAID_WAGES", "SEVERANCE")
    mixed = await world.case(VOLUNTEER, "UNPAID_WAGES", SENSITIVE)
    rows = await world.rows('SELECT id FROM "case" WHERE sensitive')
    assert [row.id for row in rows] == [mixed]
    assert plain != mixed


async def test_what_nobody_may_see_and_what_does_not_exist_are_answered_alike(world: World) -> None:
    case_id = await world.case(VOLUNTEER, SENSITIVE)
    assert await level_of(world, DLPW, case_id) is None
    assert await level_of(world, DLPW, case_id + 1_000_000) is None
