"""Make readers: how a field is read off a row, and from which level on it is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.vocabulary import Level
from tests.oracle.mirror import Mirror, Read


def of_now(_mirror: Mirror, _row: Any) -> None:
    """Everything is read as it stands; other times are compared in tests/resolvers/test_as_of_stories.py."""


def column(name: str) -> Read:
    return lambda _, row: getattr(row, name)


def columns(*names: str) -> dict[str, Read]:
    """Read fields that are columns: `openedAt` is `opened_at`."""
    return {
        name: column("".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)) for name in names
    }


def node_id(kind: str) -> Read:
    return lambda mirror, row: mirror.api.id(kind, row.id)


def shown_from(level: Level, read: Read, *, of: str = "case_id") -> Read:
    """Show it from a level of the row's case on."""
    return lambda mirror, row: read(mirror, row) if mirror.reaches(getattr(row, of), level) else None


def all_shown_from(level: Level, reads: Mapping[str, Read], *, of: str = "case_id") -> dict[str, Read]:
    return {name: shown_from(level, read, of=of) for name, read in reads.items()}


def latest(rows: Iterable[Any], *keys: str) -> list[Any]:
    return sorted(rows, key=lambda row: [getattr(row, key) for key in keys], reverse=True)


def entry(name: str) -> Read:
    return lambda _, row: row[name]
