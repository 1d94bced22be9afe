"""The citizen's own window: the status of a case for its tracking code, and new codes."""

from typing import Annotated, Any

import strawberry

from casework.actions.renew_tracking_code import renew_tracking_code
from casework.policy.permissions import may
from casework.tracking import tracking_code
from models.action_words import CaseAction
from resolvers.case_status import status_by_code
from resolvers.context import Context
from resolvers.rows import CaseRow
from schema.binding import Info
from schema.changing import CaseIntent, given_as, intent, on_case
from schema.rules_in_words import case_rule
from schema.types.case_status import CaseStatus
from schema.types.labour_case import Case

TRACKING_CODE = (
    "What the citizen asks `caseStatus` with; read it out or write it down, it is kept nowhere."
    " Null when you may not renew it any more."
)


def code_for_viewer(row: CaseRow, context: Context) -> str | None:
    """Give the code to whoever may renew it, as the viewer stands to the case now."""
    if row.tracking_generation is None or may(context.actor(), CaseAction.RENEW_TRACKING_CODE, row).refusal is not None:
        return None
    return tracking_code(context.keys, row.id, row.tracking_generation)


async def _case_status(
    info: Info,
    reference: Annotated[
        str, strawberry.argument(description="As read out: Thai digits, spaces and missing hyphens are fine.")
    ],
    tracking_code: Annotated[
        str, strawberry.argument(description="As read out: small letters, spaces, O for 0 and I for 1 are fine.")
    ],
) -> Any:
    return await status_by_code(info.context, reference, tracking_code)


@strawberry.input(description="Give the citizen a new tracking code, because the old one was lost or overheard.")
class RenewTrackingCodeInput(CaseIntent):
    pass


@strawberry.type(description="The code before opens nothing any more.")
class RenewTrackingCodePayload:
    case: Case = strawberry.field(description="The case as it stands now.")
    tracking_code: str | None = strawberry.field(description=TRACKING_CODE)


async def _renew(info: Info, input: Annotated[RenewTrackingCodeInput, given_as("Which case.")]) -> Any:
    def payload(case: Any) -> RenewTrackingCodePayload:
        return RenewTrackingCodePayload(case=case, tracking_code=code_for_viewer(case, info.context))

    return await on_case(info, input, renew_tracking_code, payload)


@strawberry.type
class TrackingQueries:
    case_status: CaseStatus | None = strawberry.field(
        resolver=_case_status,
        description="How a case stands, for the citizen. Public. A wrong reference, a wrong code and a code that was"
        " renewed all answer null. Too many questions are an error, RATE_LIMITED, with `retryAfter` in seconds.",
    )


@strawberry.type
class TrackingMutations:
    renew_tracking_code = intent(
        _renew,
        RenewTrackingCodePayload,
        f"Give the citizen a new tracking code. {case_rule(CaseAction.RENEW_TRACKING_CODE)}",
    )
