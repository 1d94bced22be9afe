"""Mutations about following a case."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import strawberry

from casework.actions.follow_case import follow_case
from casework.actions.unfollow_case import unfollow_case
from casework.work import Work
from models.action_words import CaseAction
from resolvers.cases import cases_by_ids
from schema.binding import Info
from schema.changing import CaseRef, Intent, carry_out, given_as, intent
from schema.rules_in_words import case_rule
from schema.types.labour_case import Case


@strawberry.input(description="Follow a case with your post. It raises no level.")
class FollowCaseInput(Intent):
    case: CaseRef = strawberry.field(description="Which case.")


@strawberry.type(description="Your post follows the case.")
class FollowCasePayload:
    case: Case = strawberry.field(description="The case as you see it.")


@strawberry.input(description="Follow a case no longer.")
class UnfollowCaseInput(Intent):
    case: CaseRef = strawberry.field(description="Which case.")


@strawberry.type(description="Your post does not follow the case.")
class UnfollowCasePayload:
    case: Case = strawberry.field(description="The case as you see it.")


async def _set(info: Info, given: Any, verb: Callable[..., Awaitable[int]], payload: Any) -> Any:
    async def act(work: Work) -> int:
        return await verb(work, case_id=await given.case.find(work, info.context))

    return await carry_out(info, given, act, look_up=cases_by_ids, payload=lambda row: payload(case=row))


async def _follow_case(info: Info, input: Annotated[FollowCaseInput, given_as("Which case.")]) -> Any:
    return await _set(info, input, follow_case, FollowCasePayload)


async def _unfollow_case(info: Info, input: Annotated[UnfollowCaseInput, given_as("Which case.")]) -> Any:
    return await _set(info, input, unfollow_case, UnfollowCasePayload)


@strawberry.type
class FollowMutations:
    follow_case = intent(
        _follow_case,
        FollowCasePayload,
        f"Follow a case; following it already changes nothing. {case_rule(CaseAction.FOLLOW)}",
        versioned=False,
    )
    unfollow_case = intent(
        _unfollow_case,
        UnfollowCasePayload,
        f"Follow a case no longer. {case_rule(CaseAction.FOLLOW)}",
        versioned=False,
    )
