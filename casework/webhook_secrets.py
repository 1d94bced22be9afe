"""Secrets of webhooks: made, sealed with the key ring for their row alone, and brought under a new key."""

import os
from base64 import b64encode

from casework.keys import Keys

SECRET_BYTES = 32
PREFIX = "whsec_"
"""As Standard Webhooks writes secrets."""


class SecretUnreadableError(Exception):
    """No key of the ring opens it: its secret is not in the ring, or the row was tampered with."""


def new_secret(keys: Keys, webhook_id: int) -> str:
    """Make a secret and give it sealed: it is kept nowhere else."""
    return keys.seal(_purpose(webhook_id), os.urandom(SECRET_BYTES))


def secret_of(keys: Keys, webhook_id: int, sealed: str) -> str:
    """Give a secret as its office knows it."""
    return PREFIX + b64encode(_opened(keys, webhook_id, sealed)).decode()


def seal_secret_anew(keys: Keys, webhook_id: int, sealed: str) -> str:
    """Give a secret under the newest key; one that is under it comes out as it went in."""
    return keys.seal(_purpose(webhook_id), _opened(keys, webhook_id, sealed))


def _opened(keys: Keys, webhook_id: int, sealed: str) -> bytes:
    found = keys.unseal(_purpose(webhook_id), sealed)
    if found is None:
        raise SecretUnreadableError
    return found


def _purpose(webhook_id: int) -> str:
    return f"webhook/{webhook_id}"
