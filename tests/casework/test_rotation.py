"""Identifiers under a new key: row by row, while the service works, and on from where a stop left it."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select, text

from casework import rotation
from casework.actions.update_citizen import Correction, update_citizen
from casework.citizen_records import Identifier
from casework.errors import RefusalCode
from casework.identifiers import IdentifierUnreadableError, blind_index, unseal
from casework.keys import Keys
from casework.rotation import Rotated, identifier, rotate
from models.vocabulary import IdentifierKind
from tests.casework.refusals import nothing_changes, refused_unchanged
from tests.world import VOLUNTEER, World

PASSPORT = IdentifierKind.PASSPORT
OLD, NEW = b"the secret of the tests, 32 bytes", b"the secret that comes after it..."
RING, NEW_ALONE = Keys(NEW, OLD), Keys(NEW)
NUMBERS = [f"AA1234{number:02d}" for number in range(7)]


class KilledError(Exception):
    """The process ends here."""


@pytest.fixture
async def citizens(world: World) -> list[int]:
    return [await world.citizen(identifiers=[Identifier(PASSPORT, number)]) for number in NUMBERS]


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)


async def documents(world: World) -> Sequence[Any]:
    async with world.owner.connect() as connection:
        return (await connection.execute(select(identifier).order_by(identifier.c.id))).all()


async def under_the_newest(world: World) -> int:
    count: int = await world.value(
        "SELECT count(*) FROM citizen_identifier WHERE substring(sealed, 1, 5) = :id", id=RING.newest.id
    )
    return count


def silent(_name: str, _done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.mark.usefixtures("citizens")
async def test_every_identifier_comes_under_the_newest_key_and_its_index_with_it(world: World) -> None:
    assert await under_the_newest(world) == 0
    assert await rotate(world.owner, RING, progress=silent) == Rotated(7, [])
    assert await under_the_newest(world) == 7
    for row, number in zip(await documents(world), NUMBERS, strict=True):
        assert unseal(NEW_ALONE, row) == number
        assert row.blind_index == blind_index(NEW_ALONE, PASSPORT, number)
        assert row.last_four == number[-4:]


@pytest.mark.usefixtures("citizens")
async def test_a_second_rotation_finds_nothing_to_do(world: World) -> None:
    await rotate(world.owner, RING, progress=silent)
    async with nothing_changes(world):
        assert await rotate(world.owner, RING, progress=silent) == Rotated(0, [])


@pytest.mark.usefixtures("citizens")
async def test_a_rotation_that_was_killed_goes_on_where_it_was(world: World) -> None:
    def die(_name: str, done: int, _total: int) -> None:
        if done == 4:
            raise KilledError

    with pytest.raises(KilledError):
        await rotate(world.owner, RING, progress=die)
    assert await under_the_newest(world) == 4
    read = [unseal(RING, row) for row in await documents(world)]
    assert read == NUMBERS
    seen: list[tuple[str, int, int]] = []
    assert await rotate(world.owner, RING, progress=lambda *how: seen.append(how)) == Rotated(3, [])
    assert seen == [("identifiers", 2, 3), ("identifiers", 3, 3)]
    assert await under_the_newest(world) == 7


async def test_while_keys_change_a_document_is_found_under_either_key(world: World, citizens: list[int]) -> None:
    half = Correction(added=[Identifier(PASSPORT, NUMBERS[0])])
    world.keys = RING
    version = {"citizen_id": citizens[0], "expected_version": 1}
    async with refused_unchanged(world, RefusalCode.IDENTIFIER_KNOWN, "input", "addIdentifiers", "0"):
        await world.act(VOLUNTEER, update_citizen, **version, correction=half)
    await rotate(world.owner, RING, progress=silent)
    async with refused_unchanged(world, RefusalCode.IDENTIFIER_KNOWN, "input", "addIdentifiers", "0"):
        await world.act(VOLUNTEER, update_citizen, **version, correction=half)


@pytest.mark.usefixtures("citizens")
async def test_what_a_process_with_older_settings_writes_meanwhile_is_found_by_another_pass(world: World) -> None:
    """It commits a row whose id was drawn before those that were passed already."""
    written: list[int] = []

    def show(_name: str, done: int, _total: int) -> None:
        written.append(done)

    again = "UPDATE citizen_identifier SET sealed = :sealed, blind_index = :index WHERE id = :id"
    first = (await documents(world))[0]
    await rotate(world.owner, RING, progress=show)
    async with world.owner.begin() as connection:
        older = {"sealed": first.sealed, "index": first.blind_index, "id": first.id}
        await connection.execute(text(again), older)
    assert await rotate(world.owner, RING, progress=show) == Rotated(1, [])
    assert written == [2, 4, 6, 7, 1]


@pytest.mark.usefixtures("citizens")
async def test_a_row_that_no_key_opens_is_named_and_left_and_the_others_are_done(world: World) -> None:
    ids = [row.id for row in await documents(world)]
    async with world.owner.begin() as connection:
        spoil = "UPDATE citizen_identifier SET sealed = sealed || '\\x00'::bytea WHERE id = :id"
        await connection.execute(text(spoil), {"id": ids[2]})
    assert await rotate(world.owner, RING, progress=silent) == Rotated(6, [ids[2]])
    assert await under_the_newest(world) == 6


@pytest.mark.usefixtures("citizens")
async def test_without_the_old_secret_nothing_is_done_and_nothing_is_lost(world: World) -> None:
    async with nothing_changes(world):
        done, unreadable = await rotate(world.owner, NEW_ALONE, progress=silent)
    assert (done, len(unreadable)) == (0, 7)
    with pytest.raises(IdentifierUnreadableError):
        unseal(NEW_ALONE, (await documents(world))[0])
