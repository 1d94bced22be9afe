"""Mutations about referrals: the verbs of the office addressed."""

from typing import Annotated, Any

import strawberry

from casework.actions.accept_referral import accept_referral
from casework.actions.complete_referral import complete_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.reject_referral import reject_referral
from casework.actions.request_referral_info import request_referral_info
from casework.actions.return_referral import return_referral
from casework.actions.start_referral import start_referral
from casework.outcomes import Result
from models.action_words import ReferralAction
from models.vocabulary import Outcome, ReasonCategory
from schema.binding import Info
from schema.changing import OfficeRef, ReferralIntent, given_as, intent, on_referral
from schema.rules_in_words import referral_rule
from schema.scalars import Baht
from schema.types.referral import Referral

NOW = "The referral as it stands now."
WHICH = given_as("Which referral.")


@strawberry.input(description="Register a referral that arrived at your office.")
class ReceiveReferralInput(ReferralIntent):
    pass


@strawberry.type(description="Registered: your office reads the case at level WORK; an information is COMPLETED.")
class ReceiveReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _receive_referral(info: Info, input: Annotated[ReceiveReferralInput, WHICH]) -> Any:
    return await on_referral(info, input, receive_referral, ReceiveReferralPayload)


@strawberry.input(description="Accept a registered referral.")
class AcceptReferralInput(ReferralIntent):
    pass


@strawberry.type(
    description="Accepted; if it was a transfer, your office now holds the case and the referral is COMPLETED."
)
class AcceptReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _accept_referral(info: Info, input: Annotated[AcceptReferralInput, WHICH]) -> Any:
    return await on_referral(info, input, accept_referral, AcceptReferralPayload)


@strawberry.input(description="Ends a referral with a reason.")
class _Reply(ReferralIntent):
    reason: str = strawberry.field(description="Why, for those who read the case.")
    category: ReasonCategory = strawberry.field(description="Why, in one word.")
    suggested_office: OfficeRef | None = strawberry.field(default=None, description="A better office, if you know one.")


async def _reply(info: Info, given: _Reply, verb: Any, payload: Any) -> Any:
    async def reply(work: Any, **referral: int) -> int:
        better = given.suggested_office
        suggested = better.find(info.context, "input", "suggestedOffice") if better else None
        answered: int = await verb(
            work, reason=given.reason, category=given.category, suggested_office_id=suggested, **referral
        )
        return answered

    return await on_referral(info, given, reply, payload)


@strawberry.input(description="Refuse a referral.")
class RejectReferralInput(_Reply):
    pass


@strawberry.type(description="Refused; the sender has the matter back.")
class RejectReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _reject_referral(info: Info, input: Annotated[RejectReferralInput, WHICH]) -> Any:
    return await _reply(info, input, reject_referral, RejectReferralPayload)


@strawberry.input(description="Give a referral back that your office had accepted.")
class ReturnReferralInput(_Reply):
    pass


@strawberry.type(description="Given back; the sender has the matter again.")
class ReturnReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _return_referral(info: Info, input: Annotated[ReturnReferralInput, WHICH]) -> Any:
    return await _reply(info, input, return_referral, ReturnReferralPayload)


@strawberry.input(description="Ask the sender for what is missing.")
class RequestReferralInfoInput(ReferralIntent):
    question: str = strawberry.field(description="The question, for those who read the case; kept as a note.")


@strawberry.type(description="Asked; your office's times stand still until the answer.")
class RequestReferralInfoPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _request_info(info: Info, input: Annotated[RequestReferralInfoInput, given_as("The question.")]) -> Any:
    return await on_referral(info, input, request_referral_info, RequestReferralInfoPayload, question=input.question)


@strawberry.input(description="Begin to work on an accepted or disputed referral.")
class StartReferralInput(ReferralIntent):
    pass


@strawberry.type(description="Your office works on it.")
class StartReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _start_referral(info: Info, input: Annotated[StartReferralInput, WHICH]) -> Any:
    return await on_referral(info, input, start_referral, StartReferralPayload)


@strawberry.input(description="Report the result of a referral.")
class CompleteReferralInput(ReferralIntent):
    report: str = strawberry.field(description="The result or opinion, for those who read the case.")
    outcome: Outcome | None = strawberry.field(
        default=None, description="What came of the problem, if anything did; never for CONSULT."
    )
    amount_claimed: Baht | None = strawberry.field(default=None, description="What the citizen claimed, in baht.")
    amount_recovered: Baht | None = strawberry.field(default=None, description="What the citizen got, in baht.")


@strawberry.type(description="The result is reported, and with it the outcome of the problem.")
class CompleteReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _complete_referral(info: Info, input: Annotated[CompleteReferralInput, given_as("The report.")]) -> Any:
    result = Result(input.outcome, input.amount_claimed, input.amount_recovered)
    return await on_referral(
        info, input, complete_referral, CompleteReferralPayload, report=input.report, result=result
    )


@strawberry.type
class ReferralHandlingMutations:
    receive_referral = intent(
        _receive_referral,
        ReceiveReferralPayload,
        f"Register a referral that arrived at your office. {referral_rule(ReferralAction.RECEIVE)}",
    )
    accept_referral = intent(
        _accept_referral,
        AcceptReferralPayload,
        f"Accept a registered referral. {referral_rule(ReferralAction.ACCEPT)}",
    )
    reject_referral = intent(
        _reject_referral, RejectReferralPayload, f"Refuse a referral. {referral_rule(ReferralAction.REJECT)}"
    )
    request_referral_info = intent(
        _request_info,
        RequestReferralInfoPayload,
        f"Ask the sender for what is missing. {referral_rule(ReferralAction.REQUEST_INFO)}",
    )
    start_referral = intent(
        _start_referral,
        StartReferralPayload,
        f"Begin to work on a referral. {referral_rule(ReferralAction.START)}",
    )
    complete_referral = intent(
        _complete_referral,
        CompleteReferralPayload,
        f"Report the result of a referral. {referral_rule(ReferralAction.COMPLETE)}",
    )
    return_referral = intent(
        _return_referral,
        ReturnReferralPayload,
        f"Give an accepted referral back. {referral_rule(ReferralAction.RETURN)}",
    )
