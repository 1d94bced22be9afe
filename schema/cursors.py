"""Cursors of event streams: an opaque position in the feed."""

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context

PURPOSE = "cursor:feed"
BYTES = 8


def event_cursor(context: Context, position: int) -> str:
    return context.keys.seal(PURPOSE, position.to_bytes(BYTES))


def read_event_cursor(context: Context, text: str) -> int:
    data = context.keys.unseal(PURPOSE, text)
    if data is None:
        raise Refusal(RefusalCode.CURSOR_INVALID, "after")
    return int.from_bytes(data)
