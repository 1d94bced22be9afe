"""Whose queue it is: an account in a post, sealed, so that a phone that changed hands sends nothing in a wrong name."""

import strawberry

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context

PURPOSE = "queue"
BYTES = 8


def queue_owner(context: Context) -> strawberry.ID:
    by = context.actor()
    return strawberry.ID(context.keys.seal(PURPOSE, by.account_id.to_bytes(BYTES) + by.seat_id.to_bytes(BYTES)))


def check_queue_is_own(context: Context, owner: str) -> None:
    """Refuse a queue that another account captured, or the same one in another post."""
    by = context.actor()
    wanted = by.account_id.to_bytes(BYTES) + by.seat_id.to_bytes(BYTES)
    if context.keys.unseal(PURPOSE, owner) != wanted:
        raise Refusal(RefusalCode.QUEUE_OF_ANOTHER, "input", "queueOwner")
