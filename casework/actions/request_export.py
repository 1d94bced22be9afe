"""Ask for the cases that one sees as a file, which the worker writes."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.exports import OPEN, sealed_filter
from casework.policy.permissions import check, may_export
from casework.seat_desk import lock_seat
from casework.work import Work
from models import Export
from models.export_words import ExportEra, ExportFormat, ExportLanguage, ExportState
from models.vocabulary import EventKind

DAY = timedelta(hours=24)


class ExportLimits(NamedTuple):
    """Rows of one file; exports that one person in a post has under way at once, and asks for in 24 hours."""

    rows: int = 100_000
    at_once: int = 3
    a_day: int = 20


class ExportForm(NamedTuple):
    """How the file is to be written."""

    format: ExportFormat
    dates: ExportEra = ExportEra.GREGORIAN
    headings: ExportLanguage = ExportLanguage.TH


async def request_export(
    work: Work, *, form: ExportForm, wanted: bytes, count: Callable[[], Awaitable[int]], limits: ExportLimits
) -> int:
    """Count the rows, and let the worker write them; give the export's id.

    `wanted` is the filter, which the writing reads again; it is kept sealed until then, for it may hold a name.
    """
    check(may_export(work.by))
    await _check_room(work, limits)  # before what is dear
    rows = await count()
    if rows > limits.rows:
        raise Refusal(RefusalCode.EXPORT_TOO_LARGE, "input", "filter", count=f"{rows:,}", limit=f"{limits.rows:,}")
    seat = await lock_seat(work, work.by.seat_id)
    await _check_room(work, limits)
    id_ = await work.new_id()
    export = Export(
        id=id_,
        seat_id=work.by.seat_id,
        account_id=work.by.account_id,
        format=form.format,
        dates=form.dates,
        headings=form.headings,
        sealed=sealed_filter(work.keys, id_, wanted),
        row_count=rows,
        state=ExportState.WAITING,
        requested_at=work.now,
    )
    await work.save(export)
    told: journal.Payload = {"export": id_, "format": form.format.value, "rows": rows}
    await journal.append(work, seat, EventKind.EXPORT_REQUESTED, told)
    return id_


async def _check_room(work: Work, limits: ExportLimits) -> None:
    """Refuse one too many; the post's lock makes those who ask at once take turns.

    Whoever covers the post has a quota of their own: row-level security shows nobody another's exports.
    """
    own = select(func.count()).where(
        col(Export.seat_id) == work.by.seat_id, col(Export.account_id) == work.by.account_id
    )
    if (await work.session.scalar(own.where(col(Export.state).in_(OPEN))) or 0) >= limits.at_once:
        raise Refusal(RefusalCode.EXPORTS_UNDER_WAY, limit=limits.at_once)
    if (await work.session.scalar(own.where(col(Export.requested_at) > work.now - DAY)) or 0) >= limits.a_day:
        raise Refusal(RefusalCode.EXPORT_QUOTA_USED, limit=limits.a_day)
