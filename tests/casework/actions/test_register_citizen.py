"""Register a citizen."""

from typing import Any

import pytest

from casework.actions.register_citizen import Person, register_citizen
from casework.citizen_records import MOST_CONTACTS, Identifier
from casework.errors import RefusalCode
from models.vocabulary import EventKind, IdentifierKind, Language
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, MONDAY, TAMBON, VOLUNTEER, World

Code = RefusalCode
NATIONAL_ID, PASSPORT = IdentifierKind.NATIONAL_ID, IdentifierKind.PASSPORT


async def test_everything_known_is_written_in_its_one_form(world: World) -> None:
    citizen_id = await world.citizen(
        title=" นาง ",
        given_name="  สม  หญิง ",
        family_name="ใจดี",
        language=Language.LO,
        phones=["๐๘๑-๒๓๔-๕๖๗๘", "+856 20 5555 5555"],
        addresses=["99/9\nหมู่ 4"],
        identifiers=[Identifier(NATIONAL_ID, "1-2345-45678-78-1"), Identifier(PASSPORT, "aa 123456")],
    )
    by = await world.actor(VOLUNTEER)
    (row,) = await world.rows("SELECT * FROM citizen")
    assert (row.id, row.title, row.given_name, row.family_name) == (citizen_id, "นาง", "สม หญิง", "ใจดี")
    assert (row.language, row.area_code, row.registered_by_seat_id) == ("LO", TAMBON, by.seat_id)
    assert (row.registered_at, row.updated_at, row.version, row.journal_length) == (MONDAY, MONDAY, 1, 1)
    contacts = await world.rows(
        "SELECT kind, value FROM citizen_contact WHERE citizen_id = :id ORDER BY kind DESC, position", id=citizen_id
    )
    assert [tuple(contact) for contact in contacts] == [
        ("PHONE", "+66812345678"),
        ("PHONE", "+8562055555555"),
        ("ADDRESS", "99/9 หมู่ 4"),
    ]
    identifiers = await world.rows("SELECT kind, last_four FROM citizen_identifier ORDER BY id")
    assert [tuple(identifier) for identifier in identifiers] == [("NATIONAL_ID", "8781"), ("PASSPORT", "3456")]


async def test_the_event_tells_which_documents_were_seen_and_nothing_else(world: World) -> None:
    documents = [
        Identifier(PASSPORT, "AA123456"),
        Identifier(NATIONAL_ID, "1234545678781"),
        Identifier(PASSPORT, "BB123456"),
    ]
    citizen_id = await world.citizen(identifiers=documents)
    by = await world.actor(VOLUNTEER)
    (event,) = await world.rows("SELECT * FROM event")
    assert (event.subject_kind, event.subject_id, event.seq) == ("CITIZEN", citizen_id, 1)
    assert (event.kind, event.audience) == (EventKind.CITIZEN_REGISTERED, "CASE")
    assert (event.actor_seat_id, event.actor_account_id, event.actor_agency_code) == (by.seat_id, by.account_id, None)
    assert event.payload == {"identifiers": ["NATIONAL_ID", "PASSPORT"]}


async def test_names_are_enough(world: World) -> None:
    citizen_id = await world.citizen(area_code=None)
    (row,) = await world.rows("SELECT title, area_code, language FROM citizen WHERE id = :id", id=citizen_id)
    assert tuple(row) == (None, None, "TH")
    assert await world.value("SELECT count(*) FROM citizen_contact") == 0
    assert await world.value("SELECT payload FROM event") == {"identifiers": []}


@pytest.mark.parametrize("by", [VOLUNTEER, MENTOR, DLPW, "head DLPW-43", COORDINATOR])
async def test_all_who_open_cases_register_citizens(world: World, by: str) -> None:
    await world.citizen(by)
    assert await world.value("SELECT registered_by_seat_id FROM citizen") == (await world.actor(by)).seat_id


@pytest.mark.parametrize("by", [AUDITOR, ADMIN])
async def test_auditors_and_admins_register_nobody(world: World, by: str) -> None:
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await world.citizen(by)


@pytest.mark.parametrize(
    ("known", "code", "path"),
    [
        ({"given_name": " "}, Code.TEXT_MISSING, ("givenName",)),
        ({"given_name": "ก\x00"}, Code.TEXT_BROKEN, ("givenName",)),
        ({"family_name": "ก" * 101}, Code.TEXT_TOO_LONG, ("familyName",)),
        ({"family_name": "\ud800"}, Code.TEXT_BROKEN, ("familyName",)),
        ({"title": ""}, Code.TEXT_MISSING, ("title",)),
        ({"area_code": "999999"}, Code.AREA_UNKNOWN, ("area",)),
        ({"phones": ["0812345678", "12"]}, Code.PHONE_INVALID, ("phones", "1")),
        ({"addresses": ["ก" * 301]}, Code.TEXT_TOO_LONG, ("addresses", "0")),
        (
            {"identifiers": [Identifier(NATIONAL_ID, "1234545678782")]},
            Code.NATIONAL_ID_INVALID,
            ("identifiers", "0", "number"),
        ),
        (
            {"identifiers": [Identifier(NATIONAL_ID, "1234545678781"), Identifier(PASSPORT, "?")]},
            Code.PASSPORT_INVALID,
            ("identifiers", "1", "number"),
        ),
        ({"phones": ["0812345678"] * (MOST_CONTACTS + 1)}, Code.TOO_MANY, ("phones",)),
        ({"addresses": ["ก"] * (MOST_CONTACTS + 1)}, Code.TOO_MANY, ("addresses",)),
        ({"identifiers": [Identifier(PASSPORT, "AA12345")] * (MOST_CONTACTS + 1)}, Code.TOO_MANY, ("identifiers",)),
    ],
)
async def test_a_wrong_value_is_named_and_nobody_is_registered(
    world: World, known: dict[str, Any], code: RefusalCode, path: tuple[str, ...]
) -> None:
    person = Person(**{"given_name": "สมหญิง", "family_name": "ใจดี", **known})
    async with refused_unchanged(world, code, "input", *path):
        await world.act(VOLUNTEER, register_citizen, person=person)
