"""Name another party of a case."""

import asyncio
from typing import Any

import pytest

from casework.actions.add_party import Party, add_party
from casework.errors import RefusalCode
from models.vocabulary import CaseState, PartyKind, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code, K = RefusalCode, PartyKind
NAME = "หจก.โขงทรัพย์การโยธา"


async def add(world: World, case_id: int, by: str = VOLUNTEER, **party: Any) -> int:
    return await world.act(by, add_party, case_id=case_id, party=Party(**{"kind": K.EMPLOYER, "name": NAME, **party}))


@pytest.mark.parametrize("kind", K)
async def test_the_party_stands_with_its_contacts_and_the_event_names_only_its_kind(
    world: World, kind: PartyKind
) -> None:
    case_id = await world.case()
    at, seat = world.now, (await world.actor(VOLUNTEER)).seat_id
    contacts: dict[str, Any] = {"phones": ["042 411 234", "081-234-5678"], "addresses": ["99  หมู่ 1"]}
    contacts["bank_accounts"] = ["123-4-56789-0"]
    party_id = await add(world, case_id, kind=kind, name=f" {NAME} ", area_code="4301", **contacts)
    columns = "id, case_id, kind, name, area_code, added_by_seat_id, added_at"
    assert await world.rows(f"SELECT {columns} FROM case_party") == [(party_id, case_id, kind, NAME, "4301", seat, at)]
    found = await world.rows("SELECT party_id, kind, value, position FROM party_contact ORDER BY position")
    assert [tuple(row) for row in found] == [
        (party_id, "PHONE", "+6642411234", 0),
        (party_id, "PHONE", "+66812345678", 1),
        (party_id, "ADDRESS", "99 หมู่ 1", 2),
        (party_id, "BANK_ACCOUNT", "1234567890", 3),
    ]
    assert await world.rows('SELECT version, updated_at FROM "case"') == [(1, at)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("PARTY_ADDED", {"party": party_id, "partyKind": kind.value})


async def test_only_a_kind_and_a_name_are_needed(world: World) -> None:
    party_id = await add(world, await world.case())
    assert await world.rows("SELECT id, area_code FROM case_party") == [(party_id, None)]
    assert await world.rows("SELECT id FROM party_contact") == []


WRONG: list[tuple[dict[str, Any], RefusalCode, tuple[str, ...]]] = [
    ({"name": ""}, Code.TEXT_MISSING, ("name",)),
    ({"name": "ก" * 301}, Code.TEXT_TOO_LONG, ("name",)),
    ({"name": "\x00"}, Code.TEXT_BROKEN, ("name",)),
    ({"area_code": "990101"}, Code.AREA_UNKNOWN, ("area",)),
    ({"phones": ["0812345678", "12"]}, Code.PHONE_INVALID, ("phones", "1")),
    ({"phones": ["0812345678"] * 6}, Code.TOO_MANY, ("phones",)),
    ({"addresses": ["ก" * 301]}, Code.TEXT_TOO_LONG, ("addresses", "0")),
    ({"addresses": ["ก"] * 6}, Code.TOO_MANY, ("addresses",)),
    ({"bank_accounts": ["1234567890", "12"]}, Code.BANK_ACCOUNT_INVALID, ("bankAccounts", "1")),
    ({"bank_accounts": ["1234567890"] * 6}, Code.TOO_MANY, ("bankAccounts",)),
]


@pytest.mark.parametrize(("party", "code", "path"), WRONG)
async def test_a_wrong_value_is_named_and_nobody_is_added(
    world: World, party: dict[str, Any], code: RefusalCode, path: tuple[str, ...]
) -> None:
    case_id = await world.case()
    async with refused_unchanged(world, code, "input", *path):
        await add(world, case_id, **party)


async def test_whoever_takes_part_at_level_work_adds_parties_and_nobody_else(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    await situations.asked(world, sent.case_id)
    for by in (VOLUNTEER, DLPW):
        await add(world, sent.case_id, by)
    for by in (MENTOR, COORDINATOR, AUDITOR, OTHER_VOLUNTEER):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await add(world, sent.case_id, by)
    async with refused_unchanged(world, Code.NOT_FOUND):
        await add(world, sent.case_id, ADMIN)


async def test_parties_are_added_until_the_case_ends(world: World) -> None:
    case_id = await situations.resolved(world)
    await add(world, case_id)
    ended = await world.case()
    await situations.status(world, ended, CaseState.WITHDRAWN, reason="ถอน")
    async with refused_unchanged(world, Code.CASE_ENDED):
        await add(world, ended)


async def test_several_add_at_once(world: World) -> None:
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    made = await asyncio.gather(*(add(world, sent.case_id, by) for by in (VOLUNTEER, DLPW, VOLUNTEER)))
    assert len(set(made)) == 3
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'PARTY_ADDED'") == 3
