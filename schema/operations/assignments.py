"""Mutations about assigning a case to a volunteer."""

from typing import Annotated, Any

import strawberry

from casework.actions.accept_assignment import accept_assignment
from casework.actions.assign_case import assign_case
from casework.actions.decline_assignment import decline_assignment
from casework.work import Work
from models.action_words import CaseAction
from resolvers.cases import cases_by_ids
from schema.binding import Info
from schema.changing import CaseIntent, carry_out, given_as, intent, on_case
from schema.ids import wanted_id
from schema.rules_in_words import case_rule
from schema.types.labour_case import Case

NOW = "The case as it stands now."


@strawberry.input(description="Ask a volunteer's post to take a case.")
class AssignCaseInput(CaseIntent):
    seat: strawberry.ID = strawberry.field(description="Id of the volunteer's post, in the province of the case.")


@strawberry.type(description="The volunteer was asked.")
class AssignCasePayload:
    case: Case = strawberry.field(description=NOW)


async def _assign_case(info: Info, input: Annotated[AssignCaseInput, given_as("Which case to whom.")]) -> Any:
    async def act(work: Work) -> int:
        return await assign_case(
            work,
            case_id=await input.case.find(work, info.context),
            seat_id=wanted_id(info.context, "Seat", input.seat, "input", "seat"),
            expected_version=input.expected_version,
        )

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: AssignCasePayload(case=row))


@strawberry.input(description="Take a case that was assigned to your post.")
class AcceptAssignmentInput(CaseIntent):
    pass


@strawberry.type(description="Your post accompanies the case; if a post held it, yours holds it now.")
class AcceptAssignmentPayload:
    case: Case = strawberry.field(description=NOW)


async def _accept_assignment(info: Info, input: Annotated[AcceptAssignmentInput, given_as("Which case.")]) -> Any:
    return await on_case(info, input, accept_assignment, AcceptAssignmentPayload)


@strawberry.input(description="Decline a case that was assigned to your post.")
class DeclineAssignmentInput(CaseIntent):
    reason: str = strawberry.field(description="Why, for those who read the case.")


@strawberry.type(description="The case stays where it is; your post keeps its status card.")
class DeclineAssignmentPayload:
    case: Case = strawberry.field(description="The case as you see it now.")


async def _decline_assignment(
    info: Info, input: Annotated[DeclineAssignmentInput, given_as("Which case, and why.")]
) -> Any:
    return await on_case(info, input, decline_assignment, DeclineAssignmentPayload, reason=input.reason)


@strawberry.type
class AssignmentMutations:
    assign_case = intent(
        _assign_case, AssignCasePayload, f"Ask a volunteer to take a case. {case_rule(CaseAction.ASSIGN)}"
    )
    accept_assignment = intent(
        _accept_assignment,
        AcceptAssignmentPayload,
        f"Take a case that was assigned to your post. {case_rule(CaseAction.ANSWER_ASSIGNMENT)}",
    )
    decline_assignment = intent(
        _decline_assignment,
        DeclineAssignmentPayload,
        f"Decline a case that was assigned to your post. {case_rule(CaseAction.ANSWER_ASSIGNMENT)}",
    )
