"""Identifiers at rest: sealed, found by a keyed blind index, shown by their last four characters."""

import hashlib
import hmac
import os

from casework.keys import Keys
from models import CitizenIdentifier
from models.vocabulary import IdentifierKind

KEY_ID = b"\x01"
"""First byte of a sealed value: which key of the ring sealed it."""
NONCE_BYTES = 12
SHOWN = 4


def blind_index(keys: Keys, kind: IdentifierKind, canonical: str) -> bytes:
    """Give the 32 bytes by which equal identifiers are found; without the key they tell nothing."""
    return hmac.digest(keys.blind, f"{kind.value}:{canonical}".encode(), hashlib.sha256)


def seal(keys: Keys, *, row_id: int, citizen_id: int, kind: IdentifierKind, canonical: str) -> CitizenIdentifier:
    """Make the row; the ciphertext is bound to it and cannot be moved to another."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.sealer.encrypt(nonce, canonical.encode(), _bound_to(row_id, citizen_id, kind))
    return CitizenIdentifier(
        id=row_id,
        citizen_id=citizen_id,
        kind=kind,
        sealed=KEY_ID + nonce + sealed,
        blind_index=blind_index(keys, kind, canonical),
        last_four=canonical[-SHOWN:],
    )


def unseal(keys: Keys, row: CitizenIdentifier) -> str:
    """Give the whole identifier back; raises `cryptography.exceptions.InvalidTag` when the row was tampered with."""
    nonce, sealed = row.sealed[1 : 1 + NONCE_BYTES], row.sealed[1 + NONCE_BYTES :]
    return keys.sealer.decrypt(nonce, sealed, _bound_to(row.id, row.citizen_id, row.kind)).decode()


def _bound_to(row_id: int, citizen_id: int, kind: IdentifierKind) -> bytes:
    return f"citizen_identifier/{row_id}/{citizen_id}/{kind.value}".encode()
