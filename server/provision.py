"""Makes Prasan's roles and its database on a PostgreSQL server."""

from pathlib import Path

import asyncpg

_ROLES = Path(__file__).with_name("roles.sql")

# One provisioning at a time on one server: roles belong to all its databases, and concurrent CREATE ROLE collides.
_TURN = 0x5052_4153_414E

# C, because sorting and case must not differ between two installations, nor change under an index with a new libc.
_CREATE = "CREATE DATABASE %I OWNER prasan_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'"

_GRANT_DATABASE = (
    "ALTER DATABASE %1$I OWNER TO prasan_owner; "
    "REVOKE ALL ON DATABASE %1$I FROM PUBLIC; "
    "GRANT CONNECT ON DATABASE %1$I TO prasan_app, prasan_worker"
)

_GRANT_SCHEMA = """
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT ALL ON SCHEMA public TO prasan_owner;
    GRANT USAGE ON SCHEMA public TO prasan_app, prasan_worker
"""


async def provision(superuser_url: str, database: str) -> None:
    """Make the roles and `database` if they are missing; may be run again at any time, also by several at once."""
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _TURN)
        await connection.execute(_ROLES.read_text(encoding="utf-8"))
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await connection.execute(await _about(connection, _CREATE, database))
        await connection.execute(await _about(connection, _GRANT_DATABASE, database))
        await _open_schema(superuser_url, database)
    finally:
        await connection.close()


async def _about(connection: "asyncpg.Connection[asyncpg.Record]", statement: str, database: str) -> str:
    """Quote the database's name the way that the server itself does."""
    return str(await connection.fetchval("SELECT format($1, $2::text)", statement, database))


async def _open_schema(superuser_url: str, database: str) -> None:
    connection = await asyncpg.connect(superuser_url, database=database)
    try:
        await connection.execute(_GRANT_SCHEMA)
    finally:
        await connection.close()
