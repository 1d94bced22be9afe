"""Correct what is known of somebody in a post."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncSession

from casework.actions.correct_incumbent import Correction, correct_incumbent
from casework.demo.network import subject_of
from casework.errors import RefusalCode
from casework.versions import Versioned
from casework.work import Work
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.world import ADMIN, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code = RefusalCode
PHONE = Correction(phone="081-234-5678")


async def correct(world: World, correction: Correction = PHONE, *, by: str = ADMIN, **given: Any) -> None:
    """Correct VOLUNTEER as the owner of the tables, and take it back: the demo's people stay as they are."""
    actor, volunteer = await world.actor(by), await world.actor(VOLUNTEER)
    given = {"seat_id": volunteer.seat_id, "expected_version": 1, "account_id": volunteer.account_id, **given}
    async with AsyncSession(world.owner, expire_on_commit=False) as session:
        work = Work(session=session, now=world.now, reference=world.reference, by=actor, keys=world.keys)
        await correct_incumbent(work, correction=correction, **given)


@pytest.mark.parametrize("by", [VOLUNTEER, MENTOR])
async def test_only_who_appoints_corrects(world: World, by: str) -> None:
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await correct(world, by=by)


async def test_a_sub_is_given_once_and_to_one(world: World) -> None:
    for subject in (UUID(int=7), subject_of(VOLUNTEER), subject_of(MENTOR)):
        async with refused_unchanged(world, Code.PERSON_KNOWN, "input", "correction", "subject"):
            await correct(world, Correction(subject=subject))


async def test_somebody_who_does_not_fill_the_post_is_not_found(world: World) -> None:
    other = (await world.actor(OTHER_VOLUNTEER)).account_id
    async with refused_unchanged(world, Code.NOT_FOUND, "input", "account"):
        await correct(world, account_id=other)


async def test_nothing_new_is_no_correction(world: World) -> None:
    phone = await world.value("SELECT phone FROM account WHERE subject = :s", s=subject_of(VOLUNTEER))
    for correction in (Correction(), Correction(phone=phone)):
        async with refused_unchanged(world, Code.NOTHING_TO_CHANGE, "input"):
            await correct(world, correction)


async def test_the_version_of_the_post_is_expected(world: World) -> None:
    seat_id = (await world.actor(VOLUNTEER)).seat_id
    async with nothing_changes(world):
        with pytest.raises(Exception, match="VERSION_CONFLICT") as refused:
            await correct(world, expected_version=2)
    assert refused.value.subject == (Versioned.SEAT, seat_id)  # type: ignore[attr-defined]


async def test_the_applications_role_changes_no_account(world: World) -> None:
    volunteer = await world.actor(VOLUNTEER)
    async with nothing_changes(world), world.trial(ADMIN) as work:
        with pytest.raises(ProgrammingError, match="permission denied for table account"):
            await correct_incumbent(
                work,
                seat_id=volunteer.seat_id,
                expected_version=1,
                account_id=volunteer.account_id,
                correction=PHONE,
            )
