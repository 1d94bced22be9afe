"""Everything that lives as long as the process: pool, reference data, keys, feed, recorder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.actions.request_export import ExportLimits
from casework.actions.request_upload import AttachmentLimits
from casework.reference.data import current_version, read_reference_data
from resolvers.context import Services, StatisticsLimits, StatusLimits
from server.database import DatabaseUrls, pool, reading, writing
from server.faults import described
from server.feed import JournalFeed
from server.files_keeper import folder_of, keep_files, no_folder, scanner_of
from server.recorder import recording
from server.ring import keys_of
from server.settings import Settings

log = structlog.get_logger()

REFERENCE_LOOK_EVERY = 10.0
"""Seconds between looks whether the reference data were loaded anew."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    settings: Settings, urls: DatabaseUrls, secret: bytes, *, keeps_files: bool = True
) -> AsyncIterator[Services]:
    """Open what the service needs, and close it again whatever happens.

    The files are looked after where their folder is: not by a worker, which may be on another machine.
    """
    engine = pool(urls.app, settings)
    worker = pool(urls.worker, settings.model_copy(update={"pool_size": 1}))
    feed = JournalFeed(urls.worker)
    try:
        async with reading(engine).connect() as connection:
            reference = await read_reference_data(connection)
        keys, limits = (
            keys_of(settings, secret),
            StatusLimits(settings.status_per_address, settings.status_per_reference),
        )
        objects = folder_of(settings, keys) if keeps_files else no_folder(settings, keys)
        of_files = AttachmentLimits(settings.file_bytes, settings.files_per_case)
        async with recording(writing(engine)) as recorder:
            services = Services(
                reading(engine),
                writing(engine),
                keys,
                utc_now,
                reference,
                feed,
                recorder,
                limits,
                statistics_limits=StatisticsLimits(settings.statistics_per_address, settings.statistics_threshold),
                objects=objects,
                attachment_limits=of_files,
                export_limits=ExportLimits(settings.export_rows, settings.exports_at_once, settings.exports_per_day),
                plain_http=bool(settings.webhook_allow),
                public_url=settings.public_url.rstrip("/"),
            )
            tasks = [
                asyncio.create_task(feed.run()),
                asyncio.create_task(_watch_reference(services, reading(engine))),
            ]
            if keeps_files:
                tasks.append(asyncio.create_task(keep_files(services, writing(worker), scanner_of(settings))))
            try:
                yield services
            finally:
                for task in tasks:
                    task.cancel()
                for task in tasks:
                    with suppress(asyncio.CancelledError):
                        await task
    finally:
        await engine.dispose()
        await worker.dispose()


async def _watch_reference(services: Services, reader: AsyncEngine) -> None:
    """Replace the copy in memory when another process has loaded new reference data."""
    while True:
        await asyncio.sleep(REFERENCE_LOOK_EVERY)
        try:
            async with reader.connect() as connection:
                if await current_version(connection) != services.reference.version:
                    services.reference = await read_reference_data(connection)
                    log.info("reference.reloaded", version=services.reference.version)
        except Exception as error:  # noqa: BLE001 - the copy in memory serves on; the next look may succeed
            log.warning("reference.not_looked_at", **described(error))
