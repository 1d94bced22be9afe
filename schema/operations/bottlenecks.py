"""The query for where cases wait."""

from typing import Annotated, Any

import strawberry

from casework.rules.calendar import stretch
from resolvers.bottlenecks import LONGEST, USUAL, asked_bottlenecks
from schema.binding import Info
from schema.codes import known_agency, known_area
from schema.operations.case_filter import Period
from schema.types.bottlenecks import Bottlenecks


async def _bottlenecks(
    info: Info,
    area: Annotated[
        str,
        strawberry.argument(description="Cases taken inside this province, amphoe or tambon, by its code."),
    ],
    agency: Annotated[
        str | None, strawberry.argument(description="Only at offices of the agency with this code, and at no posts.")
    ] = None,
    between: Annotated[
        Period | None, strawberry.argument(description="At most 366 days; left out: the last 30.")
    ] = None,
) -> Any:
    context, period = info.context, between or Period()
    known_area(context, area, "area")
    known_agency(context, agency, "agency")
    ends = stretch(period.from_, period.until, "between", now=context.now, usual=USUAL, longest=LONGEST)
    return asked_bottlenecks(context, area, agency, ends)


@strawberry.type
class BottleneckQueries:
    bottlenecks: Bottlenecks | None = strawberry.field(
        resolver=_bottlenecks,
        description="Where cases wait: for coordinators in their province, for officers and heads at the offices of"
        " their own agency, for auditors anywhere. Only cases that you may see count.",
    )
