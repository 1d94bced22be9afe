"""Months are frozen once."""

import time
from datetime import UTC, datetime
from casework.freezing import freeze_statements
from tests.casework import situations
from tests.world import World
from casework.journal import verify

DECEMBER = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)


async def test_try(world: World) -> None:
    await situations.closed(world)
    world.now = DECEMBER
    a = time.time()
    n = await freeze_statements(world.worker, world.reference, now=world.now)
    print(n, time.time() - a)
    a = time.time()
    n = await freeze_statements(world.worker, world.reference, now=world.now)
    print(n, time.time() - a)
    for row in await world.rows(
        "SELECT s.kind, t.* FROM statement t JOIN seat s ON s.id=t.seat_id WHERE month='2026-11-01' and people_served > 0"
    ):
        print(row)
    for row in await world.rows("SELECT * FROM statement_outcome"):
        print(row)
    async with world.owner.connect() as c:
        print(await verify(c, progress=lambda *_: None))
