"""Files on a case, or of an activity."""

from datetime import datetime

import strawberry

from casework.objects import Link
from casework.rules.calendar import thai_instant
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.vocabulary import Audience
from resolvers.attachments import download_link
from resolvers.rows import AttachmentRow
from resolvers.seats import seats_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.seat import Seat


@noun(Link, description="A link to fetch a file from with GET; it holds for five minutes, for you alone.")
class Download:
    url: str = plain("Where the file is; resolve it against the address of the service if it begins with a slash.")
    expires_at: datetime = plain("When the link ends; ask again then.")


@noun(
    AttachmentRow,
    description="A file on a case, for an audience: you see those meant for you, from level WORK on. Or a material of"
    " an activity, for all who see it. Uploads that are not confirmed are seen by the post that asked for them.",
)
class Attachment(Node):
    id: strawberry.ID = identity("Attachment")
    file_name: str = worked_out(lambda row, _: row.name, "Its name, as the client gave it.")
    media_type: AttachmentType = plain("What kind of file it is.")
    byte_count: int = plain("Its length in bytes.")
    sha256: str = worked_out(lambda row, _: bytes(row.sha256).hex(), "The SHA-256 of its bytes, 64 hexadecimal digits.")
    audience: Audience = plain("Whom it is meant for.")
    state: AttachmentState = plain("How it stands; only a CLEAN one can be downloaded.")
    fault: AttachmentFault | None = plain("Why the scan refused it; null unless it is REFUSED.")
    author: Seat = linked(seats_by_ids, "The post that attached it.", of="author_seat_id")
    requested_at: datetime = plain("When the upload was asked for.")
    confirmed_at: datetime | None = plain("When it was attached; null before its upload is confirmed.")
    confirmed_at_thai: str | None = worked_out(
        lambda row, _: thai_instant(row.confirmed_at) if row.confirmed_at else None, "The same in Bangkok time, B.E."
    )
    captured_at: datetime | None = plain("When it was attached on the phone, if the phone said so.")
    scanned_at: datetime | None = plain("When it was cleared or refused.")
    download: Download | None = worked_out(
        download_link, "A new link to its bytes; null unless it is CLEAN. Each download is recorded."
    )


AttachmentConnection = Connection[Attachment]
