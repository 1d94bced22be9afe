"""The words by which texts are divided for the search: read from the data files at the first need."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from nlpo3 import load_dict

FOLDER = Path(__file__).parent
DICTIONARY = "prasan"
"""The name under which nlpo3 keeps the words, for the life of the process."""
_THAI = range(0x0E01, 0x0E4F)


@dataclass(frozen=True, slots=True)
class WordList:
    """All words; those that are never divided; and the short ones that may be a part of a longer word."""

    words: frozenset[str]
    whole: frozenset[str]
    short_parts: frozenset[str]


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def word_list() -> WordList:
    """Read the words and hand them to nlpo3, which takes them from a file only."""
    ours = _lines("words_labour.txt")
    words = frozenset(word.lstrip("=~") for word in (*_lines("words_th.txt"), *ours) if _is_thai(word.lstrip("=~")))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.txt"
        path.write_text("\n".join(sorted(words)), encoding="utf-8")
        load_dict(str(path), DICTIONARY)
    return WordList(
        words=words,
        whole=frozenset(word[1:] for word in ours if word.startswith("=")),
        short_parts=frozenset(word[1:] for word in ours if word.startswith("~")),
    )


def _is_thai(word: str) -> bool:
    """Leave out entries with spaces, dots and digits: texts are divided there beforehand."""
    return all(ord(char) in _THAI for char in word)
