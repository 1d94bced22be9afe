"""Scans files: what their bytes alone tell, and then whatever the program of PRASAN_SCAN_COMMAND finds."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import structlog

from casework.rules.file_types import fault_of
from casework.scanning import ScanUnavailableError
from models.attachment_words import AttachmentFault, AttachmentType

log = structlog.get_logger()

CLEAN, INFECTED = 0, 1
"""Exit codes that every scanner of files agrees on; any other one is no answer."""


class FileScanner:
    """Implements `casework.scanning.Scanner`. Without a command it knows no malware but the test file of EICAR."""

    def __init__(self, command: Sequence[str], *, seconds: float) -> None:
        self._command = command
        self._seconds = seconds

    async def scan(self, path: Path, kind: AttachmentType) -> AttachmentFault | None:
        fault = fault_of(kind, await asyncio.to_thread(path.read_bytes))
        if fault is not None or not self._command:
            return fault
        code = await self._run(path)
        if code not in {CLEAN, INFECTED}:
            log.warning("scan.no_answer", exit_code=code)
            raise ScanUnavailableError
        return AttachmentFault.INFECTED if code == INFECTED else None

    async def _run(self, path: Path) -> int | None:
        """Give the exit code; None where it could not be run or took too long."""
        nothing, file = asyncio.subprocess.DEVNULL, os.path.abspath(path)  # noqa: PTH100, ASYNC240 - touches no disk
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, file, stdin=nothing, stdout=nothing, stderr=nothing
            )
        except OSError:
            return None
        try:
            return await asyncio.wait_for(process.wait(), self._seconds)
        except TimeoutError:
            return None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
