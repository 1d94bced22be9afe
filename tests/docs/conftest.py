"""The service as a newcomer has it: the demo in a database of its own, served on a port."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest
import uvicorn
from sqlalchemy import make_url

from casework.keys import Keys
from server.app import create_app
from server.auth import Tokens
from server.database import urls_of
from server.identity import Identity
from server.runtime import running, utc_now
from server.serving import bind
from server.settings import Settings
from server.startup import prepare
from server.watch import Watch
from server.welcome import worked_example
from tests.docs.reader import Reader
from tests.server.demo_copies import installed
from tests.server.installation import SECRET


@pytest.fixture(scope="session")
async def demo(
    superuser_url: str, testrun_uid: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Settings]:
    """Settings of an installation whose database holds the demo."""
    folder = tmp_path_factory.mktemp("docs")
    async with installed(superuser_url, folder, testrun_uid) as made:
        settings = settings_for(superuser_url, made.name, folder)
        await prepare(settings, urls_of(settings), SECRET.encode())
        yield settings


@pytest.fixture(scope="session")
async def reader(demo: Settings) -> AsyncIterator[Reader]:
    """Somebody who pastes what the pages say."""
    tokens = Tokens(Keys(SECRET.encode()), demo=True)
    async with running(demo, urls_of(demo), SECRET.encode()) as services:
        boot = worked_example(tokens, utc_now)
        app = create_app(services, demo, Identity(tokens, None), Watch(services), boot=boot)
        async with served(app, demo) as port:
            yield Reader(port, tokens)


def settings_for(superuser_url: str, database: str, folder: Path) -> Settings:
    as_role = [
        make_url(superuser_url).set(username=role, password=None, database=database).render_as_string()
        for role in ("prasan_app", "prasan_owner", "prasan_worker")
    ]
    return Settings(
        port=0,
        database_url=as_role[0],
        owner_url=as_role[1],
        worker_url=as_role[2],
        demo=True,
        secret=SECRET,
        data_folder=folder,
    )


async def drop(superuser_url: str, database: str) -> None:
    connection = await asyncpg.connect(superuser_url)
    with suppress(asyncpg.PostgresError):
        await connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    await connection.close()


class _Server(uvicorn.Server):
    """Leaves the signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(app: object, settings: Settings) -> AsyncIterator[int]:
    config = uvicorn.Config(app, ws="websockets-sansio", lifespan="off", log_config=None, access_log=False)  # type: ignore[arg-type]  # any ASGI application
    server = _Server(config)
    with bind(settings) as taken:
        serving = asyncio.create_task(server.serve(sockets=[taken]))
        yield taken.getsockname()[1]
        server.should_exit = True
        await serving
