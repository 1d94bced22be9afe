"""Cursors of event streams: an opaque place in the feed."""

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from resolvers.context import Context
from resolvers.feed_points import MARK_BYTES, FeedPoint
from resolvers.worksets import Since

PURPOSE = "cursor:feed"
WORKSET = "cursor:workset"
POSITION_BYTES = 8


def sealed_cursor(keys: Keys, point: FeedPoint) -> str:
    return keys.seal(PURPOSE, point.position.to_bytes(POSITION_BYTES) + point.mark)


def event_cursor(context: Context, point: FeedPoint) -> str:
    return sealed_cursor(context.keys, point)


def read_event_cursor(context: Context, text: str) -> FeedPoint:
    """Read what `event_cursor` gave; refuse anything else."""
    data = context.keys.unseal(PURPOSE, text)
    if data is None or len(data) != POSITION_BYTES + MARK_BYTES:
        raise Refusal(RefusalCode.CURSOR_INVALID, "after")
    return FeedPoint(int.from_bytes(data[:POSITION_BYTES]), data[POSITION_BYTES:])


def workset_cursor(context: Context, since: Since) -> str:
    """Seal how far a phone has read; it is one post's, as the cases are."""
    numbers = since.position, since.began, context.actor().seat_id
    return context.keys.seal(WORKSET, b"".join(number.to_bytes(POSITION_BYTES) for number in numbers))


def read_workset_cursor(context: Context, text: str) -> Since:
    data = context.keys.unseal(WORKSET, text)
    if data is None or int.from_bytes(data[2 * POSITION_BYTES :]) != context.actor().seat_id:
        raise Refusal(RefusalCode.CURSOR_INVALID, "since")
    return Since(int.from_bytes(data[:POSITION_BYTES]), int.from_bytes(data[POSITION_BYTES : 2 * POSITION_BYTES]))
