"""Keys derived from the installation's one secret."""

import pytest

from casework.keys import Keys

KEYS, OTHER_KEYS = Keys(b"one secret of thirty-two bytes.."), Keys(b"another secret of 32 bytes......")


def test_a_purpose_has_one_key_for_ever_and_no_other_purpose_has_it() -> None:
    assert KEYS.derive("identifiers") == Keys(b"one secret of thirty-two bytes..").derive("identifiers")
    purposes = ("identifiers", "blind index", "operation fingerprints", "opaque texts")
    assert len({keys.derive(purpose) for keys in (KEYS, OTHER_KEYS) for purpose in purposes}) == 8
    assert len(KEYS.derive("opaque texts", 64)) == 64


@pytest.mark.parametrize("data", [b"", b"Case:17", bytes(range(256))])
def test_a_sealed_text_is_opaque_always_the_same_and_can_be_unsealed(data: bytes) -> None:
    text = KEYS.seal("node", data)
    assert text == KEYS.seal("node", data)
    assert KEYS.unseal("node", text) == data
    assert "=" not in text
    assert text.isascii()


def test_a_text_of_another_purpose_or_another_installation_is_not_unsealed() -> None:
    text = KEYS.seal("node", b"Case:17")
    assert KEYS.unseal("cursor:cases", text) is None
    assert OTHER_KEYS.unseal("node", text) is None


@pytest.mark.parametrize("text", ["", "A", "AAAA", "ก", "\ud800", "\x00", "====", "!!!!", "A" * 100_000])
def test_a_text_that_nobody_sealed_is_not_unsealed(text: str) -> None:
    assert KEYS.unseal("node", text) is None


def test_any_changed_character_is_noticed() -> None:
    text = KEYS.seal("node", b"Case:17")
    for at, char in enumerate(text[:-1]):
        changed = text[:at] + ("A" if char != "A" else "B") + text[at + 1 :]
        assert KEYS.unseal("node", changed) is None


def test_a_fingerprint_names_data_and_needs_the_key() -> None:
    assert KEYS.fingerprint(b"1") == KEYS.fingerprint(b"1")
    assert len({KEYS.fingerprint(b"1"), KEYS.fingerprint(b"2"), OTHER_KEYS.fingerprint(b"1")}) == 3


RING = Keys(b"another secret of 32 bytes......", b"one secret of thirty-two bytes..")


def test_the_newest_key_of_a_ring_seals_and_all_of_them_read() -> None:
    assert RING.seal("node", b"Case:17") == OTHER_KEYS.seal("node", b"Case:17") != KEYS.seal("node", b"Case:17")
    for keys in (KEYS, OTHER_KEYS):
        assert RING.unseal("node", keys.seal("node", b"Case:17")) == b"Case:17"
        assert RING.is_fingerprint(keys.fingerprint(b"1"), b"1")
        assert not RING.is_fingerprint(keys.fingerprint(b"1"), b"2")
    assert KEYS.unseal("node", RING.seal("node", b"Case:17")) is None
    assert not KEYS.is_fingerprint(RING.fingerprint(b"1"), b"1")


def test_a_secret_that_is_given_twice_is_one_key() -> None:
    assert len(Keys(b"one secret of thirty-two bytes..", b"one secret of thirty-two bytes..").ring) == 1
    assert len(RING.ring) == 2


def test_a_key_has_a_name_of_its_own_that_is_always_the_same() -> None:
    assert KEYS.newest.id == Keys(b"one secret of thirty-two bytes..").newest.id == RING.ring[1].id
    assert len({key.id for key in RING.ring}) == 2
    assert {(len(key.id), key.id[:1]) for key in RING.ring} == {(5, b"\x02")}
