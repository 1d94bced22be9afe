"""Identifiers and phone numbers of citizens: checked and brought to one form."""

import re

import phonenumbers
from stdnum.exceptions import ValidationError
from stdnum.th import pin

from casework.errors import Refusal, RefusalCode
from models.vocabulary import IdentifierKind

_PASSPORT = re.compile(r"[A-Z0-9]{5,12}")
_PINK_CARD_BEGINS = frozenset("0678")
"""Thirteen digits with the check digit of the national ID; people without Thai nationality have these first digits."""


def canonical_identifier(kind: IdentifierKind, text: str, *path: str) -> str:
    """Give the identifier without separators, upper case; refuse a wrong check digit or shape."""
    compact = re.sub(r"[\s\-]", "", text[:60]).upper()
    if kind is IdentifierKind.PASSPORT:
        if not _PASSPORT.fullmatch(compact):
            raise Refusal(RefusalCode.PASSPORT_INVALID, *path)
        return compact
    code = RefusalCode.PINK_CARD_INVALID if kind is IdentifierKind.PINK_CARD else RefusalCode.NATIONAL_ID_INVALID
    if kind is IdentifierKind.PINK_CARD and (compact[:1] not in _PINK_CARD_BEGINS or len(compact) != 13):  # noqa: PLR2004 - digits of an ID
        raise Refusal(code, *path)
    return _with_check_digit(compact, code, path)


def _with_check_digit(compact: str, code: RefusalCode, path: tuple[str, ...]) -> str:
    """`th.pin` refuses ids that begin with 0 or 9; those of pink cards are checked by the same sum."""
    try:
        if not compact.isascii() or not compact.isdigit():
            raise Refusal(code, *path)
        if compact.startswith("0"):
            if pin.calc_check_digit(compact) != compact[-1]:
                raise Refusal(code, *path)
            return compact
        return str(pin.validate(compact))
    except ValidationError:
        raise Refusal(code, *path) from None


def canonical_phone(text: str, *path: str) -> str:
    """Give a phone number in E.164; without a country code it is a Thai one."""
    try:
        number = phonenumbers.parse(text[:40], "TH")
    except phonenumbers.NumberParseException:
        raise Refusal(RefusalCode.PHONE_INVALID, *path) from None
    if not phonenumbers.is_valid_number(number):
        raise Refusal(RefusalCode.PHONE_INVALID, *path)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
