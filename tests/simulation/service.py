"""The service in this process: started, stopped and crashed as often as the seed says; and the network before it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from starlette.types import ASGIApp

from casework.keys import Keys
from server.app import create_app
from server.auth import Tokens
from server.database import DatabaseUrls
from server.identity import Identity
from server.runtime import running, utc_now
from server.settings import Settings
from server.watch import watching
from server.welcome import worked_example
from tests.simulation.asgi import Socket, post
from tests.simulation.mischief import CURRENT, Fate, Trouble, watched

SECRET = b"the secret of the simulation, 32"
TERMINATE = "SELECT pg_terminate_backend($1, 5000)"
BACKENDS = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND usename IN ('prasan_app', 'prasan_worker')"""
ALL_ITS_BACKENDS = f"SELECT pg_terminate_backend(pid, 5000) FROM ({BACKENDS}) b WHERE pid <> ALL($1::integer[])"
LONGEST = 60
"""Seconds after which a request hangs."""


@dataclass
class Service:
    urls: DatabaseUrls
    superuser: str
    """URL of the same database; terminates backends."""
    files: Path
    clock: Callable[[], datetime]
    app: ASGIApp | None = None
    """None while the service is down."""
    leaks: list[str] = field(default_factory=list)
    """Connections that a life of the service did not give back."""
    _others: list[int] = field(default_factory=list)
    """Backends of whoever used the database before the service: the tests' own pools."""
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)
    _requests: set["asyncio.Task[Any]"] = field(default_factory=set)
    _sockets: set[Socket] = field(default_factory=set)
    _tokens: dict[UUID, str] = field(default_factory=dict)

    async def start(self) -> None:
        settings = Settings(files=self.files, rate_cost_per_second=0)
        tokens = Tokens(Keys(SECRET), demo=True)
        async with self._superuser() as connection:
            self._others = [pid for (pid,) in await connection.fetch(BACKENDS)]
        async with AsyncExitStack() as life:
            services = await life.enter_async_context(running(settings, self.urls, SECRET))
            services.clock = self.clock
            watch = await life.enter_async_context(watching(services, every=5))
            life.enter_context(watched(services.reader, services.writer))
            life.push_async_callback(self._count_connections, services.reader.pool)
            boot = worked_example(tokens, utc_now)
            self.app = create_app(services, settings, Identity(tokens, None), watch, boot=boot)
            self._life = life.pop_all()

    async def _count_connections(self, pool: Any) -> None:
        """Nobody asks any more: what works beside requests gives its connections back soon."""
        for _ in range(100):
            if pool.checkedout() == 0:
                return
            await asyncio.sleep(0.05)
        self.leaks.append(f"{pool.checkedout()} connections were not given back")

    async def stop(self) -> None:
        """Stop as on SIGTERM: what is under way is finished first."""
        self.app = None
        await asyncio.gather(*self._requests, return_exceptions=True)
        await self._break_sockets()
        await self._life.aclose()

    async def crash(self) -> None:
        """End in the middle of everything: what PostgreSQL did not commit is gone, and no answer leaves any more."""
        self.app = None
        await self._terminate(ALL_ITS_BACKENDS, self._others)
        for request in list(self._requests):
            request.cancel()
        await asyncio.gather(*self._requests, return_exceptions=True)
        await self._break_sockets()
        await self._life.aclose()

    async def kill_backends(self) -> None:
        """Terminate every backend of the service, which lives on."""
        await self._terminate(ALL_ITS_BACKENDS, self._others)

    async def _kill(self, pid: int) -> None:
        await self._terminate(TERMINATE, pid)

    async def _terminate(self, statement: str, given: int | list[int]) -> None:
        async with self._superuser() as connection:
            await connection.execute(statement, given)

    @asynccontextmanager
    async def _superuser(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await asyncpg.connect(self.superuser)
        try:
            yield connection
        finally:
            await connection.close()

    async def _break_sockets(self) -> None:
        await asyncio.gather(*(socket.close() for socket in self._sockets))
        self._sockets.clear()

    def token(self, subject: UUID) -> str:
        if subject not in self._tokens:
            now = datetime.now(UTC)
            self._tokens[subject] = Tokens(Keys(SECRET), demo=True).issue(subject, now=now, lasts=timedelta(days=1))
        return self._tokens[subject]

    def socket(self) -> Socket | None:
        """Open a socket; None while the service is down."""
        if self.app is None:
            return None
        socket = Socket(self.app)
        self._sockets.add(socket)
        return socket

    async def close(self, socket: Socket) -> None:
        self._sockets.discard(socket)
        await socket.close()

    async def ask(self, subject: UUID, fate: Fate, query: str, variables: Mapping[str, Any]) -> Any:
        """Give the answer, or None when whoever asked gets none."""
        if self.app is None or fate.trouble is Trouble.LOST_REQUEST:
            return None
        copies = 2 if fate.trouble is Trouble.SENT_TWICE else 1
        asking = [asyncio.create_task(self._ask(self.app, subject, fate, query, variables)) for _ in range(copies)]
        self._requests.update(asking)
        try:
            async with asyncio.timeout(LONGEST):
                answers = await asyncio.gather(*asking, return_exceptions=True)
        finally:
            self._requests.difference_update(asking)
        for failed in answers:
            if isinstance(failed, BaseException) and not isinstance(failed, asyncio.CancelledError):
                raise failed
        lost = fate.trouble is Trouble.LOST_ANSWER or isinstance(answers[0], asyncio.CancelledError)
        return None if lost else answers[0]

    async def _ask(self, app: ASGIApp, subject: UUID, fate: Fate, query: str, variables: Mapping[str, Any]) -> Any:
        fate.task, fate.kill = asyncio.current_task(), self._kill
        CURRENT.set(fate)
        headers = {"authorization": f"Bearer {self.token(subject)}", "accept-language": "en"}
        return await post(app, {"query": query, "variables": dict(variables)}, headers)
