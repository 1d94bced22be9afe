"""Queries and mutations about cases."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.open_case import Intake, open_case
from casework.actions.update_case_status import update_case_status
from casework.work import Work
from models.vocabulary import CaseOrder, CaseState, Channel, Priority
from resolvers.cases import CaseFilter as WantedCases
from resolvers.cases import case_by_reference, cases_by_ids, list_cases
from resolvers.context import Context
from schema.binding import Info
from schema.changing import CAPTURED_AT, EXPECTED_VERSION, OPERATION_ID, CaseRef, CitizenRef, OfficeRef, carry_out
from schema.codes import known_area
from schema.ids import wanted_id
from schema.refusals import Refusals, VersionConflict
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


@strawberry.input(description="A citizen's labour matter, as told at intake.")
class OpenCaseInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    citizen: CitizenRef = strawberry.field(description="Whose matter it is.")
    problem_types: list[str] = strawberry.field(description="Codes of `problemTypes`, the main one first; 1 to 10.")
    area: str = strawberry.field(description="6-digit code of the tambon where it was taken.")
    narrative: str = strawberry.field(description="What the citizen told; at most 10000 characters.")
    channel: Channel = strawberry.field(description="How it reached you.")
    priority: Priority = strawberry.field(default=Priority.NORMAL, description="How soon it wants attention.")
    title: str | None = strawberry.field(
        default=None, description="A short line without names; made from problems and tambon unless you give one."
    )
    workplace_name: str | None = strawberry.field(default=None, description="Where the citizen works or worked.")
    workplace_area: str | None = strawberry.field(default=None, description="Code of the area of the workplace.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The case was opened; you or your office hold it.")
class OpenCasePayload:
    case: Case = strawberry.field(description="The new case.")


OpenCaseResult = Annotated[
    OpenCasePayload | Refusals, strawberry.union("OpenCaseResult", description="What `openCase` answers.")
]


async def _open_case(
    info: Info, input: Annotated[OpenCaseInput, strawberry.argument(description="The matter.")]
) -> Any:
    async def act(work: Work) -> int:
        intake = Intake(
            citizen_id=await input.citizen.find(work, info.context),
            problem_type_codes=input.problem_types,
            area_code=input.area,
            narrative=input.narrative,
            channel=input.channel,
            priority=input.priority,
            title=input.title,
            workplace_area_code=input.workplace_area,
            workplace_name=input.workplace_name,
        )
        return await open_case(work, intake=intake)

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: OpenCasePayload(case=row))


@strawberry.input(description="A step of a case's state machine.")
class UpdateCaseStatusInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    state: CaseState = strawberry.field(description="The state it goes to.")
    review_on: date | None = strawberry.field(
        default=None, description="For WAITING_CITIZEN and WAITING_AGENCY: the coming day on which you look again."
    )
    reason: str | None = strawberry.field(default=None, description="For WITHDRAWN and OUT_OF_SCOPE: why.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The case is in its new state.")
class UpdateCaseStatusPayload:
    case: Case = strawberry.field(description="The case as it stands now.")


UpdateCaseStatusResult = Annotated[
    UpdateCaseStatusPayload | VersionConflict | Refusals,
    strawberry.union("UpdateCaseStatusResult", description="What `updateCaseStatus` answers."),
]


async def _update_case_status(
    info: Info, input: Annotated[UpdateCaseStatusInput, strawberry.argument(description="The step.")]
) -> Any:
    async def act(work: Work) -> int:
        return await update_case_status(
            work,
            case_id=await input.case.find(work, info.context),
            state=input.state,
            expected_version=input.expected_version,
            review_on=input.review_on,
            reason=input.reason,
        )

    return await carry_out(
        info, input, act, look_up=cases_by_ids, payload=lambda row: UpdateCaseStatusPayload(case=row)
    )


@strawberry.type
class CaseMutations:
    open_case: OpenCaseResult = strawberry.field(
        resolver=_open_case, description="Open a case for a citizen. Volunteers, mentors, officers, coordinators."
    )
    update_case_status: UpdateCaseStatusResult = strawberry.field(
        resolver=_update_case_status,
        description="Move a case to another state. The holder; to WITHDRAWN and OUT_OF_SCOPE also the coordinator.",
    )
