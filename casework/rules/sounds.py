"""How a name sounds: the keys by which spellings of one name meet, Thai or Latin, in an index.

LK82 is the Thai soundex of Vichit Lorchirachoonkul (1982), written from its published description. The skeleton is
coarser: the consonants alone, in classes that hold for both scripts.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_KEY = 5
"""Characters of an LK82 key; a shorter one is filled with zeros."""
SHORTEST_SKELETON = 2
"""A single consonant says too little to find anybody by."""

TONES = re.compile("[\u0e48-\u0e4b]")
SILENCED = re.compile("จน์|มณ์|ณฑ์|ทร์|ตร์|[\u0e01-\u0e2e][\u0e30-\u0e39]?\u0e4c|\u0e4c")
"""Consonants under the mark of silence (thanthakhat), with those before them that fall silent too."""
SIGNS = re.compile("[\u0e2f\u0e3a\u0e46\u0e47\u0e4d]")

_FIRST = str.maketrans(
    "กขฃคฅฆงจฉชฌซศษสญยฎดฏตฐฑฒถทธณนบปผพภฝฟมรลฬฤฦวอหฮ",
    "กกกกกกงจชชชซซซซยยดดตตททททททนนบปพพพฟฟมรรรรรวอฮฮ",
)
_LATER = str.maketrans(
    "กขฃคฅฆงจฉชซฌฎฏฐฑฒดตถทธศษสญณนรลฬฤฦบปพฟภผฝมำยวไใหฮาๅ\u0e36\u0e37เแโ\u0e38\u0e39อ",
    "1111112333333333333333333444444445555555667777889AAABCDEEF",
)
_UNHEARD = "ะ\u0e31\u0e34\u0e35"
_HEARD = "าๅ\u0e36\u0e37\u0e39"
_CARRIED = "\u0e36\u0e37\u0e38\u0e39"
"""Vowels that stand under or over a consonant and let it be heard."""

_CLASSES = str.maketrans(
    {
        letter: name
        for name, letters in {
            "K": "กขฃคฅฆ",
            "C": "จฉชฌ",
            "S": "ซศษส",
            "T": "ฎฏฐฑฒดตถทธ",
            "N": "ณน",
            "P": "บปผพภ",
            "F": "ฝฟ",
            "M": "มำ",
            "L": "รลฬฤฦ",
            "G": "ง",
            "Y": "ญย",
            "W": "ว",
            "H": "หฮ",
        }.items()
        for letter in letters
    }
)
_LATIN = (
    ("ng", "G"), ("kh", "K"), ("ch", "C"), ("th", "T"), ("ph", "P"), ("sh", "S"), ("ks", "KS"), ("x", "S"),
    ("k", "K"), ("g", "K"), ("c", "K"), ("q", "K"), ("j", "C"), ("s", "S"), ("z", "S"), ("d", "T"), ("t", "T"),
    ("n", "N"), ("b", "P"), ("p", "P"), ("f", "F"), ("m", "M"), ("r", "L"), ("l", "L"), ("y", "Y"), ("w", "W"),
    ("v", "W"), ("h", "H"),
)  # fmt: skip
_SOFT = re.compile("(?<!^)[YWH]")
"""Glides and breaths within a word: one script writes them as vowels, the other as consonants."""
_REPEATED = re.compile(r"(.)\1+")
_ACCENTS = re.compile("[\u0300-\u036f]")


def is_thai(name: str) -> bool:
    return any("\u0e01" <= letter <= "\u0e5b" for letter in name)


def lk82(word: str) -> str:
    """Give the five characters under which a Thai word is kept with those that sound alike; empty for no word."""
    heard = SIGNS.sub("", SILENCED.sub("", TONES.sub("", word)))
    if not heard:
        return ""
    if "\u0e01" <= heard[0] <= "\u0e2e":
        key, rest = [heard[0].translate(_FIRST)], heard[1:]
    else:  # a vowel that is written before its consonant
        key, rest = [heard[1:2].translate(_FIRST), heard[0].translate(_LATER)], heard[2:]
    key += [_later(rest, at) for at in range(len(rest))]
    first, *more = key
    heard_once = [code for before, code in zip(key, more, strict=False) if code != before]
    return "".join([first, *heard_once]).ljust(LONGEST_KEY, "0")[:LONGEST_KEY]


def _later(rest: str, at: int) -> str:
    """Give the code of a letter that is not the first: empty where it is not heard."""
    letter, before, after = rest[at], rest[at - 1 : at], rest[at + 1 : at + 2]
    carries = after != "" and after in _CARRIED
    if letter in _UNHEARD:
        return ""
    if letter == "\u0e38" and before in {"ต", "ธ"}:  # as in เหตุ
        return ""
    if letter in "หอ" and not carries:
        return ""
    if letter in "รวยฤฦ" and not carries and (before == "" or before not in _UNHEARD + _HEARD + "\u0e38"):
        return ""
    return letter.translate(_LATER)


def skeleton(word: str) -> str:
    """Give the consonants of a word as classes, the same for Thai and for its usual Latin spellings."""
    if is_thai(word):
        heard = SIGNS.sub("", SILENCED.sub("", TONES.sub("", word))).replace("ทร", "ซ").replace("รร", "น")
        classes = "".join(letter for letter in heard.translate(_CLASSES) if letter.isascii() and letter.isupper())
    else:
        classes = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).lower()
        for letters, name in _LATIN:
            classes = classes.replace(letters, name)
        classes = re.sub("[^A-Z]", "", classes)
    return _REPEATED.sub(r"\1", _SOFT.sub("", classes))


def keys_of(words: Iterator[str] | list[str]) -> set[str]:
    """Give the keys under which the words of a name are kept; a Latin word too short for one is its own."""
    found = set()
    for word in words:
        bones = skeleton(word)
        if len(bones) >= SHORTEST_SKELETON:
            found.add(f"~{bones}")
        if is_thai(word):
            found.add(lk82(word))
        elif len(bones) < SHORTEST_SKELETON:
            found.add(word)
    return found - {""}
