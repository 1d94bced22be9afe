"""Mutations: intents carried out at most once, answered with the changed node or a refusal as data."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any
from uuid import UUID

import strawberry

from casework import operations
from casework.errors import Refusal, RefusalCode
from casework.work import Work
from resolvers.changes import change
from resolvers.context import Context
from schema.binding import Info
from schema.ids import wanted_id
from schema.refusals import as_data

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

    async def find(self, work: Work, context: Context) -> int:
        if isinstance(self.opened_by, UUID):
            return await operations.result_of(work, "openCase", self.opened_by, "input", "case", "openedBy")
        return wanted_id(context, "Case", str(self.id), "input", "case", "id")


@strawberry.input(one_of=True, description="A citizen: by id, or by the operationId with which you registered them.")
class CitizenRef:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Id of the citizen.")
    registered_by: UUID | None = strawberry.field(
        default=strawberry.UNSET, description="The operationId of your own `registerCitizen`."
    )

    async def find(self, work: Work, context: Context) -> int:
        if isinstance(self.registered_by, UUID):
            return await operations.result_of(
                work, "registerCitizen", self.registered_by, "input", "citizen", "registeredBy"
            )
        return wanted_id(context, "Citizen", str(self.id), "input", "citizen", "id")


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
    return value is None or value is strawberry.UNSET or value == default


async def carry_out(
    info: Info,
    given: Any,
    act: Callable[[Work], Awaitable[int]],
    *,
    look_up: LookUp,
    payload: Callable[[Any], Any],
) -> Any:
    """Run an action under the input's operation id and answer with what it changed, as the viewer now sees it."""
    context = info.context
    try:
        result = await change(
            context,
            info.field_name,
            operation_id=given.operation_id,
            given=_told(given),
            act=act,
            captured_at=getattr(given, "captured_at", None),
        )
        await context.refresh()
    except Refusal as refused:
        await context.refresh()
        return await as_data(refused, context)
    (row,) = await look_up([result], context=context)
    return await as_data(Refusal(RefusalCode.NOT_FOUND), context) if row is None else payload(row)
