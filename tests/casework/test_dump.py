"""Whoever gets hold of a dump of the database reads no identifier in it."""

import base64
from collections.abc import Iterator

import asyncpg
from sqlalchemy import make_url

from casework.actions.update_citizen import Correction, update_citizen
from casework.citizen_records import Identifier
from models.vocabulary import IdentifierKind
from tests.api import Api
from tests.world import VOLUNTEER, World

NATIONAL_ID, PINK_CARD, PASSPORT = "1234545678781", "0010012345679", "QX90817263"
SPACED = "1-2345-45678-78-1"
NUMBERS = (NATIONAL_ID, SPACED, PINK_CARD, PASSPORT)


def spellings(number: str) -> Iterator[bytes]:
    """How a number may stand somewhere: as it is, backwards, in hexadecimal, in base64 at each offset, as UTF-16."""
    plain = number.encode()
    for spelt in (plain, plain[::-1], plain.lower(), number.encode("utf-16-le")):
        yield from (spelt, spelt.hex().encode(), spelt.hex().upper().encode())
        for offset in range(3):
            encoded = base64.b64encode(b"\0" * offset + spelt)
            yield encoded[offset + 1 if offset else 0 : -4]


async def dump(world: World, superuser_url: str) -> bytes:
    """Copy every table of every schema that is not PostgreSQL's own, as text and as bytes."""
    database = world.owner.url.database
    connection = await asyncpg.connect(make_url(superuser_url).set(database=database).render_as_string(False))
    copied = bytearray()

    async def keep(data: bytes) -> None:
        copied.extend(data)

    tables = (
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
    )
    for (table,) in await connection.fetch(tables):
        for form in ("text", "binary"):
            await connection.copy_from_query(f"SELECT * FROM {table}", output=keep, format=form)
    await connection.close()
    return bytes(copied)


async def tell_everything(world: World, api: Api) -> None:
    """Let the numbers pass through every verb that takes or shows one."""
    kinds = {"NATIONAL_ID": SPACED, "PINK_CARD": PINK_CARD}
    given = [{"kind": kind, "number": number} for kind, number in kinds.items()]
    await api.do("registerCitizen", VOLUNTEER, givenName="สมชาย", familyName="มีสุข", identifiers=given)
    citizen_id = await world.value("SELECT id FROM citizen")
    correction = Correction(added=[Identifier(IdentifierKind.PASSPORT, PASSPORT)])
    await world.act(VOLUNTEER, update_citizen, citizen_id=citizen_id, expected_version=1, correction=correction)
    shown = await api.do(
        "revealIdentifier",
        VOLUNTEER,
        want="number",
        citizen={"id": api.id("Citizen", citizen_id)},
        identifier={"kind": "NATIONAL_ID", "lastFour": "8781"},
        reason="กรอกแบบ คร.7",
    )
    assert shown["number"] == NATIONAL_ID


async def test_a_dump_of_the_database_reveals_no_identifier(world: World, api: Api, superuser_url: str) -> None:
    await tell_everything(world, api)
    found = await dump(world, superuser_url)
    assert "กรอกแบบ คร.7".encode() in found  # so the dump has the newest rows
    assert await world.value("SELECT count(*) FROM citizen_identifier") == 3
    for number in NUMBERS:
        for spelling in spellings(number):
            assert spelling not in found


async def test_the_search_finds_a_number_in_each_spelling_that_a_text_can_hold(
    world: World, superuser_url: str
) -> None:
    told = [each for number in NUMBERS for each in spellings(number) if each.isascii() and b"\0" not in each]
    await world.case(narrative=" ".join(each.decode() for each in told))
    found = await dump(world, superuser_url)
    assert [each for each in told if each not in found] == []
