"""Cells of files that a spreadsheet opens: texts that it must not take for formulas, days in either era."""

import unicodedata
from datetime import date, datetime

from casework.rules.calendar import BANGKOK, thai_date, thai_instant
from models.export_words import ExportEra

_BEGINS_A_FORMULA = frozenset("=+-@＝＋－＠")
"""In full width too: spreadsheets in East Asia take them for the same."""
_IS_DROPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
"""Kinds of characters that a spreadsheet may drop before it looks: blanks, controls, marks without width."""
_BREAKS_THE_CELL = ("\t", "\r", "\n")


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: one that might be has an apostrophe put before it."""
    first = next((sign for sign in text if unicodedata.category(sign) not in _IS_DROPPED), "")
    return f"'{text}" if first in _BEGINS_A_FORMULA or text.startswith(_BREAKS_THE_CELL) else text


def written_day(at: date, era: ExportEra) -> str | date:
    """Give a day or an instant in Bangkok: as text of the Buddhist era, or as what it is, without a zone."""
    if era is ExportEra.BUDDHIST:
        return thai_instant(at) if isinstance(at, datetime) else thai_date(at)
    return at.astimezone(BANGKOK).replace(tzinfo=None) if isinstance(at, datetime) else at
