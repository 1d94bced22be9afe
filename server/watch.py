"""Watches the posts of open sockets: whoever's post ends is cut off, even when nothing is said on the socket."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

import structlog

from casework.policy.actors import POSTS_OF
from resolvers.context import Services
from server.faults import described

log = structlog.get_logger()

CLOSE_SECONDS = 5.0
"""How long a look waits for sockets to close; one whose client reads nothing must not keep the others open."""


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """A socket, the account that opened it, and the post in which."""

    subject: UUID
    seat_id: int
    close: Callable[[], Awaitable[None]]


class Watch:
    """One per process: one statement a look, however many sockets are open."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._open: set[Watched] = set()

    def begin(self, watched: Watched) -> None:
        self._open.add(watched)

    def end(self, watched: Watched) -> None:
        self._open.discard(watched)

    async def look(self) -> None:
        """Close the sockets whose account does not fill their post now."""
        seen = list(self._open)
        if not seen:
            return
        given = {"subjects": list({each.subject for each in seen}), "now": self._services.clock()}
        async with self._services.reader.connect() as connection:
            filled = {(subject, seat_id) for subject, seat_id in await connection.execute(POSTS_OF, given)}
        closing = [each.close() for each in seen if (each.subject, each.seat_id) not in filled]
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await asyncio.gather(*closing, return_exceptions=True)

    async def run(self, every: float) -> None:
        """Look again and again until cancelled; a look that fails is made good by the next."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - what a socket is told is asked of the database anyway
                log.warning("sockets.not_looked_at", **described(error))


@asynccontextmanager
async def watching(services: Services, *, every: float) -> AsyncIterator[Watch]:
    """Give a watch that looks every so many seconds until the end of the block."""
    watch = Watch(services)
    task = asyncio.create_task(watch.run(every))
    try:
        yield watch
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
