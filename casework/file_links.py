"""Links to files: what is sealed into them, so that nobody but the service makes one and they end by themselves."""

import struct
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from casework.keys import Keys
from casework.objects import Bearer

UPLOAD, DOWNLOAD, EXPORT, REPORT = "upload", "download", "export", "monthly report"
"""Purposes of the seal: no link for one serves the other."""
_FORM = struct.Struct(">QQ16sQ")


class Ticket(NamedTuple):
    """Whoever has the link acts for the bearer, with this attachment, export or report alone, until then."""

    row_id: int
    by: Bearer
    expires_at: datetime


def seal(keys: Keys, purpose: str, ticket: Ticket) -> str:
    """Write a ticket as an opaque text for a URL."""
    expires = int(ticket.expires_at.timestamp())
    data = _FORM.pack(ticket.row_id, ticket.by.seat_id, ticket.by.subject.bytes, expires)
    return keys.seal(purpose, data)


def unseal(keys: Keys, purpose: str, text: str) -> Ticket | None:
    """Read a ticket; None for anything that `seal` did not write for this purpose."""
    data = keys.unseal(purpose, text)
    if data is None:
        return None
    row_id, seat_id, subject, expires = _FORM.unpack(data)
    return Ticket(row_id, Bearer(UUID(bytes=subject), seat_id), datetime.fromtimestamp(expires, UTC))
