"""Codes that clients send: looked up in the reference data, refused when unknown."""

from collections.abc import Sequence

from casework.errors import Refusal, RefusalCode
from resolvers.context import Context


def known_area(context: Context, code: str | None, *path: str) -> str | None:
    """Give the code of an area back; refuse one that is not an area's."""
    if code is not None and code not in context.reference.areas:
        raise Refusal(RefusalCode.AREA_UNKNOWN, *path)
    return code


def known_agency(context: Context, code: str | None, *path: str) -> str | None:
    """Give the code of an agency back; refuse one that is not an agency's."""
    if code is not None and code not in context.reference.agencies:
        raise Refusal(RefusalCode.AGENCY_UNKNOWN, *path)
    return code


def known_problem_types(context: Context, codes: Sequence[str] | None, *path: str) -> tuple[str, ...] | None:
    """Give the codes of problem types back; refuse the first that is not one."""
    for at, code in enumerate(codes or ()):
        if code not in context.reference.problem_types:
            raise Refusal(RefusalCode.PROBLEM_TYPE_UNKNOWN, *path, str(at))
    return None if codes is None else tuple(dict.fromkeys(codes))


def problem_types_of(context: Context, agency: str | None, *path: str) -> tuple[str, ...] | None:
    """Give the codes of the problem types on which an agency leads; refuse a code that is not an agency's."""
    if known_agency(context, agency, *path) is None:
        return None
    return tuple(kind.code for kind in context.reference.problem_types.values() if kind.agency_code == agency)
