"""Mutations that join two cases of one citizen, and part them again."""

from typing import Annotated, Any

import strawberry

from casework.actions.merge_cases import merge_cases
from casework.actions.unmerge_cases import unmerge_cases
from casework.work import Work
from models.action_words import CaseAction
from resolvers.cases import cases_by_ids
from schema.binding import Info
from schema.changing import CaseIntent, CaseRef, carry_out, given_as, intent, on_case
from schema.rules_in_words import case_rule
from schema.types.labour_case import Case


@strawberry.input(description="Merge a case into another one of the same citizen.")
class MergeCasesInput(CaseIntent):
    into: CaseRef = strawberry.field(description="The case in which it goes on.")
    expected_into_version: int = strawberry.field(description="The `version` of that case on which you decided.")


@strawberry.type(description="The merged case has ended; its problems go on in the other one.")
class MergeCasesPayload:
    case: Case = strawberry.field(description="The case that goes on; see its `mergedCases`.")


async def _merge_cases(info: Info, input: Annotated[MergeCasesInput, given_as("Which case into which.")]) -> Any:
    async def act(work: Work) -> int:
        return await merge_cases(
            work,
            source_id=await input.case.find(work, info.context),
            target_id=await input.into.find(work, info.context, "into"),
            expected_version=input.expected_version,
            expected_into_version=input.expected_into_version,
        )

    return await carry_out(info, input, act, look_up=cases_by_ids, payload=lambda row: MergeCasesPayload(case=row))


@strawberry.input(description="Undo a merge. `case` is the one that was merged.")
class UnmergeCasesInput(CaseIntent):
    pass


@strawberry.type(description="The case goes on by itself; what was referred before is referred anew.")
class UnmergeCasesPayload:
    case: Case = strawberry.field(description="The case that was merged, as it stands now.")


async def _unmerge_cases(info: Info, input: Annotated[UnmergeCasesInput, given_as("Which case.")]) -> Any:
    return await on_case(info, input, unmerge_cases, UnmergeCasesPayload)


@strawberry.type
class MergeMutations:
    merge_cases = intent(
        _merge_cases,
        MergeCasesPayload,
        f"Merge a case into another one. For each of the two: {case_rule(CaseAction.MERGE)}",
    )
    unmerge_cases = intent(
        _unmerge_cases,
        UnmergeCasesPayload,
        f"Undo a merge, as long as nothing has changed the other case since. {case_rule(CaseAction.UNMERGE)}"
        " The other case must be one that you may merge.",
    )
