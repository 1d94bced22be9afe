"""Errands: what the worker looks after every second beside its jobs: webhooks, notices and exports."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from resolvers.context import Services
from server.channels import channels_of
from server.courier import Courier
from server.endpoints import Endpoints
from server.exporter import Exporter
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
        self._exporter = Exporter(services, engine, lasts=timedelta(hours=settings.export_hours))
        self._files = settings.files_folder
        self._notifier = Notifier(services, engine, channels_of(settings), public_url=settings.public_url)

    async def run(self) -> None:
        """Look until stopped; what is being sent then is sent and noted first."""
        try:
            looks = self._courier.look, self._notifier.look, self._write_exports
            await asyncio.gather(*(self._rounds(look) for look in looks))
            await self._courier.settled()
        finally:
            await self._courier.drop()

    def stop(self) -> None:
        self._stopping.set()
        self._courier.stop()
        self._exporter.stop()

    async def _write_exports(self) -> None:
        """Write files only where their folder is: elsewhere nobody could fetch them."""
        if await asyncio.to_thread(self._files.is_dir):
            await self._exporter.look()

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
