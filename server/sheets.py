"""The sheets of a file that somebody gives: read by another program, so that no file can harm this one."""

import subprocess
import sys
from pathlib import Path

import orjson

from casework.rules.list_columns import Sheet
from server import sheet_reader
from server.problems import StartupProblem

MOST_BYTES = 10_000_000
PATIENCE = 90
"""Seconds until a reader that hangs is stopped."""
_SAID = {
    sheet_reader.TOO_LONG: (
        f"ไฟล์ยาวเกิน {sheet_reader.MOST_ROWS:,} แถว หรือใหญ่เกินไปเมื่อขยายออก กรุณาแบ่งเป็นหลายไฟล์\n"
        f"The file has more than {sheet_reader.MOST_ROWS:,} rows, or unpacks to too much: divide it into several."
    ),
    sheet_reader.PROTECTED: ("ไฟล์มีรหัสผ่าน กรุณาบันทึกใหม่โดยไม่ใส่รหัสผ่าน\nThe file has a password: save it without one."),
}
_UNREADABLE = (
    "อ่านไฟล์ไม่ได้ กรุณาบันทึกใหม่จาก Excel เป็น .xlsx หรือ .csv\n"
    "The file cannot be read: save it anew from Excel as .xlsx or .csv."
)


def read_sheets(path: Path) -> list[Sheet]:
    """Give the sheets that are not hidden; a file that is too large, or cannot be read, is told in a sentence."""
    _check_file(path)
    # -P: not the `server` of whatever folder this runs in.
    reader = [sys.executable, "-P", "-m", sheet_reader.__name__, str(path.resolve())]
    try:
        done = subprocess.run(reader, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise StartupProblem(_UNREADABLE) from None
    if done.returncode != 0:
        raise StartupProblem(_SAID.get(done.returncode, _UNREADABLE))
    return [Sheet(sheet["name"], sheet["rows"]) for sheet in orjson.loads(done.stdout)]


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:  # a folder that may not be entered, a name that is too long
        size = None
    if size is None:
        raise StartupProblem(f"ไม่พบไฟล์ {path}\nName a file that exists: {path} is none.")
    if size > MOST_BYTES:
        raise StartupProblem(
            "ไฟล์ใหญ่เกิน 10 MB กรุณาแบ่งเป็นหลายไฟล์ หรือลบรูปภาพออก\n"
            "The file is larger than 10 MB: divide it, or take the pictures out."
        )
