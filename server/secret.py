"""The installation's secret: set by the operator, or made once in the data folder."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from server.problems import StartupProblem
from server.settings import Settings

FILE = "secret"
LEAST = 32
"""Characters."""
DEMO = b"demo-"
"""How a secret begins that was made in demo mode: whoever was there has tokens signed with a key of it."""


def read_secret(settings: Settings) -> bytes:
    """Give the secret; a new one is written only where a newcomer runs the service for themselves.

    Outside demo mode the secret of a demo is refused.
    """
    secret = _kept(settings) if settings.secret is None else settings.secret.encode()
    if secret.startswith(DEMO) and not settings.in_demo_mode:
        raise StartupProblem(
            "Set PRASAN_SECRET to a new random text, or PRASAN_DATA_FOLDER to a new folder:"
            " this secret was made for a demo, and its tokens are in many hands."
        )
    return secret


def _kept(settings: Settings) -> bytes:
    if not (settings.embedded or settings.in_demo_mode):
        raise StartupProblem(
            "Set PRASAN_SECRET to a random text of at least 32 characters, the same for all processes."
        )
    path = settings.data_folder / FILE
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path, DEMO if settings.in_demo_mode else b"")
        secret = path.read_bytes().strip()
    except OSError as error:
        reason = error.strerror
        raise StartupProblem(
            f"Make {settings.data_folder} writable or set PRASAN_DATA_FOLDER to another folder: {reason}."
        ) from None
    if len(secret) < LEAST:
        raise StartupProblem(
            f"Restore {path} from a backup: it holds no secret, and without it nothing can be unsealed."
        )
    return secret


def _make(path: Path, prefix: bytes) -> None:
    """Write a new secret whole or not at all; of two processes at once, the first one's stands."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(prefix + secrets.token_urlsafe(48).encode())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
