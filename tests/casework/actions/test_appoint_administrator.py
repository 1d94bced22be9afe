"""Appoint an administrator, past everybody who signs in."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from casework.accounts import NewAccount
from casework.actions.appoint_administrator import Appointed, appoint_administrator
from casework.demo.network import subject_of
from casework.errors import RefusalCode
from casework.policy.actors import SEATS_OF
from casework.work import Unit
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, VOLUNTEER, World

FIRST = NewAccount(UUID(int=7), "นาย", "สมาน", "ดีเลิศ", "Saman", "Diloet")
SECOND = replace(FIRST, subject=UUID(int=8))


async def _appoint(world: World, person: NewAccount = FIRST, *, another: bool = False) -> Appointed:
    async with AsyncSession(world.owner, expire_on_commit=False) as session, session.begin():
        unit = Unit(session=session, now=world.now, reference=world.reference)
        return await appoint_administrator(unit, person=person, another=another)


@pytest.fixture
async def _without(world: World) -> None:
    """Let the demo's administrator have left."""
    async with world.owner.begin() as connection:
        leave = "UPDATE incumbency SET until = :now WHERE seat_id IN (SELECT id FROM seat WHERE kind = 'ADMIN')"
        await connection.execute(text(leave), {"now": world.now})


async def _kinds(world: World, subject: UUID) -> list[str]:
    async with world.reader.connect() as connection:
        return [row[2] for row in await connection.execute(SEATS_OF, {"subject": subject, "now": world.now})]


@pytest.mark.usefixtures("_without")
async def test_the_first_one_fills_the_empty_post_with_an_event_of_nobody(world: World) -> None:
    done = await _appoint(world)
    assert done == Appointed(await world.value("SELECT id FROM seat WHERE kind = 'ADMIN'"), anew=True)
    assert await _kinds(world, FIRST.subject) == ["ADMIN"]
    (event,) = await world.rows("SELECT kind, subject_id, actor_seat_id, actor_account_id FROM event")
    assert event == ("INCUMBENT_APPOINTED", done.seat_id, None, None)


@pytest.mark.usefixtures("_without")
async def test_a_second_time_nothing_changes(world: World) -> None:
    done = await _appoint(world)
    before = await world.fingerprint()
    assert await _appoint(world) == Appointed(done.seat_id, anew=False)
    assert await _appoint(world, another=True) == Appointed(done.seat_id, anew=False)
    assert await world.fingerprint() == before


async def test_beside_another_one_only_when_that_is_said(world: World) -> None:
    async with refused_unchanged(world, RefusalCode.ADMINISTRATOR_EXISTS):
        await _appoint(world)
    done = await _appoint(world, another=True)
    assert done.seat_id != (await world.actor(ADMIN)).seat_id
    assert await world.value("SELECT number FROM seat WHERE id = :id", id=done.seat_id) == 2
    kinds = await world.rows("SELECT kind FROM event WHERE subject_id = :id ORDER BY seq", id=done.seat_id)
    assert kinds == [("SEAT_CREATED",), ("INCUMBENT_APPOINTED",)]


async def test_somebody_known_keeps_the_account_and_its_names(world: World) -> None:
    known = replace(FIRST, subject=subject_of(VOLUNTEER))
    accounts = await world.rows("SELECT * FROM account ORDER BY id")
    await _appoint(world, known, another=True)
    assert await world.rows("SELECT * FROM account ORDER BY id") == accounts
    assert await _kinds(world, known.subject) == ["VOLUNTEER", "ADMIN"]


@pytest.mark.usefixtures("_without")
async def test_of_two_at_once_one_is_the_first(world: World) -> None:
    found = await asyncio.gather(_appoint(world), _appoint(world, SECOND), return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["Appointed", "Refusal"]


@pytest.mark.usefixtures("_without")
async def test_a_name_that_is_no_line_is_refused(world: World) -> None:
    async with refused_unchanged(world, RefusalCode.TEXT_MISSING, "givenName"):
        await _appoint(world, replace(FIRST, given_name=" "))
