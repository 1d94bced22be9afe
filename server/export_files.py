"""The files of exports, written line by line: nothing but the line at hand is kept in memory."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter

from casework.rules.calendar import bangkok_day, buddhist_year
from casework.rules.cells import guarded, written_day
from models.export_words import ExportEra, ExportFormat, ExportLanguage
from resolvers.rows_of_exports import Cell, Line
from server.workbook_texts import write_text

SHEET = {ExportLanguage.TH: "เรื่อง", ExportLanguage.EN: "Cases"}
MIMES = {
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}
WIDTH = 18


class ExportFile(Protocol):
    """A file under way; whole once it is closed."""

    def write(self, lines: Iterable[Line]) -> None: ...
    def close(self) -> None: ...


def new_file(path: Path, kind: ExportFormat, era: ExportEra, language: ExportLanguage, headings: Line) -> ExportFile:
    """Begin a file with its headings."""
    if kind is ExportFormat.CSV:
        return CsvFile(path, era, headings)
    return XlsxFile(path, era, headings, sheet=SHEET[language])


def file_name(kind: ExportFormat, era: ExportEra, language: ExportLanguage, *, at: datetime) -> str:
    """Name it after the day in Bangkok on which it was asked for, such as `เรื่อง 2569-11-30.xlsx`."""
    day = bangkok_day(at)
    year = buddhist_year(day) if era is ExportEra.BUDDHIST else day.year
    return f"{SHEET[language]} {year}-{day:%m-%d}.{kind.value.lower()}"


class CsvFile:
    """CSV as Excel opens it: UTF-8 with a byte order mark, lines that end with CRLF, no text that is a formula."""

    def __init__(self, path: Path, era: ExportEra, headings: Line) -> None:
        self._era = era
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(headings)

    def write(self, lines: Iterable[Line]) -> None:
        self._rows.writerows([self._cell(cell) for cell in line] for line in lines)

    def _cell(self, cell: Cell) -> str | int | Decimal | None:
        if isinstance(cell, date):
            cell = written_day(cell, self._era)
        if isinstance(cell, datetime):
            return cell.isoformat(sep=" ", timespec="minutes")
        if isinstance(cell, date):
            return cell.isoformat()
        return guarded(cell) if isinstance(cell, str) else cell

    def close(self) -> None:
        self._file.close()


class XlsxFile:
    """A workbook with one sheet; a row is on the disk as soon as the next one begins.

    What it lays down meanwhile lies beside the file, and goes with its folder: it holds people's names.
    """

    def __init__(self, path: Path, era: ExportEra, headings: Line, *, sheet: str) -> None:
        self._era = era
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "use_zip64": True,  # for a million rows; smaller files are the same without
        }
        self._book = xlsxwriter.Workbook(path, options)
        self._sheet = self._book.add_worksheet(sheet)
        self._instant = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        self._plain = self._book.add_format()
        self._sheet.set_column(0, len(headings) - 1, WIDTH)
        self._sheet.freeze_panes(1, 1)
        bold = self._book.add_format({"bold": True})
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, str(heading), bold)
        self._next = 1

    def write(self, lines: Iterable[Line]) -> None:
        for line in lines:
            for column, cell in enumerate(line):
                self._write(self._next, column, cell)
            self._next += 1

    def _write(self, row: int, column: int, cell: Cell) -> None:
        """Write a cell as what it is: no text is looked at to guess a type."""
        told: Any = written_day(cell, self._era) if isinstance(cell, date) else cell
        if isinstance(told, str):
            write_text(self._sheet, row, column, told, self._plain)
        elif isinstance(told, date):
            self._sheet.write_datetime(row, column, told, self._instant if isinstance(told, datetime) else self._day)
        elif isinstance(told, Decimal):
            self._sheet.write_number(row, column, told, self._amount)
        elif told is not None:
            self._sheet.write_number(row, column, told)

    def close(self) -> None:
        self._book.close()
