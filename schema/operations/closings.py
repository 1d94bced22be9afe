"""Mutations about the end of a case, and what leads back from it."""

from typing import Annotated, Any

import strawberry

from casework.actions.approve_closing import approve_closing
from casework.actions.confirm_closing import confirm_closing
from casework.actions.dispute_closing import dispute_closing
from casework.actions.reopen_case import reopen_case
from models.action_words import CaseAction
from schema.binding import Info
from schema.changing import CaseIntent, given_as, intent, on_case
from schema.rules_in_words import case_rule
from schema.types.labour_case import Case

NOW = "The case as it stands now."


@strawberry.input(description="The citizen confirms the result, as you have witnessed.")
class ConfirmClosingInput(CaseIntent):
    note: str = strawberry.field(description="What the citizen said, when and how; at most 10000 characters.")


@strawberry.type(description="The case is closed.")
class ConfirmClosingPayload:
    case: Case = strawberry.field(description=NOW)


async def _confirm_closing(info: Info, input: Annotated[ConfirmClosingInput, given_as("The confirmation.")]) -> Any:
    return await on_case(info, input, confirm_closing, ConfirmClosingPayload, note=input.note)


@strawberry.input(description="The citizen disputes the result.")
class DisputeClosingInput(CaseIntent):
    reason: str = strawberry.field(description="What the citizen does not accept; at most 10000 characters.")


@strawberry.type(description="The work goes on.")
class DisputeClosingPayload:
    case: Case = strawberry.field(description=NOW)


async def _dispute_closing(info: Info, input: Annotated[DisputeClosingInput, given_as("The dispute.")]) -> Any:
    return await on_case(info, input, dispute_closing, DisputeClosingPayload, reason=input.reason)


@strawberry.input(description="A second person approves the closing of a sensitive case.")
class ApproveClosingInput(CaseIntent):
    pass


@strawberry.type(description="The case is closed.")
class ApproveClosingPayload:
    case: Case = strawberry.field(description=NOW)


async def _approve_closing(info: Info, input: Annotated[ApproveClosingInput, given_as("Which case.")]) -> Any:
    return await on_case(info, input, approve_closing, ApproveClosingPayload)


@strawberry.input(description="Open a resolved or closed case again.")
class ReopenCaseInput(CaseIntent):
    reason: str = strawberry.field(description="Why, for those who read the case; at most 10000 characters.")


@strawberry.type(description="The case is open again; its holder goes on, the history stays.")
class ReopenCasePayload:
    case: Case = strawberry.field(description=NOW)


async def _reopen_case(info: Info, input: Annotated[ReopenCaseInput, given_as("Which case, and why.")]) -> Any:
    return await on_case(info, input, reopen_case, ReopenCasePayload, reason=input.reason)


@strawberry.type
class ClosingMutations:
    confirm_closing = intent(
        _confirm_closing,
        ConfirmClosingPayload,
        f"Close a case because the citizen confirmed the result. {case_rule(CaseAction.CONFIRM_CLOSING)}"
        " Not for sensitive cases. A case that nobody disputes within 7 days closes by itself.",
    )
    dispute_closing = intent(
        _dispute_closing,
        DisputeClosingPayload,
        f"Take a case up again because the citizen disputes the result. {case_rule(CaseAction.DISPUTE_CLOSING)}",
    )
    approve_closing = intent(
        _approve_closing,
        ApproveClosingPayload,
        f"Close a sensitive case; not the person who resolved it. {case_rule(CaseAction.APPROVE_CLOSING)}",
    )
    reopen_case = intent(_reopen_case, ReopenCasePayload, f"Open a case again. {case_rule(CaseAction.REOPEN)}")
