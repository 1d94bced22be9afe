"""One server for the run, embedded or that of PRASAN_TEST_DATABASE_URL; one database a worker, clean for each test."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from casework.demo.loader import load_posts
from casework.keys import Keys
from casework.reference.data import read_reference_data
from casework.reference.loader import load_reference
from server.database import DatabaseUrls, owner_engine, pool, read_url, reading, writing
from server.migration import migrate
from server.provision import provision
from server.settings import Settings
from tests.api import Api
from tests.own_server import private_server
from tests.world import MONDAY, World, sweeping

SERVER = "PRASAN_TEST_DATABASE_URL"
"""URL of a superuser on a PostgreSQL server; unset, the suite starts the embedded one."""

SHARED = pytest.StashKey[str]()
WORKERS_SERVER = "prasan_server"
TESTS = Path(__file__).parent
LONGEST = ("simulation", "server", "docs", "fuzz", "oracle")
"""Where few tests take minutes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest: at the end one worker would be left alone with it."""

    def place(item: pytest.Item) -> int:
        return next((at for at, long in enumerate(LONGEST) if item.path.is_relative_to(TESTS / long)), len(LONGEST))

    items.sort(key=place)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-tables", action="store_true", help="write the tables of docs/reference anew")
    parser.addoption("--write-matrix", action="store_true", help="write tests/schema/matrix.md anew")


@pytest.fixture(autouse=True, scope="session")
def _own_environment() -> Iterator[None]:
    """No setting of the machine reaches the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PRASAN_") and name != SERVER]:
            patch.delenv(name)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell every worker of pytest-xdist the one server of the run, started for the first of them."""
    if SERVER not in os.environ:
        if SHARED not in node.config.stash:
            server = ExitStack()
            node.config.add_cleanup(server.close)
            node.config.stash[SHARED] = server.enter_context(private_server())
        node.workerinput[WORKERS_SERVER] = node.config.stash[SHARED]


@pytest.fixture(scope="session")
def superuser_url(request: pytest.FixtureRequest) -> Iterator[str]:
    told = os.environ.get(SERVER) or getattr(request.config, "workerinput", {}).get(WORKERS_SERVER)
    if told:
        yield told
        return
    with private_server() as url:
        yield url


@pytest.fixture(scope="session")
async def urls(superuser_url: str) -> AsyncIterator[DatabaseUrls]:
    """A migrated database of its own for this run, with reference data and the demo network."""
    name = f"prasan_test_{uuid4().hex[:12]}"
    await provision(superuser_url, name)
    server = make_url(superuser_url)
    found = [
        read_url(server.set(username=role, password=None, database=name).render_as_string(hide_password=False), SERVER)
        for role in ("prasan_app", "prasan_owner", "prasan_worker")
    ]
    yield DatabaseUrls(*found)
    connection = await asyncpg.connect(superuser_url)
    with suppress(asyncpg.PostgresError):
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture(scope="session")
async def _world(
    superuser_url: str, urls: DatabaseUrls, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    owner, engine, worker = owner_engine(urls.owner), pool(urls.app, Settings()), pool(urls.worker, Settings())
    sweeper = sweeping(make_url(superuser_url).set(database=urls.owner.database))
    await migrate(owner)
    async with owner.begin() as connection:
        await load_reference(connection, progress=lambda *_: None)
        reference = await read_reference_data(connection)
    await load_posts(owner, reference)
    keys = Keys(b"the secret of the tests, 32 bytes")
    files = tmp_path_factory.mktemp("files")
    yield World(owner, reading(engine), writing(engine), writing(worker), sweeper, reference, keys, files=files)
    await sweeper.dispose()
    await worker.dispose()
    await engine.dispose()
    await owner.dispose()


@pytest.fixture
async def world(_world: World) -> AsyncIterator[World]:
    """The world before anything happened."""
    fresh = replace(_world, now=MONDAY)
    fresh._actors = _world._actors
    yield fresh
    await fresh.recorder.flush()
    await fresh.clear()


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    """The whole application in this process, asked over HTTP."""
    async with Api.around(world) as client:
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a space and Thai letters in its path."""
    path = tmp_path / "ประสาน งาน"
    path.mkdir()
    return path
