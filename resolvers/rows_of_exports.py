"""Rows of exports, and the lines of their files."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias
from uuid import UUID

from models.export_words import ExportEra, ExportFault, ExportFormat, ExportLanguage, ExportState

Cell: TypeAlias = str | int | Decimal | date | datetime | None
Line: TypeAlias = list[Cell]


class ExportRow(NamedTuple):
    id: int
    format: ExportFormat
    dates: ExportEra
    headings: ExportLanguage
    row_count: int
    rows_done: int
    state: ExportState
    fault: ExportFault | None
    requested_at: datetime
    object_key: UUID | None
    byte_count: int | None
    sha256: bytes | None
    ended_at: datetime | None
    expires_at: datetime | None
    fetched_until: datetime | None

    def is_there(self, now: datetime) -> bool:
        """Can the file be fetched?"""
        return self.state is ExportState.READY and self.expires_at is not None and self.expires_at > now
