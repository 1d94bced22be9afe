"""Where a simulation takes place when no test gives it a database: a private PostgreSQL with the demo network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import make_url

from casework.demo.loader import load_posts
from casework.keys import Keys
from casework.reference.data import read_reference_data
from casework.reference.loader import load_reference
from server.database import DatabaseUrls, owner_engine, pool, read_url, reading, writing
from server.migration import migrate
from server.provision import provision
from server.settings import Settings
from tests.simulation.service import SECRET
from tests.world import World, sweeping

NAME = "prasan_simulation"


class Ground(NamedTuple):
    """The database as the service's roles and as the superuser; the world that reads and empties it."""

    urls: DatabaseUrls
    superuser: str
    world: World


@asynccontextmanager
async def prepared(superuser_url: str, files: Path) -> AsyncIterator[Ground]:
    """Give a database with reference data and the posts of the demo network, and no case."""
    await provision(superuser_url, NAME)
    server = make_url(superuser_url).set(database=NAME)
    urls = DatabaseUrls(
        *(
            read_url(server.set(username=role, password=None).render_as_string(hide_password=False), "the simulation")
            for role in ("prasan_app", "prasan_owner", "prasan_worker")
        )
    )
    owner, engine, worker = owner_engine(urls.owner), pool(urls.app, Settings()), pool(urls.worker, Settings())
    await migrate(owner)
    async with owner.begin() as connection:
        await load_reference(connection, progress=lambda *_: None)
        reference = await read_reference_data(connection)
    await load_posts(owner, reference)
    engines = owner, reading(engine), writing(engine), writing(worker), sweeping(server)
    world = World(*engines, reference, Keys(SECRET), files=files)
    try:
        yield Ground(urls, server.render_as_string(hide_password=False), world)
    finally:
        for each in (world.sweeper, worker, engine, owner):
            await each.dispose()
