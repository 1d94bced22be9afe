"""The query for whom the service reaches."""

from datetime import timedelta
from typing import Annotated, Any

import strawberry

from casework.rules.calendar import stretch
from resolvers.reach import asked_reach
from schema.binding import Info
from schema.codes import known_area
from schema.operations.case_filter import Period
from schema.types.reach import Reach

USUAL, LONGEST = timedelta(days=366), timedelta(days=5 * 366)


async def _reach(
    info: Info,
    area: Annotated[str, strawberry.argument(description="The tambons of this province or amphoe, or this tambon.")],
    between: Annotated[
        Period | None, strawberry.argument(description="At most five years; left out: the last 366 days.")
    ] = None,
) -> Any:
    context, period = info.context, between or Period()
    known_area(context, area, "area")
    ends = stretch(period.from_, period.until, "between", now=context.now, usual=USUAL, longest=LONGEST)
    return await asked_reach(context, area, ends)


@strawberry.type
class ReachQueries:
    reach: Reach | None = strawberry.field(
        resolver=_reach,
        description="Whom the service reaches, tambon by tambon and agency by agency: volunteers in their own tambon,"
        " mentors in their amphoe, officers and heads for their own agency in their province, coordinators in their"
        " province, auditors anywhere without small counts. Only cases that you may see count, so a volunteer's figures"
        " are those of the own cases.",
    )
