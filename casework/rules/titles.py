"""Titles of cases: what it is about and where, never who."""

from collections.abc import Sequence


def make_title(problems: Sequence[str], *, tambon: str, province: str) -> str:
    """Join the problem types' short Thai phrases with the tambon; further problems are counted."""
    first, *rest = problems
    more = f" และอีก {len(rest)} เรื่อง" if len(rest) > 1 else f" และ{rest[0]}" if rest else ""
    place = f"แขวง{tambon}" if province == "10" else f"ต.{tambon}"
    return f"{first}{more} {place}"
