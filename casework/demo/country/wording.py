"""The words that the search finds cases and citizens by, made in a process beside the one that makes the rows."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeAlias

from casework.reference.word_list import word_list
from casework.rules.words import words_of

Texts: TypeAlias = tuple[int, Sequence[str | None]]
"""The id of a row and the texts that it is found by, as casework/search.py takes them."""


def worded(texts: Mapping[str, Sequence[Texts]]) -> dict[str, list[tuple[int, str]]]:
    """Give each row's words as PostgreSQL reads a tsvector."""
    return {table: [(id_, words_of(told[0], told[1:])) for id_, told in rows] for table, rows in texts.items()}


@contextmanager
def wording() -> Iterator[ProcessPoolExecutor]:
    """Give a process to run `worded` in; it has read the word list."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=word_list) as process:
        yield process
