"""Cursors of event streams: an opaque place in the feed."""

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from resolvers.context import Context
from resolvers.feed_points import MARK_BYTES, FeedPoint
from resolvers.worksets import Since

PURPOSE = "cursor:feed"
WORKSET = "cursor:workset"
POSITION_BYTES = 8
POINT_BYTES = POSITION_BYTES + MARK_BYTES


def sealed_cursor(keys: Keys, point: FeedPoint) -> str:
    return keys.seal(PURPOSE, _packed(point))


def _packed(point: FeedPoint) -> bytes:
    return point.position.to_bytes(POSITION_BYTES) + point.mark


def _unpacked(data: bytes) -> FeedPoint:
    return FeedPoint(int.from_bytes(data[:POSITION_BYTES]), data[POSITION_BYTES:])


def event_cursor(context: Context, point: FeedPoint) -> str:
    return sealed_cursor(context.keys, point)


def read_event_cursor(context: Context, text: str) -> FeedPoint:
    """Read what `event_cursor` gave; refuse anything else."""
    point = unsealed_cursor(context.keys, text)
    if point is None:
        raise Refusal(RefusalCode.CURSOR_INVALID, "after")
    return point


def unsealed_cursor(keys: Keys, text: str) -> FeedPoint | None:
    data = keys.unseal(PURPOSE, text)
    return None if data is None or len(data) != POINT_BYTES else _unpacked(data)


def workset_cursor(context: Context, since: Since) -> str:
    """Seal how far a phone has read; it is one post's, as the cases are."""
    numbers = since.began, context.actor().seat_id
    return context.keys.seal(
        WORKSET, _packed(since.point) + b"".join(each.to_bytes(POSITION_BYTES) for each in numbers)
    )


def read_workset_cursor(context: Context, text: str) -> Since:
    data = context.keys.unseal(WORKSET, text) or b""
    point, numbers = data[:POINT_BYTES], data[POINT_BYTES:]
    began, seat_id = numbers[:POSITION_BYTES], numbers[POSITION_BYTES:]
    if int.from_bytes(seat_id) != context.actor().seat_id:
        raise Refusal(RefusalCode.CURSOR_INVALID, "since")
    return Since(_unpacked(point), int.from_bytes(began))
