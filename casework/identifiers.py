"""Identifiers at rest: sealed, found by a keyed blind index, shown by their last four characters."""

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag

from casework.keys import Key, Keys
from models import CitizenIdentifier
from models.vocabulary import IdentifierKind

UNNAMED = b"\x01"
"""How a value begins that was sealed before keys had ids: any key of the ring may be its own."""
NONCE_BYTES = 12
SHOWN = 4


class IdentifierUnreadableError(Exception):
    """No key of the ring opens it: its secret is not in the ring, or the row was tampered with."""


class SealedIdentifier(Protocol):
    """A row of `citizen_identifier`, however it was read."""

    @property
    def id(self) -> int: ...
    @property
    def citizen_id(self) -> int: ...
    @property
    def kind(self) -> IdentifierKind: ...
    @property
    def sealed(self) -> bytes: ...


class Seal(NamedTuple):
    """What stands in the row in place of the number."""

    sealed: bytes
    blind_index: bytes


def blind_index(keys: Keys, kind: IdentifierKind, canonical: str) -> bytes:
    """Give the 32 bytes by which equal identifiers are found; without the key they tell nothing."""
    return _index(keys.newest, kind, canonical)


def blind_indexes(keys: Keys, kind: IdentifierKind, canonical: str) -> list[bytes]:
    """Give the indexes under every key of the ring, the newest first: while keys change, rows have one or another."""
    return [_index(key, kind, canonical) for key in keys.ring]


def seal(keys: Keys, *, row_id: int, citizen_id: int, kind: IdentifierKind, canonical: str) -> CitizenIdentifier:
    """Make the row; the ciphertext is bound to it and cannot be moved to another."""
    made = _sealed(keys.newest, canonical, kind, _bound_to(row_id, citizen_id, kind))
    return CitizenIdentifier(
        id=row_id, citizen_id=citizen_id, kind=kind, last_four=canonical[-SHOWN:], **made._asdict()
    )


def seal_anew(keys: Keys, row: SealedIdentifier) -> Seal:
    """Give what the row shall hold under the newest key."""
    return _sealed(keys.newest, unseal(keys, row), row.kind, _bound_to(row.id, row.citizen_id, row.kind))


def unseal(keys: Keys, row: SealedIdentifier) -> str:
    """Give the whole identifier back; raises `IdentifierUnreadableError` when no key opens it."""
    bound = _bound_to(row.id, row.citizen_id, row.kind)
    for key, body in _openers(keys, bytes(row.sealed)):
        try:
            return key.sealer.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound).decode()
        except (InvalidTag, ValueError):
            continue
    raise IdentifierUnreadableError


def _sealed(key: Key, canonical: str, kind: IdentifierKind, bound: bytes) -> Seal:
    nonce = os.urandom(NONCE_BYTES)
    body = key.sealer.encrypt(nonce, canonical.encode(), bound)
    return Seal(key.id + nonce + body, _index(key, kind, canonical))


def _openers(keys: Keys, sealed: bytes) -> Iterator[tuple[Key, bytes]]:
    """Give the keys that may have sealed a value, each with what follows its name."""
    for key in keys.ring:
        for name in (key.id, UNNAMED):
            if sealed.startswith(name):
                yield key, sealed[len(name) :]


def _index(key: Key, kind: IdentifierKind, canonical: str) -> bytes:
    return hmac.digest(key.blind, f"{kind.value}:{canonical}".encode(), hashlib.sha256)


def _bound_to(row_id: int, citizen_id: int, kind: IdentifierKind) -> bytes:
    return f"citizen_identifier/{row_id}/{citizen_id}/{kind.value}".encode()
