"""Exports: lists of cases that posts have written into files, and what becomes of the files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, instant, long_text, only, reference_to
from models.export_words import ExportEra, ExportFault, ExportFormat, ExportLanguage, ExportState


class Export(SQLModel, table=True):
    """A file that an account asked for in a post; for that account in that post alone.

    `sealed` is the filter, which may hold a name somebody searched for: sealed for this row, and gone with the writing.
    `object_key` names the bytes, made anew by whoever begins to write: who holds another key has lost the export. The
    looks that the writing made have it as their request. `leased_until` keeps other workers away, or off until then.
    `fetched_until` names the link, by its end, whose use the journal told last.
    """

    __table_args__ = (
        only("format", ExportFormat),
        only("dates", ExportEra),
        only("headings", ExportLanguage),
        only("state", ExportState),
        only("fault", ExportFault),
        CheckConstraint("(sealed IS NOT NULL) = (state IN ('WAITING', 'RUNNING'))", name="filter_until_written"),
        CheckConstraint("(object_key IS NOT NULL) = (state IN ('RUNNING', 'READY'))", name="bytes_while_there"),
        CheckConstraint("(fault IS NOT NULL) = (state = 'FAILED')", name="failed_for_something"),
        CheckConstraint("(ended_at IS NOT NULL) = (state IN ('READY', 'FAILED', 'EXPIRED'))", name="ended_once"),
        CheckConstraint(
            "num_nonnulls(byte_count, sha256, expires_at) = CASE WHEN state IN ('READY', 'EXPIRED') THEN 3 ELSE 0 END",
            name="whole_when_ready",
        ),
        Index("export_of_asker", "seat_id", "account_id", "requested_at", "id"),
        Index("export_to_write", "requested_at", "id", postgresql_where=text("state IN ('WAITING', 'RUNNING')")),
        Index("export_to_expire", "expires_at", postgresql_where=text("state = 'READY'")),
    )

    id: int = identity()
    seat_id: int = reference_to("seat.id")
    account_id: int = reference_to("account.id")
    format: ExportFormat = coded(ExportFormat, nullable=False)
    dates: ExportEra = coded(ExportEra, nullable=False)
    headings: ExportLanguage = coded(ExportLanguage, nullable=False)
    sealed: str | None = long_text(nullable=True)
    row_count: int
    rows_done: int = 0
    state: ExportState = coded(ExportState, nullable=False)
    fault: ExportFault | None = coded(ExportFault, default=None, nullable=True)
    requested_at: datetime = instant()
    attempts: int = 0
    leased_until: datetime | None = instant(nullable=True)
    object_key: UUID | None = None
    byte_count: int | None = Field(default=None, sa_type=BigInteger)
    sha256: bytes | None = None
    ended_at: datetime | None = instant(nullable=True)
    expires_at: datetime | None = instant(nullable=True)
    fetched_until: datetime | None = instant(nullable=True)
