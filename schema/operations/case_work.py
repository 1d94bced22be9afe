"""Mutations about the course of a case: opening it, its steps, its outcomes."""

from datetime import date
from typing import Annotated, Any

import strawberry

from casework.actions.open_case import Intake, open_case
from casework.actions.record_outcome import record_outcome
from casework.actions.update_case_status import update_case_status
from casework.outcomes import Result
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import CaseState, Channel, Outcome, Priority
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from schema.binding import Info
from schema.changing import CaseIntent, CitizenRef, Intent, Intention, answer, case_intention, given_as, intent
from schema.ids import wanted_id
from schema.key_dates import KeyDateInput, key_dates
from schema.operations.tracking import TRACKING_CODE, code_for_viewer
from schema.rules_in_words import case_rule, openers_rule
from schema.scalars import Baht
from schema.types.labour_case import Case

NOW = "The case as it stands now."


@strawberry.input(description="A citizen's labour matter, as told at intake.")
class OpenCaseInput(Intent):
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
    key_dates: list[KeyDateInput] = strawberry.field(
        default_factory=list, description="The days that legal clocks count from, each event once."
    )
    campaign: strawberry.ID | None = strawberry.field(
        default=None, description="Id of the campaign from which the citizen knew of you: an `Activity` that you see."
    )


@strawberry.type(description="The case was opened; you or your office hold it.")
class OpenCasePayload:
    case: Case = strawberry.field(description="The new case.")
    tracking_code: str | None = strawberry.field(description=TRACKING_CODE)


def to_open_case(context: Context, given: OpenCaseInput) -> Intention:
    async def act(work: Work) -> int:
        intake = Intake(
            citizen_id=await given.citizen.find(work, context),
            problem_type_codes=given.problem_types,
            area_code=given.area,
            narrative=given.narrative,
            channel=given.channel,
            priority=given.priority,
            title=given.title,
            workplace_area_code=given.workplace_area,
            workplace_name=given.workplace_name,
            key_dates=key_dates(given.key_dates, "input", "keyDates"),
            campaign_id=_campaign_id(context, given.campaign),
        )
        return await open_case(work, intake=intake)

    def payload(row: Any) -> OpenCasePayload:
        return OpenCasePayload(case=row, tracking_code=code_for_viewer(row, context))

    return Intention("openCase", given, act, cases_by_ids, payload)


def _campaign_id(context: Context, given: strawberry.ID | None) -> int | None:
    return None if given is None else wanted_id(context, "Activity", given, "input", "campaign")


async def _open_case(info: Info, input: Annotated[OpenCaseInput, given_as("The matter.")]) -> Any:
    return await answer(info, to_open_case(info.context, input))


@strawberry.input(description="A step of a case's state machine.")
class UpdateCaseStatusInput(CaseIntent):
    state: CaseState = strawberry.field(description="The state it goes to.")
    review_on: date | None = strawberry.field(
        default=None, description="For WAITING_CITIZEN and WAITING_AGENCY: the coming day on which you look again."
    )
    reason: str | None = strawberry.field(default=None, description="For WITHDRAWN and OUT_OF_SCOPE: why.")


@strawberry.type(description="The case is in its new state.")
class UpdateCaseStatusPayload:
    case: Case = strawberry.field(description=NOW)


def to_update_case_status(context: Context, given: UpdateCaseStatusInput) -> Intention:
    return case_intention(
        "updateCaseStatus",
        context,
        given,
        update_case_status,
        UpdateCaseStatusPayload,
        state=given.state,
        review_on=given.review_on,
        reason=given.reason,
    )


async def _update_case_status(info: Info, input: Annotated[UpdateCaseStatusInput, given_as("The step.")]) -> Any:
    return await answer(info, to_update_case_status(info.context, input))


@strawberry.input(description="What came of a problem of a case.")
class RecordOutcomeInput(CaseIntent):
    problem_type: str = strawberry.field(description="Code of the problem; one of the case's.")
    outcome: Outcome = strawberry.field(description="What came of it, in place of an earlier outcome.")
    amount_claimed: Baht | None = strawberry.field(default=None, description="What the citizen claimed, in baht.")
    amount_recovered: Baht | None = strawberry.field(default=None, description="What the citizen got, in baht.")


@strawberry.type(description="The outcome is recorded.")
class RecordOutcomePayload:
    case: Case = strawberry.field(description=NOW)


def to_record_outcome(context: Context, given: RecordOutcomeInput) -> Intention:
    return case_intention(
        "recordOutcome",
        context,
        given,
        record_outcome,
        RecordOutcomePayload,
        problem_type_code=given.problem_type,
        result=Result(given.outcome, given.amount_claimed, given.amount_recovered),
    )


async def _record_outcome(info: Info, input: Annotated[RecordOutcomeInput, given_as("The outcome.")]) -> Any:
    return await answer(info, to_record_outcome(info.context, input))


@strawberry.type
class CaseMutations:
    open_case = intent(_open_case, OpenCasePayload, f"Open a case for a citizen. {openers_rule()}", versioned=False)
    update_case_status = intent(
        _update_case_status,
        UpdateCaseStatusPayload,
        f"Move a case along its states. {case_rule(CaseAction.UPDATE_STATUS)}"
        f" To WITHDRAWN and OUT_OF_SCOPE: {case_rule(CaseAction.END)}",
    )
    record_outcome = intent(
        _record_outcome,
        RecordOutcomePayload,
        f"Record what came of a problem. {case_rule(CaseAction.RECORD_OUTCOME)}",
    )
