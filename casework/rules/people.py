"""Identifiers and phone numbers of citizens: checked and brought to one form."""

import re
from datetime import datetime

import phonenumbers
from stdnum.th import pin

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import bangkok_day
from casework.rules.texts import ascii_digits
from models.vocabulary import IdentifierKind

OLDEST = 120
"""Years of age that nobody at a counter exceeds."""
BUDDHIST_FROM = 2300
"""No year of birth of the Christian era is that late, and none of the Buddhist era that early."""
LONGEST = 40
"""No identifier or phone number is longer, however it is spaced."""
_PASSPORT = re.compile(r"[A-Z0-9]{5,12}")
_THIRTEEN = re.compile(r"[0-9]{13}")
_NATIONAL_ID_BEGINS = frozenset("12345678")
"""Category of the holder; 0 and 9 are not given to Thai nationals (Department of Provincial Administration)."""
_PINK_CARD_BEGINS = frozenset("0678")
"""Thirteen digits with the check digit of the national ID; people without Thai nationality have these first digits."""


def canonical_identifier(kind: IdentifierKind, text: str, *path: str) -> str:
    """Give the identifier without separators, upper case; refuse a wrong check digit or shape."""
    compact = re.sub(r"[\s\-]", "", ascii_digits(text)).upper() if len(text) <= LONGEST else ""
    if kind is IdentifierKind.PASSPORT:
        if not _PASSPORT.fullmatch(compact):
            raise Refusal(RefusalCode.PASSPORT_INVALID, *path)
        return compact
    pink = kind is IdentifierKind.PINK_CARD
    begins = _PINK_CARD_BEGINS if pink else _NATIONAL_ID_BEGINS
    if not (_THIRTEEN.fullmatch(compact) and compact[0] in begins and pin.calc_check_digit(compact) == compact[-1]):
        raise Refusal(RefusalCode.PINK_CARD_INVALID if pink else RefusalCode.NATIONAL_ID_INVALID, *path)
    return compact


def canonical_phone(text: str, *path: str) -> str:
    """Give a phone number in E.164; without a country code it is a Thai one."""
    try:
        number = phonenumbers.parse(text, "TH") if len(text) <= LONGEST else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Refusal(RefusalCode.PHONE_INVALID, *path)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def check_birth_year(year: int | None, *path: str, now: datetime) -> int | None:
    """Give a year of birth of the Christian era; refuse one of the Buddhist era and one that cannot be."""
    latest = bangkok_day(now).year
    if year is None or latest - OLDEST <= year <= latest:
        return year
    if year >= BUDDHIST_FROM:
        raise Refusal(RefusalCode.BUDDHIST_YEAR, *path)
    raise Refusal(RefusalCode.BIRTH_YEAR_INVALID, *path, earliest=latest - OLDEST, latest=latest)
