"""Identifiers at rest: sealed, bound to their row, found by a keyed index."""

from typing import Any

import pytest

from casework.citizen_records import Identifier
from casework.identifiers import IdentifierUnreadableError, blind_index, blind_indexes, seal, seal_anew, unseal
from casework.keys import Keys
from models import CitizenIdentifier
from models.vocabulary import IdentifierKind
from tests.world import WRITTEN, World

NATIONAL_ID, PASSPORT, PINK_CARD = IdentifierKind.NATIONAL_ID, IdentifierKind.PASSPORT, IdentifierKind.PINK_CARD
NUMBER = "1234545678781"
KEYS, OTHER_KEYS = Keys(b"one secret of thirty-two bytes.."), Keys(b"another secret of 32 bytes......")


def sealed(**more: Any) -> CitizenIdentifier:
    known = {"row_id": 1, "citizen_id": 2, "kind": NATIONAL_ID, "canonical": NUMBER}
    return seal(KEYS, **{**known, **more})


async def test_no_table_tells_a_number_in_any_spelling(world: World) -> None:
    documents = [Identifier(NATIONAL_ID, "1-2345-45678-78-1"), Identifier(PASSPORT, "AA123456")]
    await world.citizen(identifiers=documents)
    for table in WRITTEN:
        for (row,) in await world.rows(f"SELECT t::text FROM {table} t"):
            for number in (NUMBER, "1-2345-45678-78-1", "AA123456"):
                assert number not in row
                assert number.encode().hex() not in row


async def test_a_number_is_unsealed_from_its_row_in_the_database(world: World) -> None:
    await world.citizen(identifiers=[Identifier(NATIONAL_ID, "1-2345-45678-78-1")])
    (row,) = await world.rows("SELECT * FROM citizen_identifier")
    found = CitizenIdentifier(**{**row._mapping, "kind": IdentifierKind(row.kind)})
    assert unseal(world.keys, found) == NUMBER
    assert (found.last_four, found.sealed[:5], len(found.blind_index)) == ("8781", world.keys.newest.id, 32)
    assert found.blind_index == blind_index(world.keys, NATIONAL_ID, NUMBER)


@pytest.mark.parametrize(("kind", "number"), [(NATIONAL_ID, NUMBER), (PASSPORT, "AA123"), (PINK_CARD, "0000000000001")])
def test_what_is_sealed_can_be_unsealed(kind: IdentifierKind, number: str) -> None:
    assert unseal(KEYS, sealed(kind=kind, canonical=number)) == number


@pytest.mark.parametrize("at", [0, 1, 12, 13, 20, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    row = sealed()
    data = bytearray(row.sealed)
    data[at] ^= 1
    row.sealed = bytes(data)
    with pytest.raises(IdentifierUnreadableError):
        unseal(KEYS, row)


@pytest.mark.parametrize(("name", "value"), [("id", 9), ("citizen_id", 9), ("kind", PINK_CARD)])
def test_a_value_that_was_moved_to_another_row_is_noticed(name: str, value: Any) -> None:
    row = sealed()
    setattr(row, name, value)
    with pytest.raises(IdentifierUnreadableError):
        unseal(KEYS, row)


def test_without_the_key_nothing_is_unsealed() -> None:
    with pytest.raises(IdentifierUnreadableError):
        unseal(OTHER_KEYS, sealed())


def test_equal_numbers_have_equal_indexes_but_never_equal_seals() -> None:
    first, second = sealed(), sealed(row_id=3, citizen_id=4)
    assert first.blind_index == second.blind_index
    assert first.sealed != second.sealed
    assert sealed().sealed != sealed().sealed


def test_indexes_differ_by_number_by_kind_and_by_key() -> None:
    found = {
        blind_index(KEYS, NATIONAL_ID, NUMBER),
        blind_index(KEYS, NATIONAL_ID, NUMBER[:-1] + "2"),
        blind_index(KEYS, PINK_CARD, NUMBER),
        blind_index(OTHER_KEYS, NATIONAL_ID, NUMBER),
    }
    assert len(found) == 4


@pytest.mark.parametrize("kind", IdentifierKind)
def test_what_an_older_key_sealed_is_read_and_found_and_then_sealed_anew(kind: IdentifierKind) -> None:
    row = sealed(kind=kind)
    ring = Keys(b"another secret of 32 bytes......", b"one secret of thirty-two bytes..")
    assert unseal(ring, row) == NUMBER
    assert blind_indexes(ring, kind, NUMBER) == [
        blind_index(OTHER_KEYS, kind, NUMBER),
        blind_index(KEYS, kind, NUMBER),
    ]
    anew = seal_anew(ring, row)
    assert anew.blind_index == blind_index(OTHER_KEYS, kind, NUMBER)
    row.sealed = anew.sealed
    assert unseal(OTHER_KEYS, row) == NUMBER
    with pytest.raises(IdentifierUnreadableError):
        unseal(KEYS, row)


def test_a_value_from_before_keys_had_ids_is_opened_by_the_key_that_sealed_it() -> None:
    row = sealed()
    row.sealed = b"\x01" + row.sealed[len(KEYS.newest.id) :]
    assert unseal(Keys(b"another secret of 32 bytes......", b"one secret of thirty-two bytes.."), row) == NUMBER
    with pytest.raises(IdentifierUnreadableError):
        unseal(OTHER_KEYS, row)


def test_the_fault_tells_nothing_of_the_row() -> None:
    with pytest.raises(IdentifierUnreadableError) as caught:
        unseal(OTHER_KEYS, sealed())
    assert (caught.value.args, caught.value.__cause__) == ((), None)
