"""Keeps the folder of the embedded PostgreSQL to one Prasan, and reads what it says about its server."""

import errno
import fcntl
import os
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from server.embedded_programs import WHERE_WE_STAND
from server.problems import StartupProblem

Say = Callable[[str], None]

MAJOR_VERSION = "18"
ROOM_PREFIX = "prasan-"

_LOOK_EVERY_SECONDS = 0.02
_SPEAK_EVERY_SECONDS = 5
_LEFTOVER_SECONDS = 90


def patience(say: Say, what: str) -> Iterator[float]:
    """Wait a moment at each step and yield the seconds so far, saying every few seconds what is waited for."""
    began = spoken = time.monotonic()
    while True:
        now = time.monotonic()
        if now - spoken >= _SPEAK_EVERY_SECONDS:
            spoken = now
            say(f"{what} ({now - began:.0f} s so far).")
        yield now - began
        time.sleep(_LOOK_EVERY_SECONDS)


class Folder:
    """Where an embedded server keeps its data, its log and its two locks."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.data = self.path / "postgres"
        self.unfinished = self.path / "postgres.unfinished"
        self.log = self.path / "postgres.log"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn the system's refusal to write here into a sentence."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise self._full() from error
            raise StartupProblem(
                f"Prasan cannot use {self.path} ({error.strerror}): start it as the user who owns that folder, "
                f"or set PRASAN_DATA_FOLDER to a folder of yours."
            ) from error

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Hold the folder for this Prasan alone; the kernel lets go of it however we end."""
        with self.writing():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = self._lock("prasan.lock")
        if held is None:
            raise StartupProblem(
                f"Another Prasan is already using {self.path}: stop it, or set PRASAN_DATA_FOLDER to another folder."
            )
        try:
            yield
        finally:
            os.close(held)

    @contextmanager
    def inherited(self, say: Say) -> Iterator[int]:
        """Yield a lock that every process of PostgreSQL inherits, once those of a killed Prasan have ended.

        While it cannot be had, some process of theirs still lives: a surer sign than a process id, which the system
        gives again to others.
        """
        held = self._lock("postgres.lock")
        if held is None:
            say("Stopping the PostgreSQL that an earlier, killed Prasan left running.")
            held = self._end_leftover(say)
        try:
            with self.writing():
                self._tidy(held)
            yield held
        finally:
            os.close(held)

    def remember(self, room: Path, lock: int) -> None:
        """Note where the socket is, for whoever has to tidy up when we are killed."""
        with self.writing():
            os.ftruncate(lock, 0)
            os.pwrite(lock, os.fsencode(room), 0)

    def check_version(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError as error:
            raise StartupProblem(
                f"{self.data} is no PostgreSQL data folder: move it away, or set PRASAN_DATA_FOLDER to another folder."
            ) from error
        if version != MAJOR_VERSION:
            raise StartupProblem(
                f"The data in {self.data} was written by PostgreSQL {version} and this Prasan brings {MAJOR_VERSION}: "
                f"dump it with the Prasan that wrote it and restore it here, or set PRASAN_DATA_FOLDER elsewhere."
            )

    def server_line(self, number: int) -> str:
        """Return a line of postmaster.pid (1 process, 5 socket folder, 8 state), empty where there is none."""
        with suppress(FileNotFoundError, IndexError):
            return (self.data / "postmaster.pid").read_text().splitlines()[number - 1].strip()
        return ""

    def why_it_failed(self) -> StartupProblem:
        """Tell from the log why PostgreSQL ended."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        if any("No space left on device" in line for line in lines):
            return self._full()
        grave = [found[0] for line in lines if (found := re.search(r"\b(PANIC|FATAL|ERROR|error):.*", line))]
        reason = (grave or [line for line in lines if line.strip()] or ["it left no message"])[-1]
        reason = reason.replace(str(WHERE_WE_STAND), str(self.data)).rstrip(".")
        return StartupProblem(f"PostgreSQL did not start ({reason}): the rest is in {self.log}.")

    def _full(self) -> StartupProblem:
        return StartupProblem(f"The disk that holds {self.path} is full: free some space, then start Prasan again.")

    def _lock(self, name: str) -> int | None:
        with self.writing():
            file = os.open(self.path / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        return file

    def _end_leftover(self, say: Say) -> int:
        process = self.server_line(1)
        if process.isdecimal():
            with suppress(ProcessLookupError):
                os.kill(int(process), signal.SIGINT)
        for seconds in patience(say, "The PostgreSQL that an earlier Prasan left running is still stopping"):
            held = self._lock("postgres.lock")
            if held is not None:
                return held
            if seconds > _LEFTOVER_SECONDS:
                break
        raise StartupProblem(
            f"The PostgreSQL that an earlier Prasan left running on {self.path} does not end: "
            f"end it with `kill -QUIT {process}`, then start Prasan again."
        )

    def _tidy(self, lock: int) -> None:
        """Remove what a killed Prasan left, and begin a new log."""
        room = Path(os.fsdecode(os.pread(lock, 4096, 0)))
        if room.name.startswith(ROOM_PREFIX):
            shutil.rmtree(room, ignore_errors=True)
        # Its processes have ended; PostgreSQL would mistake a stranger that now has such an id for its own.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        if self.unfinished.exists():
            shutil.rmtree(self.unfinished)
        if self.log.exists():
            self.log.replace(self.path / "postgres.previous.log")
        self.log.touch(mode=0o600)
