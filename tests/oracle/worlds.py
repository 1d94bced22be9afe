"""Fill a database with a random world, and take it away again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel

from casework.keys import Keys
from casework.reference.data import ReferenceData
from casework.search import fill_words
from models import table_of
from tests.oracle.drawing import Draw, chance_of, draw_network
from tests.oracle.drawing_activities import draw_activities
from tests.oracle.drawing_cases import draw_case, draw_citizens
from tests.oracle.drawing_incidents import draw_incidents
from tests.oracle.drawing_work import draw_work
from tests.oracle.facts import DIRECTORY, TABLES, Facts
from tests.world import World

CITIZENS, CASES = 8, 16


def draw_world(seed: int, *, reference: ReferenceData, keys: Keys, now: datetime) -> Facts:
    """Draw a whole world; the same seed gives the same one."""
    draw = Draw(chance_of(seed), keys, Facts(now, reference))
    draw_network(draw)
    draw_citizens(draw, CITIZENS)
    for sequence in range(1, CASES + 1):
        draw_work(draw, draw_case(draw, sequence))
    draw_incidents(draw)
    draw_activities(draw)
    return draw.facts


async def write_facts(owner: AsyncEngine, facts: Facts) -> None:
    """Write a world's rows, and the words by which the search finds them."""
    async with owner.begin() as connection:
        for model in TABLES:
            if facts.rows[model]:
                await connection.execute(insert(table_of(model)), [_values(row) for row in facts.rows[model]])
    await fill_words(owner, progress=lambda *_: None)


def _values(row: SQLModel) -> dict[str, Any]:
    return {name: getattr(row, name) for name in table_of(type(row)).c.keys()}  # noqa: SIM118 - iterating `c` gives columns


async def take_away_posts(owner: AsyncEngine, facts: Facts) -> None:
    """Delete the posts that were drawn, once nothing refers to them any more."""
    async with owner.begin() as connection:
        for model in (*DIRECTORY[2:], *DIRECTORY[:2]):
            table = table_of(model)
            await connection.execute(delete(table).where(table.c.id.in_([row.id for row in facts.rows[model]])))


@asynccontextmanager
async def random_world(world: World, seed: int) -> AsyncIterator[Facts]:
    """Have a random world in the database of `world`, which is empty before and after."""
    facts = draw_world(seed, reference=world.reference, keys=world.keys, now=world.now)
    await write_facts(world.owner, facts)
    try:
        yield facts
    finally:
        for viewer in facts.viewers:
            world._actors.pop(viewer.handle, None)
        await world.clear()
        await take_away_posts(world.owner, facts)
