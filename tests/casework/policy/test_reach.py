"""What filters ask of a row's level is what the row shows."""

from typing import Any

import pytest
from sqlalchemy import select

from casework.policy.citizens import citizen, citizen_door
from casework.policy.visibility import door, the_case
from models.vocabulary import Level, ReferralState
from tests.casework import situations
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

EVERYBODY = (
    VOLUNTEER, OTHER_VOLUNTEER, MENTOR, OTHER_MENTOR, COORDINATOR, DLPW, "officer DLPW-43 2", "head DLPW-43", SSO,
    AUDITOR, ADMIN,
)  # fmt: skip
R = ReferralState
ABOVE_STATUS = (Level.ANONYMOUS, Level.WORK, Level.FULL)


@pytest.fixture
async def cases(world: World) -> None:
    """Cases that everybody sees differently: open, referred, reported, given away, sensitive, of an office."""
    await world.case()
    await world.case(OTHER_VOLUNTEER, area="430201")
    for state in (R.SENT, R.RECEIVED, R.COMPLETED, R.REJECTED):
        await situations.referral_in(world, state)
        await situations.referral_in(world, state, "FORCED_LABOUR", office="officer DLPW-43 2")
    await situations.transferred(world, await situations.screened(world))
    await situations.accepted(world, await world.case())
    await world.case("officer DLPW-43 2", "CHILD_LABOUR")
    await world.case("officer OPS-43", "CHILD_LABOUR")
    await world.citizen()


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("by", EVERYBODY)
async def test_a_row_reaches_exactly_the_levels_up_to_its_own(world: World, by: str) -> None:
    actor = await world.actor(by)
    seen = door(actor.kind)
    asked = select(the_case.c.id, seen.level, *(seen.reaches(level) for level in ABOVE_STATUS))
    async with world.looking(by) as connection:
        rows = (
            await connection.execute(asked.select_from(seen.rows).where(seen.allowed), actor.scope_at(world.now))
        ).all()
    for case_id, level, *reached in rows:
        assert [bool(one) for one in reached] == [level >= one for one in ABOVE_STATUS], (by, case_id)
    assert bool(rows) is (by not in {ADMIN, SSO})


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("by", EVERYBODY)
async def test_the_citizens_listed_are_those_allowed(world: World, by: str) -> None:
    actor = await world.actor(by)
    seen = citizen_door(actor.kind)

    async def ids(statement: Any) -> list[int]:
        async with world.looking(by) as connection:
            return sorted((await connection.execute(statement, actor.scope_at(world.now))).scalars())

    listed = await ids(select(citizen.c.id).where(seen.listed))
    assert listed == await ids(select(citizen.c.id).select_from(seen.rows).where(seen.allowed))
    assert bool(listed) is (by not in {ADMIN, AUDITOR, SSO})
