"""The world as somebody sees it: through the resolvers that every read goes through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from casework.policy.actors import Actor
from models.vocabulary import Level
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.rows import CaseRow
from tests.world import World


@asynccontextmanager
async def eyes_of(world: World, by: str | Actor) -> AsyncIterator[Context]:
    actor = await world.actor(by) if isinstance(by, str) else by
    context = Context(world.services(), thai=True, reference=world.reference, now=world.now, by=actor)
    try:
        yield context
    finally:
        await context.refresh()


async def case_seen(world: World, by: str | Actor, case_id: int) -> CaseRow | None:
    async with eyes_of(world, by) as context:
        (row,) = await cases_by_ids([case_id], context=context)
        return row


async def level_of(world: World, by: str | Actor, case_id: int) -> Level | None:
    """Give the level, None for a case that is not there for the one who asks."""
    row = await case_seen(world, by, case_id)
    return None if row is None else Level(row.level)
