"""Correct a citizen's record."""

import asyncio
from typing import Any

import pytest

from casework.actions.update_citizen import Correction, ShownIdentifier, update_citizen
from casework.citizen_records import Identifier
from casework.errors import Refusal, RefusalCode
from casework.identifiers import unseal
from casework.versions import Versioned
from models import CitizenIdentifier
from models.vocabulary import IdentifierKind, Language, ReferralState
from tests.casework import situations
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code, K = RefusalCode, IdentifierKind
CARD = Identifier(K.NATIONAL_ID, "1-1037-02071-81-1")
PASSPORT = Identifier(K.PASSPORT, "AA1234567")
SHOWN = "SELECT kind, last_four FROM citizen_identifier ORDER BY id"
CONTACTS = "SELECT kind, value, position FROM citizen_contact ORDER BY kind, position"


def passports(*numbers: int) -> list[Identifier]:
    return [Identifier(K.PASSPORT, f"P{number:07}") for number in numbers]


async def correct(world: World, citizen_id: int, by: str = VOLUNTEER, **changes: Any) -> int:
    version = await world.value("SELECT version FROM citizen WHERE id = :id", id=citizen_id)
    given = {"citizen_id": citizen_id, "expected_version": version, "correction": Correction(**changes)}
    return await world.act(by, update_citizen, **given)


async def payload(world: World) -> dict[str, Any]:
    """Give what the journal keeps of the last correction."""
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    assert event.kind == "CITIZEN_UPDATED"
    found: dict[str, Any] = event.payload
    return found


async def test_what_is_given_is_changed_and_the_rest_stays(world: World) -> None:
    citizen_id, at = await world.citizen(title="นาง", phones=["081-234-5678"]), world.now
    assert await correct(world, citizen_id, given_name=" สม  หญิง ", language=Language.LO) == citizen_id
    columns = "title, given_name, family_name, language, area_code, version, registered_at < updated_at, updated_at"
    rows = await world.rows(f"SELECT {columns} FROM citizen")
    assert rows == [("นาง", "สม หญิง", "ใจดี", "LO", "430116", 2, True, at)]
    assert await world.rows(CONTACTS) == [("PHONE", "+66812345678", 0)]
    assert await payload(world) == {"changed": ["givenName", "language"]}


async def test_a_title_and_a_home_are_taken_away(world: World) -> None:
    citizen_id = await world.citizen(title="นาง")
    await correct(world, citizen_id, title=None, area_code=None)
    assert await world.rows("SELECT title, area_code FROM citizen") == [(None, None)]
    assert await payload(world) == {"changed": ["title", "area"]}


async def test_a_list_of_contacts_takes_the_place_of_the_one_before_and_of_no_other(world: World) -> None:
    citizen_id = await world.citizen(phones=["081-234-5678", "02 123 4567"], addresses=["12 หมู่ 3"])
    await correct(world, citizen_id, phones=["+66 89 876 5432"])
    assert await world.rows(CONTACTS) == [("ADDRESS", "12 หมู่ 3", 0), ("PHONE", "+66898765432", 0)]
    await correct(world, citizen_id, addresses=[], family_name="ใจงาม")
    assert await world.rows(CONTACTS) == [("PHONE", "+66898765432", 0)]
    assert await payload(world) == {"changed": ["familyName", "addresses"]}


async def test_documents_are_added_sealed_and_shown_by_their_last_four(world: World) -> None:
    citizen_id = await world.citizen(identifiers=[CARD])
    await correct(world, citizen_id, added=[PASSPORT])
    assert await world.rows(SHOWN) == [("NATIONAL_ID", "1811"), ("PASSPORT", "4567")]
    async with world.trial(VOLUNTEER) as work:
        kept = await work.session.get_one(
            CitizenIdentifier, await world.value("SELECT max(id) FROM citizen_identifier")
        )
        assert unseal(world.keys, kept) == "AA1234567"
    assert await payload(world) == {"changed": ["identifiers"]}


async def test_a_document_is_removed_as_it_is_shown_and_may_be_given_again(world: World) -> None:
    citizen_id = await world.citizen(identifiers=[CARD, PASSPORT])
    await correct(world, citizen_id, removed=[ShownIdentifier(K.NATIONAL_ID, "1811")])
    assert await world.rows(SHOWN) == [("PASSPORT", "4567")]
    await correct(world, citizen_id, removed=[ShownIdentifier(K.PASSPORT, "4567")], added=[PASSPORT, CARD])
    assert await world.rows(SHOWN) == [("PASSPORT", "4567"), ("NATIONAL_ID", "1811")]


async def test_a_record_holds_five_documents(world: World) -> None:
    citizen_id = await world.citizen(identifiers=passports(1, 2, 3, 4))
    async with refused_unchanged(world, Code.TOO_MANY, "input", "addIdentifiers"):
        await correct(world, citizen_id, added=passports(5, 6))
    await correct(world, citizen_id, added=passports(5))
    await correct(world, citizen_id, added=passports(6), removed=[ShownIdentifier(K.PASSPORT, "0001")])
    assert [row.last_four for row in await world.rows(SHOWN)] == ["0002", "0003", "0004", "0005", "0006"]


async def test_no_value_enters_the_journal(world: World) -> None:
    citizen_id = await world.citizen(identifiers=[CARD])
    await correct(
        world,
        citizen_id,
        given_name="กนกวรรณ",
        family_name="ใจงาม",
        title="น.ส.",
        area_code="430201",
        phones=["081-234-5678"],
        addresses=["12 หมู่ 3"],
        added=[PASSPORT],
        removed=[ShownIdentifier(K.NATIONAL_ID, "1811")],
    )
    changed = ["givenName", "familyName", "title", "area", "phones", "addresses", "identifiers"]
    assert await payload(world) == {"changed": changed}


WRONG: list[tuple[dict[str, Any], RefusalCode, tuple[str, ...]]] = [
    ({}, Code.NOTHING_TO_CHANGE, ()),
    ({"given_name": ""}, Code.TEXT_MISSING, ("givenName",)),
    ({"family_name": "ก" * 101}, Code.TEXT_TOO_LONG, ("familyName",)),
    ({"title": "\x00"}, Code.TEXT_BROKEN, ("title",)),
    ({"area_code": "990101"}, Code.AREA_UNKNOWN, ("area",)),
    ({"phones": ["0812345678", "12"]}, Code.PHONE_INVALID, ("phones", "1")),
    ({"phones": ["0812345678"] * 6}, Code.TOO_MANY, ("phones",)),
    ({"addresses": [" "]}, Code.TEXT_MISSING, ("addresses", "0")),
    ({"addresses": ["ก"] * 6}, Code.TOO_MANY, ("addresses",)),
    (
        {"added": [Identifier(K.NATIONAL_ID, "1103702071812")]},
        Code.NATIONAL_ID_INVALID,
        ("addIdentifiers", "0", "number"),
    ),
    ({"added": [PASSPORT, CARD]}, Code.IDENTIFIER_KNOWN, ("addIdentifiers", "1")),
    ({"added": [PASSPORT, PASSPORT]}, Code.IDENTIFIER_KNOWN, ("addIdentifiers", "1")),
    ({"added": passports(1, 2, 3, 4, 5, 6)}, Code.TOO_MANY, ("addIdentifiers",)),
    ({"removed": [ShownIdentifier(K.PASSPORT, "1811")]}, Code.NOT_FOUND, ("removeIdentifiers", "0")),
    ({"removed": [ShownIdentifier(K.NATIONAL_ID, "1811")] * 2}, Code.NOT_FOUND, ("removeIdentifiers", "1")),
    ({"removed": [ShownIdentifier(K.NATIONAL_ID, "1811")] * 6}, Code.TOO_MANY, ("removeIdentifiers",)),
]


@pytest.mark.parametrize(("changes", "code", "path"), WRONG)
async def test_a_wrong_value_is_named_and_nothing_is_corrected(
    world: World, changes: dict[str, Any], code: RefusalCode, path: tuple[str, ...]
) -> None:
    citizen_id = await world.citizen(identifiers=[CARD], phones=["081-234-5678"])
    beside = {"language": Language.LO} if changes else {}
    async with refused_unchanged(world, code, "input", *path):
        await correct(world, citizen_id, **{**beside, **changes})


async def test_a_record_is_corrected_by_those_who_see_all_of_it(world: World) -> None:
    citizen_id = await world.citizen()
    for by in (OTHER_VOLUNTEER, MENTOR, COORDINATOR, DLPW, AUDITOR, ADMIN):
        async with refused_unchanged(world, Code.NOT_FOUND):
            await correct(world, citizen_id, by, family_name="ใจงาม")
    sent = await situations.referral_in(world, ReferralState.RECEIVED)
    citizen_id = await world.value('SELECT citizen_id FROM "case" WHERE id = :id', id=sent.case_id)
    for by in (DLPW, MENTOR):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await correct(world, citizen_id, by, family_name="ใจงาม")
    for by in (VOLUNTEER, COORDINATOR):
        await correct(world, citizen_id, by, family_name="ใจงาม")


async def test_of_two_corrections_at_once_exactly_one_is_written(world: World) -> None:
    citizen_id = await world.citizen()
    given = {"citizen_id": citizen_id, "expected_version": 1, "correction": Correction(added=[PASSPORT])}
    results = await asyncio.gather(
        *(world.act(VOLUNTEER, update_citizen, **given) for _ in range(2)), return_exceptions=True
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert (refusal.code, refusal.subject) == (Code.VERSION_CONFLICT, (Versioned.CITIZEN, citizen_id))
    assert await world.value("SELECT count(*) FROM citizen_identifier") == 1
