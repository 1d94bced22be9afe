"""Tracking codes that people read over the phone: made from a key, the case and a generation, kept nowhere."""

import hashlib
import hmac
import re

from stdnum import luhn

from casework.rules.texts import ascii_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread or make words."""
BITS = 5
SIGNS = 12
"""Twelve signs of five bits are 60 bits; one more checks them (Luhn's sum over the alphabet)."""
GROUP = 4
FIRST_GENERATION = 1
"""Of a code that nobody has renewed."""
_LONGEST = 60
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-–—./]")


def make_tracking_code(key: bytes, *, case_id: int, generation: int) -> str:
    """Write e.g. `7K3M-Q9TD-2WXA-5`: always the same for the same key, case and generation."""
    digest = hmac.digest(key, f"{case_id}/{generation}".encode(), hashlib.sha256)
    number = int.from_bytes(digest) >> (8 * len(digest) - BITS * SIGNS)
    signs = "".join(ALPHABET[number >> BITS * at & 31] for at in reversed(range(SIGNS)))
    code = signs + luhn.calc_check_digit(signs, ALPHABET)
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_tracking_code(text: str) -> str | None:
    """Give the canonical form of what somebody typed, None when it is no code.

    Small letters, Thai digits, spaces and missing hyphens are fine; O is read as 0, I and L as 1.
    """
    signs = _BETWEEN.sub("", ascii_digits(text)).upper().translate(_MISREAD) if len(text) <= _LONGEST else ""
    if len(signs) != SIGNS + 1 or not set(signs) <= set(ALPHABET) or not luhn.is_valid(signs, ALPHABET):
        return None
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def is_same(given: str | None, right: str) -> bool:
    """Compare in the same time whatever is wrong; no code is right for nobody."""
    return hmac.compare_digest((given or "").encode(), right.encode())
