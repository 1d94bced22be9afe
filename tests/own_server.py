"""A PostgreSQL for tests alone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.embedded import EmbeddedServer


@contextmanager
def private_server() -> Iterator[str]:
    """Give the superuser's URL of a PostgreSQL that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedServer(Path(folder) / "postgres", say=lambda _: None, durable=False, connections=200)
        server.start()
        try:
            yield server.url("postgres", "postgres")
        finally:
            server.stop()
