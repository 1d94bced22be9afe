"""Keeps files in a folder of this machine: written whole or not at all, readable for the service alone."""

import asyncio
import hashlib
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from casework.file_links import DOWNLOAD, EXPORT, UPLOAD, Ticket, seal
from casework.keys import Keys
from casework.objects import TO_DOWNLOAD, TO_UPLOAD, Bearer, Held, Item, Link
from casework.rules.file_types import HEAD
from server.problems import StartupProblem

DRAFTS = "drafts"
_BLOCK = 1 << 20
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class TooManyBytesError(Exception):
    """More arrived than was announced."""


class Received(NamedTuple):
    """Bytes that were kept; `is_first` unless another request had brought the same."""

    is_first: bool


class LocalFolder:
    """Implements `casework.objects.Objects`; server/files.py answers its links."""

    def __init__(self, folder: Path, keys: Keys, *, public_url: str = "") -> None:
        self._folder = folder
        self._keys = keys
        self._public_url = public_url.rstrip("/")

    def prepare(self) -> None:
        """Make the folder; one that cannot be written to is one sentence."""
        try:
            (self._folder / DRAFTS).mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            self._folder.chmod(FOLDER_MODE)
            handle, name = tempfile.mkstemp(dir=self._folder / DRAFTS)
            os.close(handle)
            Path(name).unlink()
        except OSError as error:
            raise StartupProblem(
                f"Prasan cannot keep files in {self._folder} ({error.strerror}): set PRASAN_FILES to a folder of yours."
            ) from None

    def to_upload(self, item: Item, by: Bearer, *, now: datetime) -> Link:
        ticket = Ticket(item.attachment_id, by, now + TO_UPLOAD)
        return self._link("uploads", UPLOAD, ticket, {"content-type": item.mime})

    def to_download(self, item: Item, by: Bearer, *, now: datetime) -> Link:
        return self._link("files", DOWNLOAD, Ticket(item.attachment_id, by, now + TO_DOWNLOAD), {})

    def to_export(self, export_id: int, by: Bearer, *, until: datetime) -> Link:
        return self._link("exports", EXPORT, Ticket(export_id, by, until), {})

    def _link(self, path: str, purpose: str, ticket: Ticket, headers: dict[str, str]) -> Link:
        whole = ticket._replace(expires_at=ticket.expires_at.replace(microsecond=0))
        return Link(f"{self._public_url}/{path}/{seal(self._keys, purpose, whole)}", headers, whole.expires_at)

    def path(self, key: UUID) -> Path:
        """Give the place of an object, two characters a folder: no text of a client goes into it."""
        return self._folder / key.hex[:2] / key.hex

    async def receive(
        self, key: UUID, chunks: AsyncIterator[bytes], *, byte_count: int, sha256: bytes
    ) -> Received | None:
        """Keep what comes if it has this length and hash; None, and nothing kept, if not. Reads no byte too many."""
        handle, name = await asyncio.to_thread(self._begin)
        draft, digest, seen = Path(name), hashlib.sha256(), 0
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                async for chunk in chunks:
                    seen += len(chunk)
                    if seen > byte_count:
                        raise TooManyBytesError
                    digest.update(chunk)
                    await asyncio.to_thread(_write_all, file.fileno(), chunk)
                await asyncio.to_thread(os.fsync, file.fileno())
            if (seen, digest.digest()) != (byte_count, sha256):
                return None
            return Received(is_first=await asyncio.to_thread(self._place, draft, key))
        finally:
            draft.unlink(missing_ok=True)  # noqa: ASYNC240 - also when cancelled: nothing may be awaited then

    @asynccontextmanager
    async def writing(self, key: UUID) -> AsyncIterator[Path]:
        desk = self._desk(key)
        await asyncio.to_thread(_lay_ready, desk)
        try:
            yield desk / "draft"
            await asyncio.to_thread(_to_disk, desk / "draft")
            await asyncio.to_thread(self._place, desk / "draft", key)
        finally:
            shutil.rmtree(desk, ignore_errors=True)

    def _desk(self, key: UUID) -> Path:
        """Give the folder in which an object is written; it is removed with the object."""
        return self._folder / DRAFTS / key.hex

    def _begin(self) -> tuple[int, str]:
        (self._folder / DRAFTS).mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return tempfile.mkstemp(dir=self._folder / DRAFTS)  # 0600

    def _place(self, draft: Path, key: UUID) -> bool:
        """Put the file in its place; False where the same bytes lie there already."""
        place = self.path(key)
        place.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
        try:
            os.link(draft, place)
        except FileExistsError:
            return False
        for folder in (place.parent, self._folder):
            _to_disk(folder)
        return True

    async def look(self, key: UUID) -> Held | None:
        return await asyncio.to_thread(self._look, key)

    def _look(self, key: UUID) -> Held | None:
        digest, head, size = hashlib.sha256(), b"", 0
        try:
            with self.path(key).open("rb") as file:
                while block := file.read(_BLOCK):
                    head = head or block[:HEAD]
                    size += len(block)
                    digest.update(block)
        except FileNotFoundError:
            return None
        return Held(size, digest.digest(), head)

    @asynccontextmanager
    async def at_hand(self, key: UUID) -> AsyncIterator[Path | None]:
        path = self.path(key)
        yield path if await asyncio.to_thread(path.exists) else None

    async def remove(self, key: UUID) -> bool:
        return await asyncio.to_thread(self._remove, key)

    def _remove(self, key: UUID) -> bool:
        half_written = self._desk(key).is_dir()
        shutil.rmtree(self._desk(key), ignore_errors=True)
        try:
            self.path(key).unlink()
        except FileNotFoundError:
            return half_written
        return True

    async def tidy(self, *, before: datetime) -> None:
        await asyncio.to_thread(self._tidy, before.timestamp())

    def _tidy(self, before: float) -> None:
        for draft in (self._folder / DRAFTS).glob("*"):
            with suppress(FileNotFoundError):  # another process tidies as well
                if draft.stat().st_mtime < before:
                    shutil.rmtree(draft, ignore_errors=True) if draft.is_dir() else draft.unlink()


def _write_all(file: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(file, rest) :]


def _lay_ready(desk: Path) -> None:
    """Make a folder with an empty draft: whoever writes it may lay down there what it needs meanwhile."""
    desk.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    desk.mkdir(mode=FOLDER_MODE)
    (desk / "draft").touch(mode=FILE_MODE)


def _to_disk(path: Path) -> None:
    """Make what was written to a file, or into a folder, outlast a loss of power."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
