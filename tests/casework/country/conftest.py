"""A small country in a database of its own: its posts would stand in the way of the other tests."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import Row, make_url

from casework.demo.country.loader import Scale, load_country
from casework.demo.loader import load_posts
from casework.keys import Keys
from casework.reference.data import read_reference_data
from casework.reference.loader import load_reference
from server.database import owner_engine, pool, read_url, reading, writing
from server.migration import migrate
from server.provision import provision
from server.settings import Settings
from tests.world import World, sweeping

UNTIL = datetime(2026, 11, 15, 17, 0, tzinfo=UTC)
"""Midnight in Bangkok."""
SCALE = Scale(cases=400, until=UNTIL)


SHAPE = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid), conname::text FROM pg_constraint
    UNION ALL SELECT tgrelid::regclass::text, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT tablename::text, indexdef, indexname::text FROM pg_indexes WHERE schemaname = 'public'
    ORDER BY 1, 2, 3
"""
"""Everything that holds of the tables: constraints, triggers and whether they fire, indexes."""


@dataclass
class Loaded:
    """The country, and the shape that the database had before."""

    world: World
    shape_before: list[Row[Any]]


@pytest.fixture(scope="package")
async def loaded(superuser_url: str) -> AsyncIterator[Loaded]:
    name = f"prasan_test_{uuid4().hex[:12]}"
    await provision(superuser_url, name)
    server = make_url(superuser_url).set(database=name, password=None)
    owner_url, app_url, worker_url = (
        read_url(server.set(username=role).render_as_string(), "")
        for role in ("prasan_owner", "prasan_app", "prasan_worker")
    )
    owner, engine, worker = owner_engine(owner_url), pool(app_url, Settings()), pool(worker_url, Settings())
    await migrate(owner)
    async with owner.begin() as connection:
        await load_reference(connection, progress=lambda *_: None)
        reference = await read_reference_data(connection)
    await load_posts(owner, reference)
    keys = Keys(b"the secret of the tests, 32 bytes")
    engines = owner, reading(engine), writing(engine), writing(worker), sweeping(server)
    world = World(*engines, reference, keys, now=UNTIL + timedelta(hours=9))
    found = Loaded(world, await world.rows(SHAPE))
    await load_country(owner, reference, keys, scale=SCALE, progress=lambda *_: None)
    yield found
    await worker.dispose()
    await engine.dispose()
    await owner.dispose()
    superuser = await asyncpg.connect(superuser_url)
    await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await superuser.close()


@pytest.fixture
def country(loaded: Loaded) -> World:
    return loaded.world
