"""The words that the search finds cases and citizens by, made in a process beside the one that makes the rows."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import NamedTuple, TypeAlias

from casework.reference.word_list import word_list
from casework.rules.names import Name, keys_of_names
from casework.rules.words import words_of

Texts: TypeAlias = tuple[int, Sequence[str | None]]
"""The id of a row and the texts that it is found by, as casework/search.py takes them; of a citizen both names."""
CITIZENS = "citizen_search"


class Worded(NamedTuple):
    """A row's words as PostgreSQL reads a tsvector, and of a citizen how the names sound."""

    row_id: int
    words: str
    sounds: list[str]


def worded(texts: Mapping[str, Sequence[Texts]]) -> dict[str, list[Worded]]:
    return {
        table: [_of_citizen(*row) if table == CITIZENS else _of_case(*row) for row in rows]
        for table, rows in texts.items()
    }


def _of_citizen(row_id: int, told: Sequence[str | None]) -> Worded:
    given, family = (part or "" for part in told)
    return Worded(row_id, words_of(f"{given} {family}"), keys_of_names([Name(given, family)]))


def _of_case(row_id: int, told: Sequence[str | None]) -> Worded:
    return Worded(row_id, words_of(told[0], told[1:]), [])


@contextmanager
def wording() -> Iterator[ProcessPoolExecutor]:
    """Give a process to run `worded` in; it has read the word list."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=word_list) as process:
        yield process
