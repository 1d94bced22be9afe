"""The citizen's own answer to a result, without an account: by reference and tracking code."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.confirm_closing_by_code import confirm_closing_by_code
from casework.actions.dispute_closing_by_code import dispute_closing_by_code
from casework.errors import Refusal
from casework.rules.closing import TO_DISPUTE
from casework.work import Unit
from models import Case
from resolvers.answers_by_code import answer_by_code
from schema.binding import Info
from schema.changing import given_as, intent
from schema.refusals import as_data
from schema.types.case_status import CaseStatus

NOW = "How the matter stands now."
PUBLIC = (
    " Public: for pages and bots that serve the citizen; volunteers have `{name}`. Counted with `caseStatus`. A wrong"
    " reference, a wrong code and a code that was renewed are one refusal, TRACKING_CODE_WRONG; where no result waits"
    " for an answer it is ANSWER_NOT_AWAITED."
)


@strawberry.input(description="What a citizen tells without an account.")
class CitizenIntent:
    operation_id: UUID = strawberry.field(
        description="Made by you, one for each intent and case. Sending the same again changes nothing more."
    )
    reference: str = strawberry.field(description="As read out: Thai digits, spaces and missing hyphens are fine.")
    tracking_code: str = strawberry.field(
        description="As read out: small letters, spaces, O for 0 and I for 1 are fine."
    )


async def _answer(
    info: Info, given: CitizenIntent, told: dict[str, str], act: Callable[[Unit, Case], Awaitable[None]], payload: type
) -> Any:
    try:
        card = await answer_by_code(
            info.context,
            info.field_name,
            reference=given.reference,
            tracking_code=given.tracking_code,
            operation_id=given.operation_id,
            given=told,
            act=act,
        )
    except Refusal as refused:
        return await as_data(refused, info.context)
    return payload(status=card)


@strawberry.input(description="The citizen accepts the result.")
class ConfirmClosingByCodeInput(CitizenIntent):
    pass


@strawberry.type(description="The matter is closed.")
class ConfirmClosingByCodePayload:
    status: CaseStatus = strawberry.field(description=NOW)


async def _confirm(info: Info, input: Annotated[ConfirmClosingByCodeInput, given_as("Which matter.")]) -> Any:
    return await _answer(info, input, {}, confirm_closing_by_code, ConfirmClosingByCodePayload)


@strawberry.input(description="The citizen does not accept the result.")
class DisputeClosingByCodeInput(CitizenIntent):
    reason: str = strawberry.field(
        description="What the citizen does not accept, in their words; at most 10000 characters. Whoever works on the"
        " case reads it as a note."
    )


@strawberry.type(description="The work goes on.")
class DisputeClosingByCodePayload:
    status: CaseStatus = strawberry.field(description=NOW)


async def _dispute(info: Info, input: Annotated[DisputeClosingByCodeInput, given_as("Which matter, and why.")]) -> Any:
    act = partial(dispute_closing_by_code, reason=input.reason)
    return await _answer(info, input, {"reason": input.reason}, act, DisputeClosingByCodePayload)


@strawberry.type
class ClosingByCodeMutations:
    confirm_closing_by_code = intent(
        _confirm,
        ConfirmClosingByCodePayload,
        "Close a matter because its citizen accepts the result. Not where a second person checks it first:"
        f" CONFIRMATION_NOT_NEEDED.{PUBLIC.format(name='confirmClosing')}",
        versioned=False,
    )
    dispute_closing_by_code = intent(
        _dispute,
        DisputeClosingByCodePayload,
        "Take a matter up again because its citizen disputes the result, which closes by itself"
        f" {TO_DISPUTE.days} days after it was told.{PUBLIC.format(name='disputeClosing')}",
        versioned=False,
    )
