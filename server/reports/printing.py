"""Makes the PDF of a monthly report: asks, writes, and lets the press print it within time and size."""

import asyncio
import os
import sys
from typing import Any

import orjson
import structlog

from casework.rules.calendar import buddhist_year
from resolvers.context import Context
from resolvers.directory import children_of
from resolvers.monthly_reports import MonthlyReport
from server.reports.content import Subject, content_of
from server.reports.gathering import NotMadeError, gather

log = structlog.get_logger()

PYTHON = sys.executable
PRESS = "server.reports.press"
"""By its name: importing it would load what it is kept apart for."""
PATIENCE = 60
"""Seconds until a press that hangs is stopped."""
MOST_BYTES = 20_000_000
MOST_SAID = 200
"""Of what the press says at its end: the kind of its error and the place."""
_KEPT = "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "MPLCONFIGDIR"
"""Of the environment; the press is told no secret of the service."""


def file_name(report: MonthlyReport) -> str:
    """Name the file, e.g. `prasan-43-2569-10.pdf`."""
    return f"prasan-{report.province_code}-{buddhist_year(report.month)}-{report.month:%m}.pdf"


async def make_report(report: MonthlyReport, context: Context) -> bytes:
    """Give the PDF as the context's caller may have it; its connection is free again before anything is printed."""
    province = context.reference.areas[report.province_code]
    asked_at, by = context.now, context.actor()
    answers = await gather(report, context)
    amphoe = children_of(context, province)
    await context.refresh()
    return await _print(content_of(answers, Subject(province, amphoe, report.month, asked_at, by.kind)))


async def _print(content: dict[str, Any]) -> bytes:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        press = await asyncio.create_subprocess_exec(
            PYTHON,
            "-P",  # not the `server` of whatever folder this runs in
            "-m",
            PRESS,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**environment, "OPENBLAS_NUM_THREADS": "1"},
        )
    except OSError as error:  # no memory or no number left for a process
        log.warning("report.not_printed", errno=error.errno)
        raise NotMadeError from None
    try:
        async with asyncio.timeout(PATIENCE):
            printed, said = await press.communicate(orjson.dumps(content))
    except TimeoutError:
        log.warning("report.press_too_slow")
        raise NotMadeError from None
    finally:
        if press.returncode is None:
            press.kill()
            await press.wait()
    if press.returncode != 0 or len(printed) > MOST_BYTES:
        cause = said[-MOST_SAID:].decode(errors="replace")
        log.warning("report.not_printed", code=press.returncode, bytes=len(printed), cause=cause)
        raise NotMadeError
    return printed
