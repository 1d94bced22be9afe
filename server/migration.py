"""Bring a database to the schema this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.problems import MIGRATE_FIRST, StartupProblem

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
MIGRATION_LOCK = 4_727_001
"""Advisory lock: of several processes started at once, one migrates and the others wait."""

LONGEST_LOCK_WAIT = "10s"
"""A migration gives up rather than make every request queue behind the lock it waits for."""


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def pending(connection: Connection) -> bool:
    """Is the database behind this version's schema?"""
    wanted = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() != wanted


async def check_migrated(connection: AsyncConnection) -> None:
    """Refuse to work on a database that is behind this version's schema."""
    if await connection.run_sync(pending):
        raise StartupProblem(MIGRATE_FIRST)


def _upgrade(connection: Connection) -> bool:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    if not pending(connection):
        return False
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LONGEST_LOCK_WAIT}'")
    command.upgrade(alembic_config(connection), "head")
    return True


async def migrate(owner: AsyncEngine) -> bool:
    """Apply what is missing in one transaction; say whether anything was."""
    async with owner.begin() as connection:
        return await connection.run_sync(_upgrade)


async def check_models(owner: AsyncEngine) -> None:
    """Raise `alembic.util.CommandError` when the models differ from the migrated database."""
    async with owner.begin() as connection:
        await connection.run_sync(lambda sync: command.check(alembic_config(sync)))
