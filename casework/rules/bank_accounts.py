"""Numbers of bank accounts: checked for their length and brought to one form; no bank tells its check digit."""

import re

from casework.errors import Refusal, RefusalCode
from casework.rules.texts import ascii_digits

LONGEST = 40
_DIGITS = re.compile(r"[0-9]{10,15}")


def canonical_bank_account(text: str, *path: str) -> str:
    """Give the digits alone; refuse fewer than 10 and more than 15, and anything but digits, spaces and hyphens."""
    compact = re.sub(r"[\s\-]", "", ascii_digits(text)) if len(text) <= LONGEST else ""
    if not _DIGITS.fullmatch(compact):
        raise Refusal(RefusalCode.BANK_ACCOUNT_INVALID, *path)
    return compact
