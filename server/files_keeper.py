"""Looks after the files of cases while the service runs: they become CLEAN without anybody doing anything."""

import asyncio
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.keys import Keys
from casework.scanning import remove_discarded, tend_files
from resolvers.context import Services
from server.faults import described
from server.local_folder import LocalFolder
from server.scanner import FileScanner
from server.settings import Settings

log = structlog.get_logger()

LOOK_EVERY = 2.0
"""Seconds; each look is three statements that find nothing by their indexes."""


def folder_of(settings: Settings, keys: Keys) -> LocalFolder:
    """Give the folder that holds the files; one that cannot is told as a problem."""
    folder = LocalFolder(settings.files_folder, keys, public_url=settings.public_url)
    folder.prepare()
    return folder


def no_folder(settings: Settings, keys: Keys) -> LocalFolder:
    """Give what makes links and keeps nothing here: the folder is neither made nor needed."""
    return LocalFolder(settings.files_folder, keys, public_url=settings.public_url)


def folder_at_hand(settings: Settings, keys: Keys) -> LocalFolder | None:
    """Give the folder to a command; None where it is not on this machine, whose files are then left to the service."""
    return folder_of(settings, keys) if settings.files_folder.is_dir() else None


async def delete_discarded(engine: AsyncEngine, folder: LocalFolder | None, *, now: datetime) -> None:
    """Delete the bytes of all attachments that are gone, as far as the folder is at hand."""
    while folder is not None and await remove_discarded(engine, folder, now=now):
        pass


def scanner_of(settings: Settings) -> FileScanner:
    return FileScanner(settings.scan_command, seconds=settings.scan_seconds)


async def keep_files(services: Services, worker: AsyncEngine, scanner: FileScanner) -> None:
    """Do what time demands of files again and again until cancelled."""
    while True:
        try:
            await tend_files(worker, services.reference, services.objects, scanner, now=services.clock())
        except Exception as error:  # noqa: BLE001 - database or folder may be back the next time
            log.warning("files.not_tended", **described(error))
        await asyncio.sleep(LOOK_EVERY)
