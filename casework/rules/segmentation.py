"""Thai text divided into words, and words into the words that they are made of."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlpo3 import segment

from casework.reference.word_list import DICTIONARY, word_list

WINDOW = 200
"""nlpo3 is quadratic on hostile text: it is given no more characters at once."""
REDONE = 3
"""Words at the end of a window may be cut in two: so many are divided once more, with what follows."""
LONGEST = 60
"""A run without a known word is cut: the index takes no longer words."""
SHORTEST_PART = 3
LONGEST_WORD = 40
NONE = 100
"""More parts than a word has."""

_THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
_OTHER_MARKS = "\u0300-\u036f\u0e80-\u0ecf\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
"""Letters and marks of Latin, Lao, Burmese, Khmer that `\\w` leaves out."""
_RUN = re.compile(
    f"(?P<thai>[{_THAI}]+)|(?P<number>[0-9]+(?:\\.[0-9]+)?)|(?:[^\\W0-9_\u0e00-\u0e7f]|[{_OTHER_MARKS}])+"
)


class Piece(NamedTuple):
    """A word of a text; `at` counts the characters of the words before it, spaces and signs left out."""

    text: str
    at: int
    thai: bool

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def divide(text: str) -> Iterator[Piece]:
    """Divide a text in one spelling into words: Thai by the word list, everything else by its letters and digits."""
    at = 0
    for run in _RUN.finditer(text):
        thai = run["thai"] is not None
        for word in _thai_words(run[0]) if thai else _cut(run[0]):
            yield Piece(word, at, thai)
            at += len(word)


def _thai_words(run: str) -> Iterator[str]:
    """Divide window by window; nothing is lost, and the time grows with the length only."""
    word_list()
    start = 0
    while start < len(run):
        words = segment(run[start : start + WINDOW], DICTIONARY)
        if start + WINDOW < len(run) and len(words) > REDONE:
            words = words[:-REDONE]
        start += sum(map(len, words))
        for word in words:
            yield from _cut(word)


def _cut(word: str) -> Iterator[str]:
    for start in range(0, len(word), LONGEST):
        yield word[start : start + LONGEST]


@lru_cache(maxsize=50_000)
def inner_edges(word: str) -> tuple[int, ...]:
    """Tell where a compound divides into the fewest words, and those again; nowhere, when its parts would mislead."""
    listed = word_list()
    if word not in listed.words or word in listed.whole:
        return ()
    edges = _divided(word)[1]
    ends = [0, *sorted(edges), len(word)]
    deeper = {begin + inner for begin, end in pairwise(ends) if edges for inner in inner_edges(word[begin:end])}
    return tuple(sorted(edges | deeper))


@lru_cache(maxsize=50_000)
def _divided(text: str) -> tuple[int, frozenset[int]]:
    """Give the fewest parts, two at least, that make up a text, and where they meet; more than fit when none do."""
    fewest, edges = NONE, frozenset[int]()
    for edge in range(2, len(text) - 1):
        if not _is_part(text[:edge]):
            continue
        rest, inner = (1, frozenset[int]()) if _is_part(text[edge:]) else _divided(text[edge:])
        found = frozenset({edge, *(edge + at for at in inner)})
        if rest + 1 < fewest:
            fewest, edges = rest + 1, found
        elif rest + 1 == fewest < NONE:
            edges |= found
    return fewest, edges


@cache
def _is_part(word: str) -> bool:
    listed = word_list()
    return word in listed.words if len(word) >= SHORTEST_PART else word in listed.short_parts


def is_word(text: str) -> bool:
    return text in word_list().words
