"""Days as offices write them: Thai months, Buddhist years of two or four digits, and what Excel makes of them."""

import re
from datetime import date, timedelta

from casework.rules.calendar import BUDDHIST_OFFSET, EARLIEST
from casework.rules.row_problems import RowRefused
from casework.rules.spelling import one_spelling
from models.directory_words import RowProblem

_MONTHS = (
    ("มกราคม", "มค", "january", "jan"),
    ("กุมภาพันธ์", "กพ", "february", "feb"),
    ("มีนาคม", "มีค", "march", "mar"),
    ("เมษายน", "เมย", "april", "apr"),
    ("พฤษภาคม", "พค", "may"),
    ("มิถุนายน", "มิย", "june", "jun"),
    ("กรกฎาคม", "กค", "july", "jul"),
    ("สิงหาคม", "สค", "august", "aug"),
    ("กันยายน", "กย", "september", "sep"),
    ("ตุลาคม", "ตค", "october", "oct"),
    ("พฤศจิกายน", "พย", "november", "nov"),
    ("ธันวาคม", "ธค", "december", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WEEKDAY = re.compile("^วัน(?!ที่)[\u0e01-\u0e4e]+ *(?:ที่)? *|^(?:วัน)?ที่ *")
_ERA = re.compile(r"\b(?:พ\.? ?ศ\.?|b\.?e\.?) *")
_IN_WORDS = re.compile(r"([0-9]{1,2}) *(?:เดือน)? *([^0-9]+?) *([0-9]{4}|[0-9]{2})")
_IN_NUMBERS = re.compile(r"([0-9]{1,2}) *[/.-] *([0-9]{1,2}) *[/.-] *([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[t ][0-9:.]+)?")
_SERIAL = re.compile(r"[0-9]{5,6}")
_SERIAL_BEGINS = date(1899, 12, 30)
"""Day 0 of Excel, as it counts since March 1900."""
_BLANKS = frozenset({"", "-", "–", "ไม่มี", "ปัจจุบัน", "ถึงปัจจุบัน"})
LONGEST = 100
"""Characters of a day, however it is written."""
BUDDHIST_CENTURY = 2500
_BACK, _AHEAD = 40, 10
"""Years around today in which two digits are one."""
_CHRISTIAN_FROM, _CHRISTIAN_UNTIL = 1950, 2150
_BUDDHIST_FROM, _BUDDHIST_UNTIL = _CHRISTIAN_FROM + BUDDHIST_OFFSET, _CHRISTIAN_UNTIL + BUDDHIST_OFFSET


def read_day(text: str, *, today: date) -> date | None:
    """Give the day of the Christian era; None where nothing is said. The day stands before the month."""
    if len(text) > LONGEST:
        raise RowRefused(RowProblem.DATE_WRONG, text=text)
    plain = _ERA.sub("", _WEEKDAY.sub("", " ".join(one_spelling(text).split()))).strip()
    if plain in _BLANKS:
        return None
    if _SERIAL.fullmatch(plain):
        return _of_serial(_SERIAL_BEGINS + timedelta(days=int(plain)), text, today=today)
    if parts := _YEAR_FIRST.fullmatch(plain):
        year, month, day = (int(part) for part in parts.groups())
    elif parts := _IN_NUMBERS.fullmatch(plain):
        day, month, year = int(parts[1]), int(parts[2]), _whole_year(parts[3], text, today=today)
    elif parts := _IN_WORDS.fullmatch(plain):
        day, month, year = int(parts[1]), _month(parts[2]), _whole_year(parts[3], text, today=today)
    else:
        raise RowRefused(RowProblem.DATE_WRONG, text=text)
    return _day(year, month, day, text)


def _month(name: str) -> int:
    """Give its number; 0, which is no month, for what is none."""
    return _MONTH_OF.get(re.sub(r"[^a-z\u0e01-\u0e4e]", "", name), 0)


def _whole_year(digits: str, text: str, *, today: date) -> int:
    """Give the year as written; two digits are of the Buddhist era if that can be, else nobody knows."""
    year = int(digits)
    if len(digits) > len("62"):
        return year
    now = today.year + BUDDHIST_OFFSET
    if now - _BACK <= BUDDHIST_CENTURY + year <= now + _AHEAD:
        return BUDDHIST_CENTURY + year
    raise RowRefused(RowProblem.YEAR_AMBIGUOUS, text=text)


def _day(year: int, month: int, day: int, text: str) -> date:
    if _BUDDHIST_FROM <= year <= _BUDDHIST_UNTIL:
        year -= BUDDHIST_OFFSET
    elif _CHRISTIAN_FROM <= year < EARLIEST.year:  # Excel makes 1969 of 69, which is 2569
        raise RowRefused(RowProblem.YEAR_AMBIGUOUS, text=text)
    if not _CHRISTIAN_FROM <= year <= _CHRISTIAN_UNTIL:
        raise RowRefused(RowProblem.DATE_WRONG, text=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise RowRefused(RowProblem.DATE_WRONG, text=text) from None


def _of_serial(day: date, text: str, *, today: date) -> date:
    """Give the day of a serial number of Excel, which counts on into Buddhist years; one far ahead is no day."""
    found = _day(day.year, day.month, day.day, text)
    if found.year > today.year + _AHEAD:
        raise RowRefused(RowProblem.DATE_WRONG, text=text)
    return found
