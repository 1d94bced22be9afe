"""What the service asks of a store for files: links for clients, looks at what lies there, and files of its own.

A folder of this machine answers today (server/local_folder.py); a bucket with signed URLs can answer the same.
"""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

TO_UPLOAD = timedelta(minutes=15)
TO_DOWNLOAD = timedelta(minutes=5)
"""How long links hold."""


class Item(NamedTuple):
    """A file as its row knows it: all that a link can be bound to."""

    attachment_id: int
    key: UUID
    mime: str
    byte_count: int
    sha256: bytes


class Bearer(NamedTuple):
    """For whom a link is made; who has it acts in this post."""

    subject: UUID
    seat_id: int


class Link(NamedTuple):
    """Where to send or fetch the bytes; an upload must carry the headers."""

    url: str
    headers: Mapping[str, str]
    expires_at: datetime


class Held(NamedTuple):
    """What lies under a key: its length, its SHA-256, its first bytes."""

    byte_count: int
    sha256: bytes
    head: bytes


class Objects(Protocol):
    """The store. Keys are made by the service, random and never used twice."""

    def to_upload(self, item: Item, by: Bearer, *, now: datetime) -> Link:
        """Make a link for PUT; takes other bytes than those announced at most until they are looked at."""
        ...

    def to_download(self, item: Item, by: Bearer, *, now: datetime) -> Link:
        """Make a link for GET."""
        ...

    def to_export(self, export_id: int, by: Bearer, *, until: datetime) -> Link:
        """Make a link for GET of a written export."""
        ...

    def writing(self, key: UUID) -> AbstractAsyncContextManager[Path]:
        """Give an empty file in a folder of its own; it becomes the object when the block ends well, else nothing."""
        ...

    async def look(self, key: UUID) -> Held | None:
        """Look at what lies under a key; None where nothing does."""
        ...

    def at_hand(self, key: UUID) -> AbstractAsyncContextManager[Path | None]:
        """Give the object as a file of this machine while the block lasts; None where there is none."""
        ...

    async def remove(self, key: UUID) -> bool:
        """Delete the bytes; tell whether there were any."""
        ...

    async def tidy(self, *, before: datetime) -> None:
        """Delete what uploads that broke off have left since before then."""
        ...
