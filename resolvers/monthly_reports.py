"""Monthly reports of provinces: who may have one, and links that make one for whoever asked."""

from datetime import date
from typing import NamedTuple, Self

from casework.errors import Refusal, RefusalCode
from casework.file_links import REPORT, Ticket, seal
from casework.objects import TO_DOWNLOAD, Link
from casework.policy.permissions import may_watch
from casework.rules.calendar import EARLIEST
from casework.rules.fiscal import months_before
from casework.rules.months import month_of
from resolvers.attachments import bearer_of
from resolvers.context import Context

COURSE = 12
"""Months that a report tells of in a row, its own as the last."""
_DAYS = 1 << 32
"""More than a month's ordinal: a report is one number in its link, province and month."""


class MonthlyReport(NamedTuple):
    """Which report: of a province, about the month that begins on this day."""

    province_code: str
    month: date

    @property
    def number(self) -> int:
        return int(self.province_code) * _DAYS + self.month.toordinal()

    @classmethod
    def numbered(cls, number: int) -> Self:
        province, month = divmod(number, _DAYS)
        return cls(f"{province:02}", date.fromordinal(month))


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
    sealed = seal(context.keys, REPORT, Ticket(report.number, bearer_of(context), expires_at))
    return Link(f"{context.services.public_url}/reports/{sealed}", {}, expires_at)
