"""Refusals as data: one type for each family, all with a code, a sentence and the path to the refused value."""

from typing import Annotated, Any

import strawberry

from casework.errors import Refusal as Refused
from casework.errors import RefusalCode
from casework.refusal_kinds import RefusalKind, kind_of
from casework.versions import Versioned as Versions
from resolvers.activities import activities_by_ids
from resolvers.cases import cases_by_ids
from resolvers.citizens import citizens_by_ids
from resolvers.context import Context
from resolvers.incidents import incidents_by_ids
from resolvers.referrals import referrals_by_ids
from resolvers.seats import seats_by_ids
from resolvers.webhooks import webhooks_by_ids
from schema.types.activity import Activity
from schema.types.citizen import Citizen
from schema.types.incident import Incident
from schema.types.labour_case import Case
from schema.types.referral import Referral
from schema.types.seat import Mentor, StaffSeat, Volunteer
from schema.types.webhook import Webhook

_CODE = "Stable; decide by it."
_MESSAGE = "A sentence that says what to do next, in the language you accept (Thai unless you ask for English)."
_PATH = 'Leads to the refused value, for example ["input", "phones", "0"]; empty when it is about the whole.'


@strawberry.interface(description="Why something was not done. Nothing was changed.")
class Refusal:
    code: RefusalCode = strawberry.field(description=_CODE)
    message: str = strawberry.field(description=_MESSAGE)
    path: list[str] = strawberry.field(description=_PATH)


@strawberry.type(description="A value cannot be accepted; `path` names it.")
class InvalidInput(Refusal):
    pass


@strawberry.type(description="There is no such thing, or you may not know of it.")
class NotFound(Refusal):
    pass


@strawberry.type(description="You may not do this, or you are not signed in.")
class NotPermitted(Refusal):
    pass


@strawberry.type(description="The state of things does not allow it.")
class NotPossible(Refusal):
    pass


@strawberry.type(description="The operationId was used for something else.")
class OperationReused(Refusal):
    pass


Versioned = Annotated[
    Case | Referral | Citizen | Volunteer | Mentor | StaffSeat | Incident | Webhook | Activity,
    strawberry.union("Versioned", description="Whatever carries a version that mutations expect."),
]


@strawberry.type(description="Somebody changed it since you read it.")
class VersionConflict(Refusal):
    current: Versioned | None = strawberry.field(description="How it stands now; decide again and use its version.")


Refusals = InvalidInput | NotFound | NotPermitted | NotPossible | OperationReused
"""What every mutation may answer; those that expect a version may also answer `VersionConflict`."""

_LOOK_UPS: dict[Versions, Any] = {
    Versions.CASE: cases_by_ids,
    Versions.REFERRAL: referrals_by_ids,
    Versions.CITIZEN: citizens_by_ids,
    Versions.SEAT: seats_by_ids,
    Versions.INCIDENT: incidents_by_ids,
    Versions.WEBHOOK: webhooks_by_ids,
    Versions.ACTIVITY: activities_by_ids,
}
_TYPES: dict[RefusalKind, Any] = {
    RefusalKind.INVALID_INPUT: InvalidInput,
    RefusalKind.NOT_FOUND: NotFound,
    RefusalKind.NOT_PERMITTED: NotPermitted,
    RefusalKind.NOT_POSSIBLE: NotPossible,
    RefusalKind.OPERATION_REUSED: OperationReused,
}


async def as_data(refused: Refused, context: Context) -> Any:
    """Give a refusal as a member of the mutation's union."""
    about: dict[str, Any] = {
        "code": refused.code,
        "message": refused.sentence(thai=context.thai),
        "path": list(refused.path),
    }
    family = kind_of(refused.code)
    if family is RefusalKind.VERSION_CONFLICT and refused.subject is not None:
        kind, number = refused.subject
        (about["current"],) = await _LOOK_UPS[kind]([number], context=context)
        return VersionConflict(**about)
    return _TYPES[family](**about)
