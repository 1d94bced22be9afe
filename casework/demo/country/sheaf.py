"""Finished rows, gathered by table until they are copied."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar


class Row:
    """A row that changes until it is finished: a dataclass whose fields are the columns copied into `table`."""

    __slots__ = ()
    table: ClassVar[str]


class Sheaf:
    """Rows as tuples, by their table and class, in the order in which they were finished."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, type[Any]], list[tuple[Any, ...]]] = defaultdict(list)
        self._readers: dict[type[Any], Callable[[Row], tuple[Any, ...]]] = {}
        self.texts: dict[str, list[tuple[int, Sequence[str | None]]]] = defaultdict(list)
        """What rows are found by, for the tables of words."""
        self.size = 0

    def add(self, row: Row) -> None:
        """Take a row as it is now: later changes of it are not seen."""
        kind = type(row)
        read = self._readers.get(kind) or self._readers.setdefault(kind, attrgetter(*columns_of(kind)))
        self.put(row.table, kind, read(row))

    def put(self, table: str, kind: type[Any], row: tuple[Any, ...]) -> None:
        """Take a row that was made as a tuple of the fields of `kind`."""
        self.rows[table, kind].append(row)
        self.size += 1


def columns_of(kind: type[Any]) -> tuple[str, ...]:
    """Give the columns of a class of rows, a dataclass or a NamedTuple."""
    named: tuple[str, ...] | None = getattr(kind, "_fields", None)
    return named or tuple(field.name for field in fields(kind))
