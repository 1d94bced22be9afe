"""The ring of secrets: the one that seals, and those whose seals are still read."""

import os
import secrets
import tempfile
from pathlib import Path

from casework.keys import Keys
from server.problems import StartupProblem
from server.secret import DEMO, FILE, read_secret
from server.settings import Settings

OLDER = "older-secrets"
"""One a line, the latest first: those that were in the data folder before."""


def keys_of(settings: Settings, secret: bytes) -> Keys:
    """Give the ring: this secret seals, and what the others have sealed is read."""
    named = [other.encode() for other in settings.old_secrets]
    return Keys(secret, *named, *([] if settings.secret is not None else _older(settings)))


def make_newer(settings: Settings) -> None:
    """Make a new secret in the data folder; a stop at any moment loses none."""
    if settings.secret is not None:
        raise StartupProblem(
            "Set PRASAN_SECRET to a new random text and PRASAN_OLD_SECRETS to a list with this one:"
            " the secret is not kept in the data folder."
        )
    before = read_secret(settings)
    try:
        _replace(settings.data_folder / OLDER, b"\n".join([before, *_older(settings)]) + b"\n")
        prefix = DEMO if settings.in_demo_mode else b""
        _replace(settings.data_folder / FILE, prefix + secrets.token_urlsafe(48).encode())
    except OSError as error:
        raise StartupProblem(f"Make {settings.data_folder} writable: {error.strerror}.") from None


def _older(settings: Settings) -> list[bytes]:
    try:
        return (settings.data_folder / OLDER).read_bytes().split()
    except FileNotFoundError:
        return []


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
