"""The databases of a run: one PostgreSQL with a country of each size, made once and kept in .prasan-bench/."""

import asyncio
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import URL, make_url

from benchmarks.processes import PRASAN, children
from server.database import DatabaseUrls
from server.provision import provision
from server.settings import Settings
from server.startup import database, say

FOLDER = Path(".prasan-bench")
GIVEN = "PRASAN_BENCH_DATABASE_URL"
UNWALLED = "prasan_unwalled"
"""A role of the benchmark alone: the service's rights, and no row-level security."""
SECRET = "the secret of the benchmark, not of any service"  # noqa: S105 - of invented people


@dataclass(frozen=True, slots=True)
class Database:
    """A loaded database: how the processes reach it, and its server's process where it is ours."""

    environment: Mapping[str, str]
    superuser: str
    server: int | None

    @property
    def owner(self) -> str:
        """Whom the wall hides nothing from: to choose what is asked, and to count."""
        return self.environment["PRASAN_OWNER_URL"]

    @property
    def unwalled(self) -> str:
        """The service's rights without the wall, which hand-written statements know nothing of."""
        return plain(make_url(self.environment["PRASAN_DATABASE_URL"]).set(username=UNWALLED))

    def processes(self) -> list[int]:
        return [] if self.server is None else children(self.server)


@contextmanager
def country(cases: int) -> Iterator[Database]:
    """Give the database with so many cases; it is loaded when it is not there yet.

    With PRASAN_BENCH_DATABASE_URL set to a superuser's URL, databases are made on that server instead.
    """
    folder, given = FOLDER / str(cases), os.environ.get(GIVEN)
    folder.mkdir(parents=True, exist_ok=True)
    if given is not None:
        name = f"prasan_bench_{cases}"
        asyncio.run(provision(given, name))
        here = make_url(given).set(database=name, password=None)
        roles = ("prasan_app", "prasan_owner", "prasan_worker")
        yield Database(_environment(DatabaseUrls(*(here.set(username=role) for role in roles)), folder), given, None)
        return
    settings = Settings(data_folder=folder, demo=True)
    with database(settings, join=False) as urls:
        server = int((folder / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        yield Database(_environment(urls, folder), plain(urls.owner.set(username="postgres")), server)


def _environment(urls: DatabaseUrls, folder: Path) -> dict[str, str]:
    return {
        "PRASAN_DATABASE_URL": plain(urls.app),
        "PRASAN_OWNER_URL": plain(urls.owner),
        "PRASAN_WORKER_URL": plain(urls.worker),
        "PRASAN_DATA_FOLDER": str(folder),
        "PRASAN_DEMO": "true",
        "PRASAN_RATE_COST_PER_SECOND": "1e9",  # counted as everywhere, but one caller asks it all
        "PRASAN_SECRET": SECRET,
    }


def plain(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def fill(found: Database, cases: int) -> None:
    """Migrate, and load the country unless it is there."""
    for command in ("migrate", "reference load"):
        _prasan(found, *command.split())
    await _make_unwalled(found.superuser)
    there = await _count(found.owner)
    if there == cases:
        say(f"The country of {cases:,} cases is there.")
    elif there == 0:
        _prasan(found, "demo", "load", "--scale", "country", "--cases", str(cases))
    else:
        raise SystemExit(f"Remove {FOLDER}/{cases}: it has {there} cases instead of {cases}.")


async def _make_unwalled(superuser: str) -> None:
    connection = await asyncpg.connect(superuser)
    try:
        if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", UNWALLED):
            await connection.execute(f"CREATE ROLE {UNWALLED} LOGIN BYPASSRLS")
        await connection.execute(f"GRANT prasan_app TO {UNWALLED}")
    finally:
        await connection.close()


def _prasan(found: Database, *command: str) -> None:
    subprocess.run([*PRASAN, *command], env={**os.environ, **found.environment}, check=True)  # noqa: S603 - our own program


async def _count(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval('SELECT count(*) FROM "case"'))
    finally:
        await connection.close()
