"""Who looked: the table keeps what is written, and the citizen who asks is told all of it."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from casework.access import Look, looks_at, record_export
from casework.actions.reveal_identifier import reveal_identifier
from casework.actions.update_citizen import ShownIdentifier
from casework.citizen_records import Identifier
from models import CitizenAccess
from models.privacy_words import AccessPurpose
from models.vocabulary import IdentifierKind, Level, SeatKind
from tests.world import COORDINATOR, TAMBON, VOLUNTEER, World

PURPOSES_ALONE = [
    {"purpose": AccessPurpose.LIST, "seat_id": None},
    {"purpose": AccessPurpose.LIST, "account_id": None},
    {"purpose": AccessPurpose.EXPORT},
    {"purpose": AccessPurpose.REVEAL},
    {"purpose": AccessPurpose.LIST, "reveal_id": 1},
    {"purpose": AccessPurpose.LIST, "level": Level.ANONYMOUS},
]


async def look(world: World, citizen_id: int, by: str = VOLUNTEER, **more: Any) -> None:
    async with world.work(by) as work:
        given = {
            "id": await work.new_id(),
            "citizen_id": citizen_id,
            "seat_id": work.by.seat_id,
            "account_id": work.by.account_id,
            "purpose": AccessPurpose.RECORD,
            "level": Level.WORK,
            "at": world.now,
        }
        await work.save(CitizenAccess(**{**given, **more}))


async def looks(world: World, citizen_id: int) -> list[Look]:
    async with AsyncSession(world.owner) as session:
        return list(await looks_at(session, citizen_id))


async def test_the_citizen_is_told_who_looked_and_through_which_case(world: World) -> None:
    case_id = await world.case()
    citizen_id = await world.value('SELECT citizen_id FROM "case"')
    await look(world, citizen_id, case_id=case_id)
    (found,) = await looks(world, citizen_id)
    by, reference = await world.actor(VOLUNTEER), await world.value('SELECT reference FROM "case"')
    assert (found.purpose, found.level, found.at) == (AccessPurpose.RECORD, Level.WORK, world.now)
    assert (found.case_id, found.case_reference) == (case_id, reference)
    assert (found.seat_id, found.account_id) == (by.seat_id, by.account_id)
    assert (found.seat_kind, found.area_code, found.office_id) == (SeatKind.VOLUNTEER, TAMBON, None)
    assert [found.given_name, found.family_name] == list(
        (await world.rows("SELECT given_name, family_name FROM account WHERE id = :id", id=by.account_id))[0]
    )


async def test_the_latest_look_comes_first_and_looks_at_others_do_not_come(world: World) -> None:
    mine, other = await world.citizen(), await world.citizen()
    for purpose in (AccessPurpose.LIST, AccessPurpose.RECORD):
        await look(world, mine, purpose=purpose)
        await look(world, other, purpose=purpose)
    assert [found.purpose for found in await looks(world, mine)] == [AccessPurpose.RECORD, AccessPurpose.LIST]


async def test_a_reveal_tells_its_reason(world: World) -> None:
    citizen_id = await world.citizen(identifiers=[Identifier(IdentifierKind.PASSPORT, "AB1234567")])
    shown = ShownIdentifier(IdentifierKind.PASSPORT, "4567")
    reveal_id = await world.act(VOLUNTEER, reveal_identifier, citizen_id=citizen_id, shown=shown, reason="ตรวจสิทธิ")
    await look(world, citizen_id, purpose=AccessPurpose.REVEAL, level=Level.FULL, reveal_id=reveal_id)
    assert [found.reason for found in await looks(world, citizen_id)] == ["ตรวจสิทธิ"]


async def test_an_export_is_recorded_and_names_no_post(world: World) -> None:
    citizen_id = await world.citizen()
    async with world.work(COORDINATOR) as work:
        await record_export(work, citizen_id)
    (found,) = await looks(world, citizen_id)
    assert (found.purpose, found.level, found.at) == (AccessPurpose.EXPORT, Level.FULL, world.now)
    assert (found.seat_id, found.account_id, found.given_name) == (None, None, None)


@pytest.mark.parametrize("wrong", PURPOSES_ALONE, ids=str)
async def test_the_table_takes_no_look_without_its_looker_or_reason(world: World, wrong: dict[str, Any]) -> None:
    citizen_id = await world.citizen()
    with pytest.raises(IntegrityError):
        await look(world, citizen_id, **wrong)
    assert await looks(world, citizen_id) == []


@pytest.mark.parametrize("change", ["UPDATE citizen_access SET purpose = 'LIST'", "DELETE FROM citizen_access"])
async def test_nobody_changes_or_deletes_what_was_recorded(world: World, change: str) -> None:
    await look(world, await world.citizen())
    before = await world.rows("SELECT * FROM citizen_access")
    for engine, refusal in ((world.writer, "permission denied"), (world.owner, "append-only")):
        async with engine.connect() as connection:
            with pytest.raises(DBAPIError, match=refusal):
                await connection.execute(text(change))
    assert await world.rows("SELECT * FROM citizen_access") == before
