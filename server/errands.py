"""Errands: what the worker looks after every second beside its jobs, webhooks and notices."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from resolvers.context import Services
from server.channels import channels_of
from server.courier import Courier
from server.endpoints import Endpoints
from server.faults import described
from server.notifier import Notifier
from server.settings import Settings

log = structlog.get_logger()

LOOK_EVERY, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between looks, and between looks that fail again and again."""


class Errands:
    """One per worker."""

    def __init__(self, services: Services, engine: AsyncEngine, settings: Settings) -> None:
        self._stopping = asyncio.Event()
        self._courier = Courier(services, engine, Endpoints(settings.webhook_allow))
        self._notifier = Notifier(services, engine, channels_of(settings), public_url=settings.public_url)

    async def run(self) -> None:
        """Look until stopped; what is being sent then is sent and noted first."""
        try:
            await asyncio.gather(self._rounds(self._courier.look), self._rounds(self._notifier.look))
            await self._courier.settled()
        finally:
            await self._courier.drop()

    def stop(self) -> None:
        self._stopping.set()
        self._courier.stop()

    async def _rounds(self, look: Callable[[], Awaitable[object]]) -> None:
        pause = LOOK_EVERY
        while not self._stopping.is_set():
            try:
                await look()
                pause = LOOK_EVERY
            except Exception as error:  # noqa: BLE001 - whatever happens, the next look may succeed
                log.warning("errands.looking_again", **described(error))
                pause = min(LONGEST_PAUSE, pause * 2)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stopping.wait()
