"""A small installation for clients in other languages: the demo's posts, no cases; told as a line of JSON.

It stands until its standard input is closed. Whoever asks starts and stops `prasan serve` with what it tells. People
sign in at an identity provider: demo mode would fill the database first.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from casework.demo.loader import load_posts
from casework.reference.data import read_reference_data
from casework.reference.loader import load_reference
from server.database import owner_engine, read_url, reading
from server.embedded import EmbeddedServer
from server.migration import migrate
from tests.server.installation import PRASAN, Installation
from tests.server.provider import providing
from tests.world import COORDINATOR, TAMBON, VOLUNTEER

PEOPLE = {"volunteer": VOLUNTEER, "coordinator": COORDINATOR}


async def made(server: EmbeddedServer, folder: Path) -> Installation:
    installation = await Installation.make(server.url("postgres", "postgres"), folder)
    owner = owner_engine(read_url(installation.url("prasan_owner"), "PRASAN_OWNER_URL"))
    try:
        await migrate(owner)
        async with owner.begin() as connection:
            await load_reference(connection, progress=lambda *_: None)
        async with reading(owner).connect() as connection:
            reference = await read_reference_data(connection)
        await load_posts(owner, reference)
    finally:
        await owner.dispose()
    return installation


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="prasan-clients-") as folder:
        server = EmbeddedServer(Path(folder), durable=False)
        server.start()
        try:
            found = asyncio.run(made(server, Path(folder)))
            with providing() as provider:
                told = {
                    "serve": [*PRASAN, "serve"],
                    "folder": folder,
                    "environment": found.environment | provider.settings,
                    "tokens": {who: provider.token(handle) for who, handle in PEOPLE.items()},
                    "tambon": TAMBON,
                    "beginning": found.beginning,
                }
                print(json.dumps(told), flush=True)  # noqa: T201 - what it is asked for
                sys.stdin.read()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
