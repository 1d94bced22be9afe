"""Mutations about referrals: the sender's verbs and the office's verbs."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.accept_referral import accept_referral
from casework.actions.complete_referral import Result, complete_referral
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.refer_case import Sending, refer_case
from casework.actions.reject_referral import reject_referral
from casework.actions.start_referral import start_referral
from casework.work import Work
from models.vocabulary import DisclosedField, LegalBasis, Outcome, ReasonCategory, ReferralKind
from resolvers.referrals import referrals_by_ids
from schema.binding import Info
from schema.changing import CAPTURED_AT, EXPECTED_VERSION, OPERATION_ID, CaseRef, OfficeRef, carry_out
from schema.ids import wanted_id
from schema.refusals import Refusals, VersionConflict
from schema.scalars import Baht
from schema.types.referral import Referral

_REFERRAL = "Id of the referral."
_NOW = "The referral as it stands now."


@strawberry.input(description="Refer one problem of a case to an office, or transfer the whole case.")
class ReferCaseInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    office: OfficeRef = strawberry.field(
        description="The office: it covers the case's area, the workplace or the home."
    )
    problem_type: str = strawberry.field(description="Code of the problem it is about; one of the case's.")
    reason: str = strawberry.field(description="Why, for those who read the case.")
    reason_category: ReasonCategory = strawberry.field(description="Why, in one word.")
    legal_basis: LegalBasis = strawberry.field(description="On which ground personal data are disclosed.")
    kind: ReferralKind = strawberry.field(default=ReferralKind.REFER, description="What is asked of the office.")
    discloses: list[DisclosedField] = strawberry.field(
        default_factory=list, description="What the office may see beyond level WORK once it has registered it."
    )
    respond_by: datetime | None = strawberry.field(
        default=None, description="A shorter time to answer than the service standard gives."
    )
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The referral was sent.")
class ReferCasePayload:
    referral: Referral = strawberry.field(description="The new referral.")


ReferCaseResult = Annotated[
    ReferCasePayload | VersionConflict | Refusals,
    strawberry.union("ReferCaseResult", description="What `referCase` answers."),
]


async def _refer_case(
    info: Info, input: Annotated[ReferCaseInput, strawberry.argument(description="The referral.")]
) -> Any:
    async def act(work: Work) -> int:
        sending = Sending(
            office_id=input.office.find(info.context, "input", "office"),
            problem_type_code=input.problem_type,
            kind=input.kind,
            reason=input.reason,
            reason_category=input.reason_category,
            legal_basis=input.legal_basis,
            discloses=frozenset(input.discloses),
            respond_by=input.respond_by,
        )
        case_id = await input.case.find(work, info.context)
        return await refer_case(work, case_id=case_id, expected_version=input.expected_version, sending=sending)

    return await carry_out(
        info, input, act, look_up=referrals_by_ids, payload=lambda row: ReferCasePayload(referral=row)
    )


async def _step(
    info: Info, given: Any, verb: Callable[..., Awaitable[int]], payload: Callable[..., Any], **more: Any
) -> Any:
    """Run one of the verbs that take a referral and its version."""

    async def act(work: Work) -> int:
        return await verb(
            work,
            referral_id=wanted_id(info.context, "Referral", given.referral, "input", "referral"),
            expected_version=given.expected_version,
            **more,
        )

    return await carry_out(info, given, act, look_up=referrals_by_ids, payload=lambda row: payload(referral=row))


@strawberry.input(description="Register a referral that arrived at your office.")
class ReceiveReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="Registered: your office now reads the case at level WORK.")
class ReceiveReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


ReceiveReferralResult = Annotated[
    ReceiveReferralPayload | VersionConflict | Refusals,
    strawberry.union("ReceiveReferralResult", description="What `receiveReferral` answers."),
]


async def _receive_referral(
    info: Info, input: Annotated[ReceiveReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    return await _step(
        info,
        input,
        receive_referral,
        ReceiveReferralPayload,
    )


@strawberry.input(description="Accept a registered referral.")
class AcceptReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(
    description="Accepted; if it was a transfer, your office now holds the case and the referral is COMPLETED."
)
class AcceptReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


AcceptReferralResult = Annotated[
    AcceptReferralPayload | VersionConflict | Refusals,
    strawberry.union("AcceptReferralResult", description="What `acceptReferral` answers."),
]


async def _accept_referral(
    info: Info, input: Annotated[AcceptReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    return await _step(
        info,
        input,
        accept_referral,
        AcceptReferralPayload,
    )


@strawberry.input(description="Refuse a referral.")
class RejectReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    reason: str = strawberry.field(description="Why, for those who read the case.")
    category: ReasonCategory = strawberry.field(description="Why, in one word.")
    suggested_office: OfficeRef | None = strawberry.field(default=None, description="A better office, if you know one.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="Refused; the sender has the matter back.")
class RejectReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


RejectReferralResult = Annotated[
    RejectReferralPayload | VersionConflict | Refusals,
    strawberry.union("RejectReferralResult", description="What `rejectReferral` answers."),
]


async def _reject_referral(
    info: Info, input: Annotated[RejectReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    async def reject(work: Work, *, referral_id: int, expected_version: int) -> int:
        better = input.suggested_office
        return await reject_referral(
            work,
            referral_id=referral_id,
            expected_version=expected_version,
            reason=input.reason,
            category=input.category,
            suggested_office_id=better.find(info.context, "input", "suggestedOffice") if better else None,
        )

    return await _step(info, input, reject, RejectReferralPayload)


@strawberry.input(description="Begin to work on an accepted referral.")
class StartReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="Your office works on it.")
class StartReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


StartReferralResult = Annotated[
    StartReferralPayload | VersionConflict | Refusals,
    strawberry.union("StartReferralResult", description="What `startReferral` answers."),
]


async def _start_referral(
    info: Info, input: Annotated[StartReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    return await _step(
        info,
        input,
        start_referral,
        StartReferralPayload,
    )


@strawberry.input(description="Report the result of a referral.")
class CompleteReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    report: str = strawberry.field(description="The result, for those who read the case.")
    outcome: Outcome | None = strawberry.field(default=None, description="What came of the problem, if anything did.")
    amount_claimed: Baht | None = strawberry.field(default=None, description="What the citizen claimed, in baht.")
    amount_recovered: Baht | None = strawberry.field(default=None, description="What the citizen got, in baht.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The result is reported, and with it the outcome of the problem.")
class CompleteReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


CompleteReferralResult = Annotated[
    CompleteReferralPayload | VersionConflict | Refusals,
    strawberry.union("CompleteReferralResult", description="What `completeReferral` answers."),
]


async def _complete_referral(
    info: Info, input: Annotated[CompleteReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    return await _step(
        info,
        input,
        complete_referral,
        CompleteReferralPayload,
        result=Result(input.report, input.outcome, input.amount_claimed, input.amount_recovered),
    )


@strawberry.input(description="Take a referral back before the office has accepted it.")
class RecallReferralInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    referral: strawberry.ID = strawberry.field(description=_REFERRAL)
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    reason: str = strawberry.field(description="Why, for those who read the case.")
    category: ReasonCategory = strawberry.field(description="Why, in one word.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="Taken back.")
class RecallReferralPayload:
    referral: Referral = strawberry.field(description=_NOW)


RecallReferralResult = Annotated[
    RecallReferralPayload | VersionConflict | Refusals,
    strawberry.union("RecallReferralResult", description="What `recallReferral` answers."),
]


async def _recall_referral(
    info: Info, input: Annotated[RecallReferralInput, strawberry.argument(description="Which referral.")]
) -> Any:
    return await _step(
        info,
        input,
        recall_referral,
        RecallReferralPayload,
        reason=input.reason,
        category=input.category,
    )


@strawberry.type
class ReferralMutations:
    refer_case: ReferCaseResult = strawberry.field(
        resolver=_refer_case, description="Refer a problem of a case to an office, or transfer the case. The holder."
    )
    receive_referral: ReceiveReferralResult = strawberry.field(
        resolver=_receive_referral,
        description="Register a referral that arrived at your office. An officer of the office addressed.",
    )
    accept_referral: AcceptReferralResult = strawberry.field(
        resolver=_accept_referral, description="Accept a registered referral. An officer of the office addressed."
    )
    reject_referral: RejectReferralResult = strawberry.field(
        resolver=_reject_referral, description="Refuse a referral. An officer of the office addressed."
    )
    start_referral: StartReferralResult = strawberry.field(
        resolver=_start_referral,
        description="Begin to work on an accepted referral. An officer of the office addressed.",
    )
    complete_referral: CompleteReferralResult = strawberry.field(
        resolver=_complete_referral, description="Report the result of a referral. An officer of the office addressed."
    )
    recall_referral: RecallReferralResult = strawberry.field(
        resolver=_recall_referral,
        description="Take a referral back before it is accepted. The side that sent it, or the coordinator.",
    )
