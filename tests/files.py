"""Small files of each kind for tests, and the ways in which they come to a case."""

import hashlib
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from casework.actions.confirm_upload import confirm_upload
from casework.actions.record_scan import record_scan
from casework.actions.request_upload import AttachmentLimits, NewFile, request_upload
from casework.objects import Held
from casework.rules.file_types import HEAD, SIGNATURES
from models.attachment_words import AttachmentFault, AttachmentType
from models.vocabulary import Audience
from server.local_folder import LocalFolder
from tests.world import VOLUNTEER, World


@dataclass(frozen=True)
class File:
    """A file on a phone."""

    name: str
    kind: AttachmentType
    content: bytes
    audience: Audience = Audience.CASE

    def named(self, name: str, audience: Audience = Audience.CASE) -> "File":
        return replace(self, name=name, audience=audience)

    @property
    def mime(self) -> str:
        return SIGNATURES[self.kind].mime

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.content).digest()

    def given(self) -> dict[str, Any]:
        """Say of it what `requestUpload` wants to know."""
        return {
            "fileName": self.name,
            "mediaType": self.kind.value,
            "byteCount": len(self.content),
            "sha256": self.sha256.hex(),
            "audience": self.audience.value,
        }

    def announced(self) -> NewFile:
        return NewFile(self.name, self.kind, len(self.content), self.sha256.hex(), self.audience)

    def held(self) -> Held:
        return Held(len(self.content), self.sha256, self.content[:HEAD])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*more: bytes) -> bytes:
    """A picture of one white point, with further chunks before its end."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", header, *more, _chunk(b"IDAT", zlib.compress(b"\0\xff")), _chunk(b"IEND", b""))
    )


HTML = b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"
PHOTO = File("สลิปเงินเดือน.png", AttachmentType.PNG, png())
PAGE = File("photo.png", AttachmentType.PNG, HTML)
"""A PNG that is an HTML page."""
POLYGLOT = File("photo.png", AttachmentType.PNG, png(_chunk(b"tEXt", b"Comment\0" + HTML)))
"""A PNG that is an HTML page for whoever guesses."""
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VIRUS = File("photo.png", AttachmentType.PNG, png(_chunk(b"tEXt", EICAR)))
MP4 = bytes(50)
SAMPLES = {
    AttachmentType.JPEG: b"\xff\xd8\xff\xe1\x00\x10Exif\0\0" + bytes(100),
    AttachmentType.PNG: png(),
    AttachmentType.WEBP: b"RIFF\x24\0\0\0WEBPVP8 " + bytes(50),
    AttachmentType.HEIC: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(50),
    AttachmentType.PDF: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    AttachmentType.M4A: b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0" + bytes(50),
}
"""The beginning of a file of each kind."""


async def key_of(world: World, attachment_id: int) -> Any:
    return await world.value("SELECT object_key FROM attachment WHERE id = :id", id=attachment_id)


async def chunks(content: bytes) -> Any:
    yield content


async def upload(world: World, case_id: int, file: File, by: str = VOLUNTEER) -> int:
    """Ask for the upload and let the bytes arrive; nobody confirms it. The bytes may be others than announced."""
    attachment_id = await world.act(
        by, request_upload, case_id=case_id, file=file.announced(), limits=AttachmentLimits()
    )
    key, folder = await key_of(world, attachment_id), LocalFolder(world.files, world.keys)
    assert await folder.receive(key, chunks(file.content), byte_count=len(file.content), sha256=file.sha256)
    return attachment_id


async def attach(world: World, case_id: int, file: File, by: str = VOLUNTEER) -> int:
    """Bring a file onto the case and clear it."""
    attachment_id = await upload(world, case_id, file, by)
    await world.act(by, confirm_upload, attachment_id=attachment_id, held=file.held())
    await scanned(world, attachment_id, None)
    return attachment_id


async def scanned(world: World, attachment_id: int, fault: AttachmentFault | None) -> bool:
    async with world.system() as work:
        return await record_scan(work, attachment_id=attachment_id, fault=fault)


async def state_of(world: World, attachment_id: int) -> str:
    async with world.owner.connect() as connection:
        found = await connection.execute(text("SELECT state FROM attachment WHERE id = :id"), {"id": attachment_id})
        return str(found.scalar_one())
