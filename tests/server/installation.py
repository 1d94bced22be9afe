"""An installation of its own: a database, and real `prasan` processes on it."""

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import asyncpg
import httpx
from sqlalchemy import URL, make_url

from casework.demo.network import subject_of
from casework.keys import Keys
from resolvers.feed_points import BEGINNING
from schema.cursors import sealed_cursor
from server.auth import Tokens
from server.provision import provision
from tests.server.forks import forks

PATIENCE = 600
"""Seconds; the demo takes a minute on a machine of its own, and other suites may run beside this one."""
SECRET = "the secret of the processes, 32 bytes"
PRASAN = (sys.executable, "-c", "from server.cli import app; app()")


@dataclass
class Installation:
    """A provisioned database and the settings of the processes that use it."""

    superuser: URL
    name: str
    folder: Path
    said: dict[str, str] = field(default_factory=dict)
    """What the commands said that filled it."""
    tokens: Tokens = field(default_factory=lambda: Tokens(Keys(SECRET.encode()), demo=True))

    @classmethod
    def named(cls, superuser_url: str, folder: Path, name: str | None = None) -> Self:
        """Speak of a database that somebody else makes."""
        return cls(make_url(superuser_url), name or f"prasan_test_{uuid4().hex[:12]}", folder)

    @classmethod
    async def make(cls, superuser_url: str, folder: Path) -> Self:
        """Give a database with nothing in it."""
        made = cls.named(superuser_url, folder)
        await provision(superuser_url, made.name)
        return made

    def url(self, role: str | None = None) -> str:
        """Give the database's URL for one of the roles; for the superuser without one."""
        own = self.superuser.set(database=self.name)
        if role is not None:
            own = own.set(username=role, password=None)
        return own.render_as_string(hide_password=False)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("PRASAN_")},
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PRASAN_DATABASE_URL": self.url("prasan_app"),
            "PRASAN_OWNER_URL": self.url("prasan_owner"),
            "PRASAN_DEMO": "true",
            "PRASAN_SECRET": SECRET,
            "PRASAN_PORT": "0",
            "PRASAN_QUIET_HOURS": "00:00-00:00",
        }

    def run(self, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run `prasan` with a command to its end; settings are written over the installation's."""
        return forks().run(command, self.environment | settings, self.folder, PATIENCE)

    def token(self, handle: str) -> str:
        return self.tokens.issue(subject_of(handle), now=datetime.now(UTC), lasts=timedelta(hours=1))

    @property
    def beginning(self) -> str:
        """The cursor before the first event of all."""
        return sealed_cursor(Keys(SECRET.encode()), BEGINNING)

    async def value(self, statement: str, *given: Any) -> Any:
        """Give the one value of a statement that the superuser runs; tables of the service only."""
        connection = await asyncpg.connect(self.url())
        try:
            return await connection.fetchval(statement, *given)
        finally:
            await connection.close()

    async def drop(self) -> None:
        connection = await asyncpg.connect(self.superuser.render_as_string(hide_password=False))
        await connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
        await connection.close()


class EndedAtStartError(Exception):
    """A service ended before it served; its message is what it said."""


class Service:
    """A running `prasan serve`."""

    def __init__(self, installation: Installation, settings: Mapping[str, str]) -> None:
        self._installation = installation
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [*PRASAN, "serve"],
            env=installation.environment | dict(settings),
            cwd=installation.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()
        self.address = self._until_ready()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put("")

    def _until_ready(self) -> str:
        while True:
            line = self._lines.get(timeout=PATIENCE)
            if not line:
                self._ended()
                raise EndedAtStartError("".join(self.said))
            self.said.append(line)
            if found := re.match(r"Prasan serves http://(\S+)/graphql", line):
                return found[1]

    def until_it_says(self, words: str, times: int = 1) -> None:
        """Wait for so many lines with these words."""
        while sum(words in line for line in self.said) < times:
            line = self._lines.get(timeout=PATIENCE)
            assert line, "".join(self.said)
            self.said.append(line)

    def end(self, how: signal.Signals) -> int:
        """Send a signal and give the exit code."""
        self.process.send_signal(how)
        return self._ended()

    def _ended(self) -> int:
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join(timeout=PATIENCE)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code

    async def ask(self, query: str, by: str | None = None, **variables: Any) -> dict[str, Any]:
        """Ask over HTTP; give the data of an answer without errors."""
        headers = {"accept-language": "en"}
        if by is not None:
            headers["authorization"] = f"Bearer {self._installation.token(by)}"
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            body = {"query": query, "variables": variables}
            response = await client.post(f"http://{self.address}/graphql", json=body, headers=headers)
        answer: dict[str, Any] = response.json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data


@contextmanager
def serving(installation: Installation, **settings: str) -> Iterator[Service]:
    """Serve until the end of the block, if the block has not ended it before."""
    service = Service(installation, settings)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.end(signal.SIGTERM)
