"""Reads the sheets of one file and writes them to standard output as JSON: a program of its own, within limits.

A workbook of a few kilobytes may ask for more memory than there is, and the library then ends its whole process
(decision 0059). So `server/sheets.py` starts this one, and a file that kills it is only a file that cannot be read.
"""

import csv
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TypedDict

import orjson
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum


class SheetRead(TypedDict):
    """What is written of a sheet."""

    name: str
    rows: list[list[str]]


Cell = str | float | bool | date | datetime | time | timedelta | None
MEMORY = 1_000_000_000
SECONDS = 60
UNPACKED = 200_000_000
"""Bytes that a workbook may unpack to; it is a zip file, and 10 MB of it can claim a thousand times as much."""
MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_WRITTEN = 50_000_000
"""Bytes of all texts together: whoever asked for them has them in memory again."""
TOO_LONG, PROTECTED, UNREADABLE = 3, 4, 5
"""Exit codes that say why."""
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx, .xlsb and .ods are zip files, .xls is a compound file."""
_LONGEST_CELL = 1_000


def main(path: Path) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = read(path.read_bytes())
    except OverflowError:
        return TOO_LONG
    except PasswordError:
        return PROTECTED
    except Exception:  # noqa: BLE001 - whatever a library makes of a broken file, it cannot be read
        return UNREADABLE
    written = orjson.dumps(sheets)
    if len(written) > MOST_WRITTEN:
        return TOO_LONG
    sys.stdout.buffer.write(written)
    return 0


def read(content: bytes) -> list[SheetRead]:
    """Give all sheets that are not hidden; OverflowError where there is too much."""
    sheets = list(_workbook(content) if content.startswith(_SIGNATURES) else _text(content))
    if sum(len(sheet["rows"]) for sheet in sheets) > MOST_ROWS:
        raise OverflowError
    return sheets


def _workbook(content: bytes) -> Iterator[SheetRead]:
    if content.startswith(_SIGNATURES[0]):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise OverflowError
    with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for known in workbook.sheets_metadata:
            if known.visible is SheetVisibleEnum.Visible:
                yield {"name": known.name, "rows": _rows(workbook.get_sheet_by_name(known.name))}


def _rows(sheet: CalamineSheet) -> list[list[str]]:
    if sheet.total_height > MOST_ROWS:
        raise OverflowError
    rows = [[_said(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            row[left : right + 1] = rows[top][left : left + 1] * len(row[left : right + 1])
    return rows


def _said(cell: Cell) -> str:
    """Write what the cell shows: whole numbers without a point, days as 2569-10-01."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)[:_LONGEST_CELL]


def _text(content: bytes) -> Iterator[SheetRead]:
    """Read a CSV as Thai Excel and others write it: in UTF-8 or in cp874 (TIS-620), by comma, semicolon or tab."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError
    for encoding in ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp874"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise ValueError
    beginning = text[:10_000]
    delimiter = max(",;\t", key=beginning.count)
    rows = csv.reader(StringIO(text), delimiter=delimiter)
    cut = [[cell[:_LONGEST_CELL] for cell in row[:MOST_COLUMNS]] for row in rows]
    yield {"name": "CSV", "rows": cut}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
