"""Mutations about referrals: the sender's verbs."""

from datetime import datetime
from typing import Annotated, Any

import strawberry

from casework.actions.answer_referral_info import answer_referral_info
from casework.actions.dispute_referral import dispute_referral
from casework.actions.recall_referral import recall_referral
from casework.actions.refer_case import Sending, refer_case
from casework.actions.renew_disclosure import renew_disclosure
from casework.work import Work
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import DisclosedField, LegalBasis, ReasonCategory, ReferralKind
from resolvers.context import Context
from resolvers.referrals import referrals_by_ids
from schema.binding import Info
from schema.changing import CaseIntent, OfficeRef, ReferralIntent, carry_out, given_as, intent, on_referral
from schema.rules_in_words import case_rule, referral_rule
from schema.types.referral import Referral

NOW = "The referral as it stands now."


@strawberry.input(description="Refer one problem of a case to an office, or transfer the whole case.")
class ReferCaseInput(CaseIntent):
    office: OfficeRef = strawberry.field(
        description="The office: it covers the case's area, the workplace or the home."
    )
    problem_type: str = strawberry.field(description="Code of the problem it is about; one of the case's.")
    reason: str = strawberry.field(description="Why, for those who read the case.")
    reason_category: ReasonCategory = strawberry.field(description="Why, in one word.")
    legal_basis: LegalBasis = strawberry.field(description="On which ground personal data are disclosed.")
    kind: ReferralKind = strawberry.field(default=ReferralKind.REFER, description="What is asked of the office.")
    discloses: list[DisclosedField] = strawberry.field(
        default_factory=list,
        description="What the office may see beyond level WORK once it has registered it; nothing for INFORM.",
    )
    respond_by: datetime | None = strawberry.field(
        default=None, description="A shorter time to answer than the service standard gives; none for INFORM."
    )
    disclosure_expires_at: datetime | None = strawberry.field(
        default=None,
        description="Until when the office sees a person in the case; without it the service standard decides.",
    )


@strawberry.type(description="The referral was sent.")
class ReferCasePayload:
    referral: Referral = strawberry.field(description="The new referral.")


def sending_of(given: Any, context: Context, kind: ReferralKind) -> Sending:
    """Read what is sent: of one case, or of several together."""
    return Sending(
        office_id=given.office.find(context, "input", "office"),
        problem_type_code=given.problem_type,
        kind=kind,
        reason=given.reason,
        reason_category=given.reason_category,
        legal_basis=given.legal_basis,
        discloses=frozenset(given.discloses),
        respond_by=given.respond_by,
        disclosure_expires_at=given.disclosure_expires_at,
    )


async def _refer_case(info: Info, input: Annotated[ReferCaseInput, given_as("The referral.")]) -> Any:
    async def act(work: Work) -> int:
        sending = sending_of(input, info.context, input.kind)
        case_id = await input.case.find(work, info.context)
        return await refer_case(work, case_id=case_id, expected_version=input.expected_version, sending=sending)

    return await carry_out(
        info, input, act, look_up=referrals_by_ids, payload=lambda row: ReferCasePayload(referral=row)
    )


@strawberry.input(description="Answer what the office asked.")
class AnswerReferralInfoInput(ReferralIntent):
    answer: str = strawberry.field(description="The answer, for those who read the case; kept as a note.")


@strawberry.type(description="Answered; the office goes on where it stood, its times moved on by the working days.")
class AnswerReferralInfoPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _answer_info(info: Info, input: Annotated[AnswerReferralInfoInput, given_as("The answer.")]) -> Any:
    return await on_referral(info, input, answer_referral_info, AnswerReferralInfoPayload, answer=input.answer)


@strawberry.input(description="Take a referral back before the office has accepted it.")
class RecallReferralInput(ReferralIntent):
    reason: str = strawberry.field(description="Why, for those who read the case.")
    category: ReasonCategory = strawberry.field(description="Why, in one word.")


@strawberry.type(description="Taken back.")
class RecallReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _recall_referral(info: Info, input: Annotated[RecallReferralInput, given_as("Which referral.")]) -> Any:
    return await on_referral(
        info, input, recall_referral, RecallReferralPayload, reason=input.reason, category=input.category
    )


@strawberry.input(description="Dispute what the office reported.")
class DisputeReferralInput(ReferralIntent):
    reason: str = strawberry.field(description="What you do not accept, for those who read the case; kept as a note.")


@strawberry.type(description="The office reads the case again, with a new time for its result.")
class DisputeReferralPayload:
    referral: Referral = strawberry.field(description=NOW)


async def _dispute_referral(info: Info, input: Annotated[DisputeReferralInput, given_as("Which referral.")]) -> Any:
    return await on_referral(info, input, dispute_referral, DisputeReferralPayload, reason=input.reason)


@strawberry.input(description="Give what an open referral discloses a new end.")
class RenewDisclosureInput(ReferralIntent):
    expires_at: datetime = strawberry.field(
        description="The new end of the disclosure packet: later or sooner than the present one, but to come."
    )
    discloses: list[DisclosedField] | None = strawberry.field(
        default=None, description="What the office may see beyond level WORK from now on; without it, as before."
    )


@strawberry.type(description="The office sees by the new packet at once, if it has registered the referral.")
class RenewDisclosurePayload:
    referral: Referral = strawberry.field(description=NOW)


async def _renew_disclosure(info: Info, input: Annotated[RenewDisclosureInput, given_as("The new packet.")]) -> Any:
    fields = None if input.discloses is None else frozenset(input.discloses)
    return await on_referral(
        info, input, renew_disclosure, RenewDisclosurePayload, expires_at=input.expires_at, discloses=fields
    )


@strawberry.type
class ReferralMutations:
    refer_case = intent(
        _refer_case,
        ReferCasePayload,
        "Refer a problem to an office, ask its opinion, inform it, or transfer the case to it."
        f" {case_rule(CaseAction.REFER)}",
    )
    answer_referral_info = intent(
        _answer_info,
        AnswerReferralInfoPayload,
        f"Answer what the office asked. {referral_rule(ReferralAction.ANSWER_INFO)}",
    )
    recall_referral = intent(
        _recall_referral,
        RecallReferralPayload,
        f"Take a referral back before it is accepted. {referral_rule(ReferralAction.RECALL)}",
    )
    renew_disclosure = intent(
        _renew_disclosure,
        RenewDisclosurePayload,
        f"Give what a referral discloses a new end. {referral_rule(ReferralAction.RENEW_DISCLOSURE)}",
    )
    dispute_referral = intent(
        _dispute_referral,
        DisputeReferralPayload,
        f"Dispute what the office reported, while the case is worked on. {referral_rule(ReferralAction.DISPUTE)}",
    )
