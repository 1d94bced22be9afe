"""What each row of a list comes to, told on the terminal and in a file for the office."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from rich.table import Table
from rich.text import Text

from casework.rules.calendar import bangkok_day, thai_date
from casework.rules.cells import guarded
from casework.rules.list_plan import Row
from casework.rules.listed_places import Gazetteer
from casework.rules.roster_steps import Step
from models.directory_words import RowOutcome
from server.problems import StartupProblem
from server.workbook_texts import write_text

SHOWN = 200
"""Rows on a terminal; a longer list shows what is not unchanged, and the file has all."""
HEADINGS = (
    "แผ่นงาน / sheet",
    "แถว / row",
    "ในรายชื่อ / in the list",
    "ตำแหน่ง / post",
    "ผล / outcome",
    "รายละเอียด",
    "details",
)
_STYLE = {RowOutcome.REFUSED: "red", RowOutcome.UNCHANGED: "dim"}


class Told(NamedTuple):
    sheet: str
    row: str
    written: str
    post: str
    outcome: str
    details_th: str
    details_en: str


def tell(rows: Iterable[Row], gazetteer: Gazetteer) -> list[Told]:
    """Tell of every row, with its place in full: tambon of one amphoe and another bear the same name."""
    return [
        Told(
            _seen(row.line.sheet),
            str(row.line.row),
            _seen(row.written),
            _post(row, gazetteer),
            f"{row.outcome.th} / {row.outcome.value}",
            *(_seen("; ".join(details)) for details in _details(row)),
        )
        for row in rows
    ]


def _seen(text: str) -> str:
    """Leave out what does not show: also what would command the terminal."""
    return "".join(char for char in text if char.isprintable())


def _post(row: Row, gazetteer: Gazetteer) -> str:
    return "" if row.entry is None else f"{row.entry.kind.th} {gazetteer.in_full(row.entry.area_code)}"


def _details(row: Row) -> tuple[list[str], list[str]]:
    if row.refused is not None:
        return [row.refused.sentence(thai=True)], [row.refused.sentence(thai=False)]
    if row.step is None:
        return [], []
    said = list(_said(row.step))
    notes = [(note.th.format(row=row.twin), note.description.format(row=row.twin)) for note in row.step.notes]
    return [th for th, _ in [*said, *notes]], [en for _, en in [*said, *notes]]


def _said(step: Step) -> Iterator[tuple[str, str]]:
    """Say whose time ends, and from and to which day the new one is."""
    if step.ends is not None and step.end is not None:
        name, day = step.ends.person.in_full, _last_day(step.end)
        yield f"{name} อยู่ในตำแหน่งถึง {day}", f"{name} is in the post until {day}"
    if step.begins is not None:
        day = thai_date(bangkok_day(step.begins.since))
        yield f"ตั้งแต่ {day}", f"from {day}"
    if step.begins is not None and step.begins.until is not None:
        day = _last_day(step.begins.until)
        yield f"ถึง {day}", f"until {day}"
    known = step.corrections
    changed = {
        ("โทรศัพท์", "phone"): known.phone,
        ("รหัสผู้ใช้", "sub"): known.subject,
        ("ชื่ออังกฤษ", "Latin name"): known.name_en,
    }
    words = [word for word, value in changed.items() if value]
    if words:
        yield f"แก้ไข {', '.join(th for th, _ in words)}", f"corrected: {', '.join(en for _, en in words)}"


def _last_day(end: datetime) -> str:
    """Write the last day in a post of which the time ends then, which is in it no more."""
    return thai_date(bangkok_day(end - timedelta.resolution))


def table(told: Sequence[Told], rows: Sequence[Row]) -> Table:
    """Show the rows of the list; of a long one those that are not unchanged."""
    found = Table(*HEADINGS[1:5], "รายละเอียด / details")
    pairs = list(zip(told, rows, strict=True))
    if len(pairs) > SHOWN:
        pairs = [pair for pair in pairs if pair[1].outcome is not RowOutcome.UNCHANGED][:SHOWN]
    several = len({row.line.sheet for row in rows}) > 1
    for each, row in pairs:
        place = f"{each.sheet} {each.row}" if several else each.row
        details = each.details_th if row.refused is None else f"{each.details_th}\n{each.details_en}"
        cells = (place, each.written, each.post, each.outcome, details)
        found.add_row(*(Text(cell) for cell in cells), style=_STYLE.get(row.outcome))
    return found


def write_report(path: Path, told: Sequence[Told]) -> None:
    """Write all rows for the office, for the eyes of whoever runs the command; .xlsx or .csv by the name."""
    content = _WRITERS[path.suffix.lower()](told)
    try:
        path.touch(mode=0o600)
        path.chmod(0o600)  # one that was there may have been open to others
        path.write_bytes(content)
    except OSError as error:
        raise StartupProblem(f"เขียนรายงานไม่ได้ / The report cannot be written: {error.strerror}.") from None


def check_report(path: Path | None, *, besides: Path) -> None:
    """Refuse before anything is done a report that could not be written, or would overwrite the list."""
    if path is None:
        return
    if path.suffix.lower() not in _WRITERS:
        raise StartupProblem("รายงานต้องลงท้ายด้วย .xlsx หรือ .csv\nName a report that ends with .xlsx or .csv.")
    try:
        possible = path.parent.is_dir() and not path.is_dir() and path.resolve() != besides.resolve()
    except OSError:
        possible = False
    if not possible:
        raise StartupProblem(
            "กรุณาตั้งชื่อรายงานในโฟลเดอร์ที่มีอยู่ และไม่ใช่ไฟล์รายชื่อ\n"
            "Name a report in a folder that exists, and not the list itself."
        )


def _xlsx(told: Sequence[Told]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("รายงาน")
        bold, plain = book.add_format({"bold": True}), book.add_format()
        for column, (heading, width) in enumerate(zip(HEADINGS, (14, 10, 28, 36, 30, 70, 70), strict=True)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, width)
        for at, each in enumerate(told, 1):
            for column, text in enumerate(each):
                write_text(sheet, at, column, text, plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(told), len(HEADINGS) - 1)
    return content.getvalue()


def _csv(told: Sequence[Told]) -> bytes:
    """Write for Excel, which takes a text that begins like a formula for one unless a mark stands before it."""
    content = StringIO()
    writer = csv.writer(content)
    writer.writerow(HEADINGS)
    for each in told:
        writer.writerow([guarded(text) for text in each])
    return content.getvalue().encode("utf-8-sig")


_WRITERS = {".xlsx": _xlsx, ".csv": _csv}
