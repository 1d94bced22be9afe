"""Mutations: intents carried out at most once, answered with the changed node or a refusal as data."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import strawberry

from casework import operations
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from resolvers.cases import cases_by_ids
from resolvers.changes import change
from resolvers.context import Context
from resolvers.referrals import referrals_by_ids
from schema.binding import Info
from schema.ids import wanted_id
from schema.refusals import Refusals, VersionConflict, as_data

OPERATION_ID = "Made by you, one for each intent. Sending the same again answers the same and changes nothing more."
CAPTURED_AT = "When it happened on the phone, if that was earlier than now."
EXPECTED_VERSION = "The `version` you decided on; if it has changed since, you get a VersionConflict."

LookUp = Callable[..., Awaitable[Sequence[Any]]]


@strawberry.input(one_of=True, description="A case: by its id, or by the operationId with which you opened it.")
class CaseRef:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of the case.")
    opened_by: UUID | None = strawberry.field(
        default=strawberry.UNSET, description="The operationId of your own `openCase`."
    )

    async def find(self, work: Work, context: Context, name: str = "case") -> int:
        """Give the case's row id; `name` is that of the input's field."""
        if isinstance(self.opened_by, UUID):
            return await operations.result_of(work, "openCase", self.opened_by, "input", name, "openedBy")
        return wanted_id(context, "Case", str(self.id), "input", name, "id")


@strawberry.input(one_of=True, description="A citizen: by id, or by the operationId with which you registered them.")
class CitizenRef:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of the citizen.")
    registered_by: UUID | None = strawberry.field(
        default=strawberry.UNSET, description="The operationId of your own `registerCitizen`."
    )

    async def find(self, work: Work, context: Context, name: str = "citizen") -> int:
        """Give the citizen's row id; `name` is that of the input's field."""
        if isinstance(self.registered_by, UUID):
            return await operations.result_of(
                work, "registerCitizen", self.registered_by, "input", name, "registeredBy"
            )
        return wanted_id(context, "Citizen", str(self.id), "input", name, "id")


@strawberry.input(one_of=True, description="An office: by its id or by its code.")
class OfficeRef:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of the office.")
    code: str | None = strawberry.field(default=strawberry.UNSET, description="Code, for example DLPW-43.")

    def find(self, context: Context, *path: str) -> int:
        if isinstance(self.code, str):
            office = context.reference.offices_by_code.get(self.code)
            if office is None:
                raise Refusal(RefusalCode.NOT_FOUND, *path)
            return office.id
        return wanted_id(context, "Office", str(self.id), *path)


@strawberry.input(description="An intent.")
class Intent:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.input(description="An intent that changes a case.")
class CaseIntent(Intent):
    case: CaseRef = strawberry.field(description="Which case.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


@strawberry.input(description="An intent that changes a referral.")
class ReferralIntent(Intent):
    referral: strawberry.ID = strawberry.field(description="Id of the referral.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)


def given_as(description: str) -> Any:
    """Describe the one argument of a mutation."""
    return strawberry.argument(description=description)


def intent(resolver: Callable[..., Any], payload: type, description: str, *, versioned: bool = True) -> Any:
    """Declare a mutation: its result is the payload or a refusal, a version conflict among them."""
    name = payload.__name__.removesuffix("Payload")
    mutation = name[0].lower() + name[1:]
    members = payload | VersionConflict | Refusals if versioned else payload | Refusals
    union = strawberry.union(f"{name}Result", description=f"What `{mutation}` answers.")
    result = Annotated[members, union]  # type: ignore[valid-type]  # a type made for Strawberry, not for mypy
    return strawberry.field(resolver=resolver, graphql_type=result, description=description)


def _told(given: Any) -> Any:
    """Give what the client told, without what it left out: a later optional field must not make a replay look new."""
    if isinstance(given, list):
        return [_told(item) for item in given]
    if not hasattr(given, "__dataclass_fields__"):
        return given
    values = {field: getattr(given, field.name) for field in fields(given)}
    return {field.name: _told(value) for field, value in values.items() if not _is_left_out(field, value)}


def _is_left_out(field: "Field[Any]", value: Any) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return value is strawberry.UNSET or value == default


class Intention(NamedTuple):
    """What an input asks for: the verb's name, how it is done, and how its result is found and shown."""

    name: str
    given: Any
    act: Callable[[Work], Awaitable[int]]
    look_up: LookUp
    payload: Callable[[Any], Any]

    @property
    def told(self) -> Any:
        return _told(self.given)


async def answer(info: Info, intention: Intention) -> Any:
    """Do it under the input's operation id and answer with what it changed, as the viewer now sees it."""
    context, given = info.context, intention.given
    try:
        result = await change(
            context,
            intention.name,
            operation_id=given.operation_id,
            given=intention.told,
            act=intention.act,
            captured_at=getattr(given, "captured_at", None),
        )
        await context.refresh()
    except Refusal as refused:
        await context.refresh()
        return await as_data(refused, context)
    (row,) = await intention.look_up([result], context=context)
    return await as_data(Refusal(RefusalCode.NOT_FOUND), context) if row is None else intention.payload(row)


async def carry_out(
    info: Info,
    given: Any,
    act: Callable[[Work], Awaitable[int]],
    *,
    look_up: LookUp,
    payload: Callable[[Any], Any],
) -> Any:
    """Run an action under the input's operation id and answer with what it changed, as the viewer now sees it."""
    return await answer(info, Intention(info.field_name, given, act, look_up, payload))


def case_intention(
    name: str, context: Context, given: Any, verb: Callable[..., Awaitable[int]], payload: Any, **more: Any
) -> Intention:
    """Ask for one of the verbs that take a case and its version, and answer with the case."""

    async def act(work: Work) -> int:
        case_id = await given.case.find(work, context)
        return await verb(work, case_id=case_id, expected_version=given.expected_version, **more)

    return Intention(name, given, act, cases_by_ids, lambda row: payload(case=row))


async def on_case(info: Info, given: Any, verb: Callable[..., Awaitable[int]], payload: Any, **more: Any) -> Any:
    """Run one of the verbs that take a case and its version, and answer with the case."""
    return await answer(info, case_intention(info.field_name, info.context, given, verb, payload, **more))


async def on_referral(info: Info, given: Any, verb: Callable[..., Awaitable[int]], payload: Any, **more: Any) -> Any:
    """Run one of the verbs that take a referral and its version, and answer with the referral."""

    async def act(work: Work) -> int:
        referral_id = wanted_id(info.context, "Referral", given.referral, "input", "referral")
        return await verb(work, referral_id=referral_id, expected_version=given.expected_version, **more)

    return await carry_out(info, given, act, look_up=referrals_by_ids, payload=lambda row: payload(referral=row))
