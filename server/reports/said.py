"""How a report writes what it was answered: figures for people, a dash for what is withheld."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

WITHHELD = "—"
"""Stands where a count is too small to be told to whoever asks."""
NOT_KNOWN = "–"
MOST_CHARACTERS = 160
"""Of a name of an activity or a place: it stands in a cell of a table."""
_LONG_WORD = re.compile("[^\\s\u0e00-\u0e7f]{16}(?=[^\\s\u0e00-\u0e7f])")
"""In other than Thai letters: where Thai words end, the typesetter knows by its dictionary."""
MAY_BREAK = "\u200b"
"""Shows nothing; a line may end there."""


def count(value: int | None) -> str:
    return WITHHELD if value is None else f"{value:,}"


def people(value: int | None) -> str:
    """Write how many people live somewhere; None is not known."""
    return NOT_KNOWN if value is None else count(value)


def figures(group: Mapping[str, Any]) -> list[str]:
    """Write a group of statistics: cases opened, closed, still open; people; clocks met, missed, running."""
    cases, clocks = group["cases"], group["clocks"]
    numbers = (
        *(cases[name] for name in ("opened", "closed", "stillOpen")),
        group["people"]["count"],
        *(clocks[name] for name in ("met", "missed", "running")),
    )
    return [count(number) for number in numbers]


def baht(value: str | Decimal | None) -> str:
    """Write whole baht without satang; None is withheld, or no amount was given."""
    if value is None:
        return WITHHELD
    amount = Decimal(value)
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def length(value: str | None) -> str:
    return WITHHELD if value is None else value


def text(value: str) -> str:
    """Write a text that somebody typed: on one line, not too long, with places where a long word may break."""
    line = " ".join(value.split())
    if len(line) > MOST_CHARACTERS:
        line = line[: MOST_CHARACTERS - 1].rstrip() + "…"
    return _LONG_WORD.sub(lambda part: part[0] + MAY_BREAK, line)


def total(values: list[int | None]) -> int | None:
    """Add counts; None if one of them is withheld."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
