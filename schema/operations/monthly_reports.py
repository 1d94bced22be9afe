"""The query for a province's monthly report as a file."""

from datetime import date
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal, RefusalCode
from models.vocabulary import AreaLevel
from resolvers.monthly_reports import asked_report, link_to
from schema.binding import Info
from schema.codes import known_area
from schema.types.attachment import Download


async def _monthly_report(
    info: Info,
    province: Annotated[str, strawberry.argument(description="Code of the province, two digits.")],
    month: Annotated[date, strawberry.argument(description="Any day of the month, by convention the first.")],
) -> Any:
    context = info.context
    known_area(context, province, "province")
    if context.reference.areas[province].level is not AreaLevel.PROVINCE:
        raise Refusal(RefusalCode.AREA_UNKNOWN, "province")
    return link_to(asked_report(context, province, month, "month"), context)


@strawberry.type
class MonthlyReportQueries:
    monthly_report: Download | None = strawberry.field(
        resolver=_monthly_report,
        description="A link to the monthly report of a province as a PDF in Thai, for people who would rather look than"
        " read: the figures of `statistics`, `bottlenecks`, `reach`, `activities` and `statements` as you are told them"
        " when you fetch it, with a few charts and no names of people. For coordinators of their province, and auditors"
        " without small counts. It is made while you fetch it, which takes some seconds.",
    )
