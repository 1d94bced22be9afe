"""Texts in the cells of workbooks that we write."""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Characters of a cell of Excel; xlsxwriter leaves a longer one out."""


def write_text(sheet: Worksheet, row: int, column: int, text: str, plain: Format) -> None:
    """Write a text as what it is.

    xlsxwriter 3.3.1 takes what begins and ends like its own rich texts for one, and writes it into the file as XML: a
    formula could be in it. So we make it a rich text ourselves, of two parts in the same `plain` letters.
    """
    text = text[:LONGEST_TEXT]
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[:1], plain, text[1:])
    else:
        sheet.write_string(row, column, text)
