"""Installations with the demo: one load in a run, by the commands themselves, and a copy for whoever asks."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg

from server.provision import provision
from tests.server.installation import Installation

COMMANDS = ("migrate", "reference load", "demo load")
_TURN = 0x4445_4D4F
"""Whoever holds this lock of the server looks whether the demo is there to be copied, and loads it if it is not."""

Connection: TypeAlias = "asyncpg.Connection[Any]"


@asynccontextmanager
async def installed(superuser_url: str, folder: Path, run_id: str) -> AsyncIterator[Installation]:
    """Give a database of its own that the commands have filled, with what they said, until the end of the block.

    It ends with a worker's last test: nobody copies after that, or has to load the demo again.
    """
    made, template = Installation.named(superuser_url, folder), f"prasan_demo_{run_id[:12]}"
    async with _turn(superuser_url) as connection:
        written = await connection.fetchval(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", template
        )
        if written is None:
            written = await _loaded(connection, superuser_url, folder, template)
        await connection.execute(f"CREATE DATABASE {made.name} TEMPLATE {template} OWNER prasan_owner")
    await provision(superuser_url, made.name)
    made.said.update(json.loads(written))
    yield made
    await made.drop()
    async with _turn(superuser_url) as connection:
        await connection.execute(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)")


async def _loaded(connection: Connection, superuser_url: str, folder: Path, template: str) -> str:
    """Fill the template; what the commands said is its comment, which a load that was cut off leaves it without."""
    await connection.execute(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)")
    await provision(superuser_url, template)
    source = Installation.named(superuser_url, folder, template)
    for command in COMMANDS:
        done = source.run(*command.split())
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        source.said[command] = done.stderr
    written = json.dumps(source.said)
    comment = await connection.fetchval(
        "SELECT format('COMMENT ON DATABASE %I IS %L', $1::text, $2::text)", template, written
    )
    await connection.execute(comment)
    return written


@asynccontextmanager
async def _turn(superuser_url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _TURN)
        yield connection
    finally:
        await connection.close()
