"""Exports: lists of cases as files."""

from datetime import datetime

import strawberry

from casework.rules.calendar import thai_instant
from models.export_words import ExportEra, ExportFault, ExportFormat, ExportLanguage, ExportState
from resolvers.exports import export_link
from resolvers.rows_of_exports import ExportRow
from schema.binding import noun, plain, worked_out
from schema.ids import identity
from schema.types.attachment import Download
from schema.types.connection import Connection
from schema.types.node import Node


@noun(
    ExportRow,
    description="A list of cases that you asked for as a file. It is yours alone, in the post in which you asked: to"
    " everybody else, and to you in another post, it does not exist.",
)
class Export(Node):
    id: strawberry.ID = identity("Export")
    state: ExportState = plain("How it stands.")
    state_thai: str = worked_out(lambda row, _: row.state.th, "The same in Thai.")
    fault: ExportFault | None = plain("Why there is no file; null unless it is FAILED.")
    format: ExportFormat = plain("What kind of file it is.")
    dates: ExportEra = plain("How days are written in it.")
    headings: ExportLanguage = plain("The language of its headings and words.")
    row_count: int = plain(
        "How many cases it is to have: counted exactly when you asked, and again when the writing begins."
    )
    rows_done: int = plain(
        "How many rows are written. A READY file has so many: a case of which you lose sight meanwhile is not in it."
    )
    requested_at: datetime = plain("When you asked for it.")
    ended_at: datetime | None = plain("When it became READY or FAILED; null before.")
    expires_at: datetime | None = plain("When the file is deleted; null before it is READY.")
    expires_at_thai: str | None = worked_out(
        lambda row, _: thai_instant(row.expires_at) if row.expires_at else None, "The same in Bangkok time, B.E."
    )
    byte_count: int | None = plain("The file's length in bytes; null before it is READY.")
    sha256: str | None = worked_out(
        lambda row, _: None if row.sha256 is None else bytes(row.sha256).hex(),
        "The SHA-256 of the file, 64 hexadecimal digits; null before it is READY.",
    )
    download: Download | None = worked_out(
        export_link,
        "A new link to the file; null unless it is READY. Each download is an event of your post's journal.",
    )


ExportConnection = Connection[Export]
