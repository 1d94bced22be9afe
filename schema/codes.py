"""Codes that clients send: looked up in the reference data, refused when unknown."""

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context


def known_area(context: Context, code: str | None, *path: str) -> str | None:
    """Give the code of an area back; refuse one that is not an area's."""
    if code is not None and code not in context.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, *path)
    return code
