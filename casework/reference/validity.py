"""Effective-dated rows: of one rule, at most one is in force on any day."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise, product
from typing import Any

Row = dict[str, Any]


class RulesOverlapError(ValueError):
    """Two rows of a data file say different things for the same day."""


class RuleNeverInForceError(ValueError):
    """A row ends before it begins."""


def check_validity(rows: Iterable[tuple[int, Row]], key: Sequence[str], *, file: str) -> None:
    """Refuse rows in force on the same day; the rows come with their lines.

    A row whose key holds a list stands for each of its items.
    """
    spans: dict[tuple[Any, ...], list[tuple[date, date, int]]] = {}
    for line, row in rows:
        since, until = row["effective_from"], row["effective_until"] or date.max
        if until <= since:
            message = f"{file}: the row at line {line} is never in force, {since} to {until}"
            raise RuleNeverInForceError(message)
        for each in product(*(_items(row[name]) for name in key)):
            spans.setdefault(each, []).append((since, until, line))
    for each, of_key in spans.items():
        of_key.sort()
        for (_, until, line), (since, _, next_line) in pairwise(of_key):
            if since < until:
                first, second = sorted((line, next_line))
                named = " ".join(str(item) for item in each)
                message = f"{file}: the rows at lines {first} and {second} are both in force on {since} for {named}"
                raise RulesOverlapError(message)


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
