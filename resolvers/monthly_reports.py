"""Monthly reports of provinces: who may have one, and links that make one for whoever asked."""

import struct
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.objects import TO_DOWNLOAD, Bearer, Link
from casework.policy.permissions import may_watch
from casework.rules.calendar import EARLIEST
from casework.rules.fiscal import months_before
from casework.rules.months import month_of
from resolvers.attachments import bearer_of
from resolvers.context import Context

PURPOSE = "monthly report"
"""Of the seal: no link for anything else makes a report."""
COURSE = 12
"""Months that a report tells of in a row, its own as the last."""
_FORM = struct.Struct(">HIQ16sQ")


class MonthlyReport(NamedTuple):
    """Which report: of a province, about the month that begins on this day."""

    province_code: str
    month: date


class Ticket(NamedTuple):
    """Whoever has the link is given this report as the bearer would be, until then."""

    report: MonthlyReport
    by: Bearer
    expires_at: datetime


def asked_report(context: Context, province_code: str, day: date, *path: str) -> MonthlyReport:
    """Give the report of a day's month, to those who may ask where all the cases of the province wait.

    They are its coordinator and auditors: the others are told a part of each figure, which would pass for the whole.
    """
    refused = may_watch(context.actor(), province=province_code, agency=None).refusal
    if refused is not None:
        raise Refusal(refused, "province")
    month = month_of(day, *path, now=context.now)
    if months_before(month, COURSE) < EARLIEST:
        raise Refusal(RefusalCode.DATE_TOO_EARLY, *path)
    return MonthlyReport(province_code, month)


def link_to(report: MonthlyReport, context: Context) -> Link:
    """Give a new link to the report, for the caller in this post."""
    expires_at = (context.now + TO_DOWNLOAD).replace(microsecond=0)
    sealed = seal(context.keys, Ticket(report, bearer_of(context), expires_at))
    return Link(f"{context.services.public_url}/reports/{sealed}", {}, expires_at)


def seal(keys: Keys, ticket: Ticket) -> str:
    """Write a ticket as an opaque text for a URL."""
    province, month = ticket.report
    of_bearer = ticket.by.seat_id, ticket.by.subject.bytes
    data = _FORM.pack(int(province), month.toordinal(), *of_bearer, int(ticket.expires_at.timestamp()))
    return keys.seal(PURPOSE, data)


def unseal(keys: Keys, text: str) -> Ticket | None:
    """Read a ticket; None for anything that `seal` did not write."""
    data = keys.unseal(PURPOSE, text)
    if data is None:
        return None
    province, month, seat_id, subject, expires = _FORM.unpack(data)
    report = MonthlyReport(f"{province:02}", date.fromordinal(month))
    return Ticket(report, Bearer(UUID(bytes=subject), seat_id), datetime.fromtimestamp(expires, UTC))
