"""A PostgreSQL that a test may kill and start again: same folder, same socket, nobody else's."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from server.embedded import EmbeddedServer
from server.embedded_programs import account_for, programs_for
from tests.server.installation import PATIENCE

ALIVE = "SELECT 1"


class OwnPostgres:
    """Durable, as in production; made by Prasan's own means and then run by itself."""

    def __init__(self, folder: Path) -> None:
        made = EmbeddedServer(folder, say=lambda _: None)
        made.start()
        made.stop()
        self._data, self._log = folder / "postgres", folder / "postgres.log"
        self._account = account_for(self._data)
        self._room = Path(tempfile.mkdtemp(prefix="prasan-"))
        if self._account:
            self._account.take(self._room)
        self._programs = programs_for(self._account, self._room)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: str = "postgres", database: str = "prasan") -> str:
        return f"postgresql://{role}@/{database}?host={self._room}&port=5432"

    async def start(self) -> None:
        """Return when it takes connections; what a killed one has left is waited for."""
        async with asyncio.timeout(PATIENCE):
            while not await self._answers():
                if self._process is None or self._process.poll() is not None:
                    self._launch()
                await asyncio.sleep(0.02)

    def _launch(self) -> None:
        settings = {"listen_addresses": "", "unix_socket_directories": str(self._room), "max_connections": "40"}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        lock = os.open(os.devnull, os.O_RDONLY)
        try:
            self._process = self._programs.start("postgres", *arguments, data=self._data, log=self._log, lock=lock)
        finally:
            os.close(lock)

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url())
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        await connection.close()
        return True

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the postmaster and wait for its end; its children find out by themselves."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=PATIENCE)

    async def kill_a_backend(self) -> None:
        """Kill one of the service's backends with -9: PostgreSQL ends all others, and recovers by itself."""
        connection = await asyncpg.connect(self.url())
        pid = await connection.fetchval(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'prasan_app' ORDER BY backend_start LIMIT 1"
        )
        await connection.close()
        os.kill(pid, signal.SIGKILL)

    def remove(self) -> None:
        self.end(signal.SIGINT)
        shutil.rmtree(self._room, ignore_errors=True)


@asynccontextmanager
async def own_postgres(folder: Path) -> AsyncIterator[OwnPostgres]:
    own = OwnPostgres(folder)
    await own.start()
    try:
        yield own
    finally:
        own.remove()
