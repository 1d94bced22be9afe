"""Posts that an account has left: for a while it may still hand in what it captured there, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

from casework.policy.actors import SEAT_LEFT, Actor, actor_among
from casework.rules.worksets import TAKEN_AFTER_LEAVING
from resolvers.context import Context


class FormerPost(NamedTuple):
    """The account as it was in the post, and when it left."""

    actor: Actor
    left_at: datetime


async def post_left(context: Context, seat_id: int) -> FormerPost | None:
    """Give the post, if the account that asks left it not long ago."""
    given = {"subject": context.subject, "wanted": seat_id, "now": context.now}
    rows = await context.rows(SEAT_LEFT, given | {"not_before": context.now - TAKEN_AFTER_LEAVING})
    actor = actor_among(rows, seat_id=seat_id)
    return None if actor is None else FormerPost(actor, rows[0].left_at)


@asynccontextmanager
async def in_post(context: Context, by: Actor) -> AsyncIterator[Context]:
    """Give a context to act in a post of before; what is shown to the one who asks is never read with it."""
    former = Context(
        context.services, context.thai, context.reference, context.now, by=by, subject=context.subject,
        address=context.address, request_id=context.request_id,
    )  # fmt: skip
    try:
        yield former
    finally:
        await former.close()
