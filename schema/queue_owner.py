"""Whose queue it is: an account in a post, sealed, so that a phone that changed hands sends nothing in a wrong name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import NamedTuple

import strawberry

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context
from resolvers.former_posts import in_post, post_left

PURPOSE = "queue"
BYTES = 8


class Owner(NamedTuple):
    """In whose name the operations of a queue are done, and when the account left that post, if it has."""

    context: Context
    left_at: datetime | None = None


def queue_owner(context: Context) -> strawberry.ID:
    by = context.actor()
    return strawberry.ID(context.keys.seal(PURPOSE, by.account_id.to_bytes(BYTES) + by.seat_id.to_bytes(BYTES)))


@asynccontextmanager
async def owner_of_queue(context: Context, sealed: str) -> AsyncIterator[Owner]:
    """Give the owner, who is the one who asks; refuse a queue that another account captured, or in another post.

    A post that the account has left not long ago is no other post.
    """
    account_id, seat_id = _read(context, sealed)
    if context.by is not None and (context.by.account_id, context.by.seat_id) == (account_id, seat_id):
        yield Owner(context)
        return
    left = None if context.subject is None else await post_left(context, seat_id)
    if left is None or left.actor.account_id != account_id:
        context.actor()
        raise Refusal(RefusalCode.QUEUE_OF_ANOTHER, "input", "queueOwner")
    async with in_post(context, left.actor) as former:
        yield Owner(former, left.left_at)


def _read(context: Context, sealed: str) -> tuple[int, int]:
    """Give the ids of the account and of the post; of what is no owner those of nobody."""
    data = context.keys.unseal(PURPOSE, sealed) or b""
    return int.from_bytes(data[:BYTES]), int.from_bytes(data[BYTES:])
