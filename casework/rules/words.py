"""The words of a text as PostgreSQL keeps them for the search, and a search as it asks for them.

A text gives its words, the words that compounds are made of, and the compounds that its words make: so both sides may
divide differently and still meet. A word's position is the place of its first character: so what somebody typed without
spaces is found where it stands without other words between.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from casework.errors import Refusal, RefusalCode
from casework.rules.segmentation import LONGEST_WORD, Piece, divide, inner_edges, is_word
from casework.rules.spelling import one_spelling
from casework.rules.texts import has_broken

LONGEST_SEARCH = 200
MOST_POSITIONS = 255
LAST_POSITION = 16_383
"""What a tsvector keeps: more positions of one word are left out."""
GAP = 50
"""Positions between two texts, so that no phrase runs from a name into the narrative."""

_BLANKS = re.compile(r"\s+")
_CONSONANT = re.compile("[\u0e01-\u0e2e]")


def words_of(name: str | None, texts: Iterable[str | None] = ()) -> str:
    """Write a person's name and texts as a tsvector: every word with the places at which it begins.

    Words of the name have the weight A, so that another name can take their place without the texts.
    """
    return _vector([(name, "A"), *((text, "") for text in texts)], start=1)


def words_of_new_name(name: str) -> str:
    """Write a name as it is put behind texts: a gap away from the last word."""
    return _vector([(name, "A")], start=1 + GAP)


def _vector(weighted: Iterable[tuple[str | None, str]], *, start: int) -> str:
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for text, weight in weighted:
        end = start
        for word, at in _all_words(text or ""):
            found[word].add((start + at, weight))
            end = max(end, start + at + len(word))
        start = end + GAP
    return " ".join(f"'{word}':{_places(found[word])}" for word in sorted(found))


def _places(places: set[tuple[int, str]]) -> str:
    return ",".join(f"{min(place, LAST_POSITION)}{weight}" for place, weight in sorted(places)[:MOST_POSITIONS])


def _all_words(text: str) -> Iterator[tuple[str, int]]:
    """Give each word of a text, and in Thai every word of the list between two edges of words or of their parts."""
    for thai, group in groupby(divide(one_spelling(text)), key=lambda piece: piece.thai):
        pieces = list(group)
        yield from ((piece.text, piece.at) for piece in pieces)
        if thai:
            yield from _made_of(pieces)


def _made_of(pieces: list[Piece]) -> Iterator[tuple[str, int]]:
    run, first = "".join(piece.text for piece in pieces), pieces[0].at
    edges = sorted({edge for piece in pieces for edge in _edges(piece)})
    for number, begin in enumerate(edges):
        for end in edges[number + 1 :]:
            if end - begin > LONGEST_WORD:
                break
            word = run[begin - first : end - first]
            if is_word(word):
                yield word, begin


def _edges(piece: Piece) -> list[int]:
    return [piece.at, *(piece.at + edge for edge in inner_edges(piece.text)), piece.end]


def words_wanted(search: str, *path: str) -> str:
    """Write a search as a tsquery: what is typed together stands together, what spaces part stands anywhere.

    Refuses what is too long, broken, or too little to be a word.
    """
    phrases = [list(divide(chunk)) for chunk in _BLANKS.split(one_spelling(tidy_search(search, *path)))]
    if not any(_says_something(phrase) for phrase in phrases):
        raise Refusal(RefusalCode.SEARCH_TOO_SHORT, *path)
    return " & ".join(f"({_phrase(phrase)})" for phrase in phrases if phrase)


def tidy_search(search: str, *path: str) -> str:
    """Give a search without white space at its ends; refuse it before any work when it is too long or broken."""
    if len(search) > LONGEST_SEARCH:
        raise Refusal(RefusalCode.SEARCH_TOO_LONG, *path, limit=LONGEST_SEARCH)
    if has_broken(search):
        raise Refusal(RefusalCode.TEXT_BROKEN, *path)
    return search.strip()


def _phrase(pieces: list[Piece]) -> str:
    first, *rest = pieces
    asked, before = f"'{first.text}'", first
    for piece in rest:
        asked += f" <{piece.at - before.at}> '{piece.text}'"
        before = piece
    return asked


def _says_something(phrase: list[Piece]) -> bool:
    """Is there a number, a word of other letters than Thai, a Thai word, or an unknown one of two consonants?"""
    thai = "".join(piece.text for piece in phrase if piece.thai)
    if any(not piece.thai and (len(piece.text) > 1 or piece.text.isdecimal()) for piece in phrase):
        return True
    return any(len(piece.text) > 1 and is_word(piece.text) for piece in phrase) or len(_CONSONANT.findall(thai)) > 1
