"""Case references that people can read out: province, Buddhist year, sequence, check digit."""

import re

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from casework.errors import Refusal, RefusalCode
from casework.rules.texts import ascii_digits

_SHAPE = re.compile(r"([0-9]{2})([0-9]{4})([0-9]{5,9})([0-9])")
_LONGEST = 60


def make_reference(*, province: str, buddhist_year: int, sequence: int) -> str:
    """Write e.g. `43-2569-00017-8`; the last digit is ISO 7064 MOD 11,10 over all before it."""
    digits = f"{province}{buddhist_year:04d}{sequence:05d}"
    return f"{province}-{buddhist_year:04d}-{sequence:05d}-{mod_11_10.calc_check_digit(digits)}"


def read_reference(text: str) -> str:
    """Give the canonical form of what somebody typed: Thai or Lao digits, spaces and missing hyphens are fine."""
    digits = re.sub(r"[\s\-–—./]", "", ascii_digits(text)) if len(text) <= _LONGEST else ""
    match = _SHAPE.fullmatch(digits)
    if match is None:
        raise Refusal(RefusalCode.REFERENCE_INVALID, "reference")
    try:
        mod_11_10.validate(digits)
    except ValidationError:
        raise Refusal(RefusalCode.REFERENCE_INVALID, "reference") from None
    return "-".join(match.groups())
