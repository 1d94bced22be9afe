"""Queries about cases."""

from typing import Annotated, Any

import strawberry

from models.vocabulary import CaseOrder, CaseState
from resolvers.cases import CaseFilter as WantedCases
from resolvers.cases import case_by_reference, list_cases
from resolvers.context import Context
from schema.binding import Info
from schema.changing import OfficeRef
from schema.codes import known_area
from schema.ids import wanted_id
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.labour_case import Case, CaseConnection


@strawberry.input(one_of=True, description="Who holds: a volunteer's or mentor's post, or an office.")
class HolderRef:
    seat: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of a post.")
    office: OfficeRef | None = strawberry.field(default=strawberry.UNSET, description="An office.")


@strawberry.input(description="Which of the cases you may see; everything given must hold.")
class CaseFilter:
    states: list[CaseState] | None = strawberry.field(default=None, description="Only cases in one of these states.")
    holder: HolderRef | None = strawberry.field(default=None, description="Only cases held by this post or office.")
    office: OfficeRef | None = strawberry.field(
        default=None, description="Only cases that this office holds or that were referred to it."
    )
    volunteer: strawberry.ID | None = strawberry.field(
        default=None, description="Only cases that this volunteer's post sees through."
    )
    area: str | None = strawberry.field(
        default=None, description="Only cases taken inside this province, amphoe or tambon, by its code."
    )


def _wanted(given: CaseFilter, context: Context) -> WantedCases:
    holder_seat = holder_office = None
    if given.holder is not None and isinstance(given.holder.office, OfficeRef):
        holder_office = given.holder.office.find(context, "filter", "holder", "office")
    elif given.holder is not None:
        holder_seat = wanted_id(context, "Seat", str(given.holder.seat), "filter", "holder", "seat")
    return WantedCases(
        states=None if given.states is None else tuple(given.states),
        holder_seat_id=holder_seat,
        holder_office_id=holder_office,
        office_id=given.office.find(context, "filter", "office") if given.office else None,
        volunteer_seat_id=wanted_id(context, "Seat", given.volunteer, "filter", "volunteer")
        if given.volunteer is not None
        else None,
        area_code=known_area(context, given.area, "filter", "area"),
    )


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
    return await list_cases(info.context, _wanted(filter or CaseFilter(), info.context), order_by, page)


async def _case_by_reference(
    info: Info,
    reference: Annotated[
        str, strawberry.argument(description="As read out: Thai digits, spaces and missing hyphens are fine.")
    ],
) -> Any:
    return await case_by_reference(info.context, reference)


@strawberry.type
class CaseQueries:
    cases: CaseConnection | None = strawberry.field(resolver=_cases, description="The cases you may see.")
    case_by_reference: Case | None = strawberry.field(
        resolver=_case_by_reference,
        description="The case with this reference, if you may see it. A mistyped reference is an error.",
    )
