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


def read_secret(settings: Settings) -> bytes:
    """Give the secret; a new one is written only where a newcomer runs the service for themselves."""
    if settings.secret is not None:
        return settings.secret.encode()
    if not (settings.embedded or settings.in_demo_mode):
        raise StartupProblem(
            "Set PRASAN_SECRET to a random text of at least 32 characters, the same for all processes."
        )
    path = settings.data_folder / FILE
    try:
        settings.data_folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
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


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; of two processes at once, the first one's stands."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
