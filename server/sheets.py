"""The sheets of a file that somebody gives: read by another program, so that no file can harm this one."""

import asyncio
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
    sheet_reader.PROTECTED: (
        "ไฟล์มีรหัสผ่าน กรุณาบันทึกใหม่โดยไม่ใส่รหัสผ่าน\nThe file has a password: save it without one."
    ),
}
_UNREADABLE = (
    "อ่านไฟล์ไม่ได้ กรุณาบันทึกใหม่จาก Excel เป็น .xlsx หรือ .csv\n"
    "The file cannot be read: save it anew from Excel as .xlsx or .csv."
)


async def read_sheets(path: Path) -> list[Sheet]:
    """Give the sheets that can be seen; a file that is too large, or not to be read, is a problem told in a sentence."""
    _check_file(path)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # not the `server` of whatever folder this runs in
        "-m",
        sheet_reader.__name__,
        str(path.resolve()),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise StartupProblem(_UNREADABLE) from None
    if process.returncode != 0:
        raise StartupProblem(_SAID.get(process.returncode or 0, _UNREADABLE))
    return [Sheet(sheet["name"], sheet["rows"]) for sheet in orjson.loads(output)]


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise StartupProblem(f"ไม่พบไฟล์ {path}\nName a file that exists: {path} is none.")
    if path.stat().st_size > MOST_BYTES:
        raise StartupProblem(
            "ไฟล์ใหญ่เกิน 10 MB กรุณาแบ่งเป็นหลายไฟล์ หรือลบรูปภาพออก\n"
            "The file is larger than 10 MB: divide it, or take the pictures out."
        )
