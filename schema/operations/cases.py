"""Queries about cases."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.rules.calendar import past
from models.list_words import CaseOrder
from resolvers.cases import case_by_reference, list_cases
from resolvers.cases_then import case_as_of
from schema.binding import Info
from schema.operations.case_filter import CaseFilter
from schema.types.case_list import CaseConnection
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.labour_case import Case


async def _cases(
    info: Info,
    filter: Annotated[CaseFilter | None, strawberry.argument(description="Which cases.")] = None,
    order_by: Annotated[CaseOrder, strawberry.argument(description="In which order.")] = CaseOrder.UPDATED,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, f"cases:{order_by.value}", first, last, after, before)
    return await list_cases(info.context, (filter or CaseFilter()).wanted(info.context), order_by, page)


async def _case_by_reference(
    info: Info,
    reference: Annotated[
        str, strawberry.argument(description="As read out: Thai digits, spaces and missing hyphens are fine.")
    ],
    as_of: Annotated[
        datetime | None,
        strawberry.argument(
            description="Tell it as it stood at this instant; null before its opening. Left out: how it stands now."
        ),
    ] = None,
) -> Any:
    if as_of is None:
        return await case_by_reference(info.context, reference)
    return await case_as_of(info.context, reference, past(as_of, "asOf", now=info.context.now))


@strawberry.type
class CaseQueries:
    cases: CaseConnection | None = strawberry.field(resolver=_cases, description="The cases you may see.")
    case_by_reference: Case | None = strawberry.field(
        resolver=_case_by_reference,
        description="The case with this reference, if you may see it. A mistyped reference is an error, and so is an"
        " `asOf` in the future.",
    )
