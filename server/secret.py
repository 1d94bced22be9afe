"""The installation's secret: set by the operator, or made once in the data folder."""

import os
import secrets

from server.problems import StartupProblem
from server.settings import Settings

FILE = "secret"


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
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return path.read_bytes().strip()
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_urlsafe(48).encode())
        return path.read_bytes()
    except OSError as error:
        raise StartupProblem(
            f"Make {settings.data_folder} writable or set PRASAN_DATA_FOLDER: {error.strerror}."
        ) from None
