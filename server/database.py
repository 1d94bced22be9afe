"""Connections to PostgreSQL: one pool for reading and writing, short engines for the owner's work."""

from dataclasses import dataclass

import orjson
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from server.problems import StartupProblem
from server.settings import Settings

OLDEST = 15
"""The oldest major version of PostgreSQL that the schema is tested on."""


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """The same database as three roles."""

    app: URL
    owner: URL
    worker: URL


def read_url(text: str, variable: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise StartupProblem(f"Set {variable} to a URL like postgresql://prasan_app@host/prasan.") from None
    if url.get_backend_name() != "postgresql":
        raise StartupProblem(f"Set {variable} to a PostgreSQL URL: Prasan runs on PostgreSQL only.")
    return url.set(drivername="postgresql+asyncpg")


def urls_of(settings: Settings) -> DatabaseUrls:
    """Give the URLs of a database that is not embedded."""
    if settings.database_url is None or settings.owner_url is None:
        raise StartupProblem("Set both PRASAN_DATABASE_URL and PRASAN_OWNER_URL, or neither for the embedded database.")
    app = read_url(settings.database_url, "PRASAN_DATABASE_URL")
    owner = read_url(settings.owner_url, "PRASAN_OWNER_URL")
    worker = (
        app.set(username="prasan_worker")
        if settings.worker_url is None
        else read_url(settings.worker_url, "PRASAN_WORKER_URL")
    )
    return DatabaseUrls(app, owner, worker)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def pool(url: URL, settings: Settings) -> AsyncEngine:
    """Open the pool of request connections; statements that take too long are cancelled by the server."""
    return create_async_engine(
        url,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.statement_seconds,
        hide_parameters=True,
        json_serializer=_json,
        json_deserializer=orjson.loads,
        connect_args={
            "prepared_statement_cache_size": 500,
            "timeout": 10,
            "server_settings": {
                "application_name": "prasan",
                "jit": "off",
                # Starting workers takes 6 ms, more than most statements; requests share the cores among themselves.
                "max_parallel_workers_per_gather": "0",
                "timezone": "UTC",
                "statement_timeout": str(int(settings.statement_seconds * 1000)),
                "idle_in_transaction_session_timeout": "60000",
            },
        },
    )


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same pool; every transaction one read-only snapshot."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing(engine: AsyncEngine) -> AsyncEngine:
    """The same pool; a statement that waited for a lock sees what was committed meanwhile."""
    return engine.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)


def owner_engine(url: URL) -> AsyncEngine:
    return create_async_engine(url, hide_parameters=True, json_serializer=_json, json_deserializer=orjson.loads)


async def check_reachable(engine: AsyncEngine, variable: str) -> None:
    """Refuse to start on a database that cannot be reached or is too old."""
    try:
        async with engine.connect() as connection:
            version = (await connection.exec_driver_sql("SHOW server_version_num")).scalar_one()
    except Exception as error:  # noqa: BLE001 - drivers raise many kinds; each means the same to the operator
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StartupProblem(f"Check {variable} and that PostgreSQL is running: {reason}.") from None
    if int(version) < OLDEST * 10_000:
        raise StartupProblem(f"Use PostgreSQL {OLDEST} or later: {variable} leads to version {version}.")
