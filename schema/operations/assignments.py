"""Mutations about assigning a case to a volunteer."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.accept_assignment import accept_assignment
from casework.actions.assign_case import assign_case
from casework.actions.decline_assignment import decline_assignment
from casework.work import Work
from resolvers.cases import cases_by_ids
from schema.binding import Info
from schema.changing import CAPTURED_AT, EXPECTED_VERSION, OPERATION_ID, CaseRef, carry_out
from schema.ids import wanted_id
from schema.refusals import Refusals, VersionConflict
from schema.types.labour_case import Case


@strawberry.input(description="Ask a volunteer's post to take a case.")
class AssignCaseInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    seat: strawberry.ID = strawberry.field(description="Id of the volunteer's post, in the province of the case.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The volunteer was asked.")
class AssignCasePayload:
    case: Case = strawberry.field(description="The case as it stands now.")


AssignCaseResult = Annotated[
    AssignCasePayload | VersionConflict | Refusals,
    strawberry.union("AssignCaseResult", description="What `assignCase` answers."),
]


async def _assign_case(
    info: Info, input: Annotated[AssignCaseInput, strawberry.argument(description="Which case to whom.")]
) -> Any:
    async def act(work: Work) -> int:
        return await assign_case(
            work,
            case_id=await input.case.find(work, info.context),
            seat_id=wanted_id(info.context, "Seat", input.seat, "input", "seat"),
            expected_version=input.expected_version,
        )

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: AssignCasePayload(case=row))


@strawberry.input(description="Take a case that was assigned to your post.")
class AcceptAssignmentInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="Your post accompanies the case; if a post held it, yours holds it now.")
class AcceptAssignmentPayload:
    case: Case = strawberry.field(description="The case as it stands now.")


AcceptAssignmentResult = Annotated[
    AcceptAssignmentPayload | VersionConflict | Refusals,
    strawberry.union("AcceptAssignmentResult", description="What `acceptAssignment` answers."),
]


async def _accept_assignment(
    info: Info, input: Annotated[AcceptAssignmentInput, strawberry.argument(description="Which case.")]
) -> Any:
    async def act(work: Work) -> int:
        case_id = await input.case.find(work, info.context)
        return await accept_assignment(work, case_id=case_id, expected_version=input.expected_version)

    return await carry_out(
        info, input, act, look_up=cases_by_ids, payload=lambda row: AcceptAssignmentPayload(case=row)
    )


@strawberry.input(description="Decline a case that was assigned to your post.")
class DeclineAssignmentInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    reason: str = strawberry.field(description="Why, for those who read the case.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The case stays where it is; your post keeps its status card.")
class DeclineAssignmentPayload:
    case: Case = strawberry.field(description="The case as you see it now.")


DeclineAssignmentResult = Annotated[
    DeclineAssignmentPayload | VersionConflict | Refusals,
    strawberry.union("DeclineAssignmentResult", description="What `declineAssignment` answers."),
]


async def _decline_assignment(
    info: Info, input: Annotated[DeclineAssignmentInput, strawberry.argument(description="Which case, and why.")]
) -> Any:
    async def act(work: Work) -> int:
        return await decline_assignment(
            work,
            case_id=await input.case.find(work, info.context),
            expected_version=input.expected_version,
            reason=input.reason,
        )

    return await carry_out(
        info, input, act, look_up=cases_by_ids, payload=lambda row: DeclineAssignmentPayload(case=row)
    )


@strawberry.type
class AssignmentMutations:
    assign_case: AssignCaseResult = strawberry.field(
        resolver=_assign_case,
        description="Ask a volunteer to take a case. The holder, the mentor of the amphoe, the coordinator.",
    )
    accept_assignment: AcceptAssignmentResult = strawberry.field(
        resolver=_accept_assignment, description="Take a case that was assigned to your post."
    )
    decline_assignment: DeclineAssignmentResult = strawberry.field(
        resolver=_decline_assignment, description="Decline a case that was assigned to your post, with a reason."
    )
