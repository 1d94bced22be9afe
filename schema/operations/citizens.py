"""Mutations about citizens."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.register_citizen import Identifier, Person, register_citizen
from casework.work import Work
from models.vocabulary import IdentifierKind, Language
from resolvers.citizens import citizens_by_ids
from schema.binding import Info
from schema.changing import CAPTURED_AT, OPERATION_ID, carry_out
from schema.refusals import Refusals
from schema.scalars import PhoneNumber
from schema.types.citizen import Citizen


@strawberry.input(description="A document that identifies the citizen. Kept encrypted.")
class IdentifierInput:
    kind: IdentifierKind = strawberry.field(description="Which document.")
    number: str = strawberry.field(description="Its number; spaces and hyphens are fine. Check digits are checked.")


@strawberry.input(description="A citizen as known at intake; only the names are needed.")
class RegisterCitizenInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    given_name: str = strawberry.field(description="Given name.")
    family_name: str = strawberry.field(description="Family name.")
    title: str | None = strawberry.field(default=None, description="Title, for example นาง.")
    language: Language = strawberry.field(default=Language.TH, description="Language to speak with the citizen.")
    area: str | None = strawberry.field(default=None, description="Code of the area where the citizen lives.")
    phones: list[PhoneNumber] = strawberry.field(default_factory=list, description="At most 5 phone numbers.")
    addresses: list[str] = strawberry.field(
        default_factory=list, description="At most 5 addresses, without the tambon."
    )
    identifiers: list[IdentifierInput] = strawberry.field(default_factory=list, description="At most 5 documents.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The citizen was registered; you see the record until the first case decides who does.")
class RegisterCitizenPayload:
    citizen: Citizen = strawberry.field(description="The new citizen.")


RegisterCitizenResult = Annotated[
    RegisterCitizenPayload | Refusals,
    strawberry.union("RegisterCitizenResult", description="What `registerCitizen` answers."),
]


async def _register_citizen(
    info: Info, input: Annotated[RegisterCitizenInput, strawberry.argument(description="The citizen.")]
) -> Any:
    async def act(work: Work) -> int:
        person = Person(
            given_name=input.given_name,
            family_name=input.family_name,
            title=input.title,
            language=input.language,
            area_code=input.area,
            phones=input.phones,
            addresses=input.addresses,
            identifiers=[Identifier(document.kind, document.number) for document in input.identifiers],
        )
        return await register_citizen(work, person=person)

    return await carry_out(
        info, input, act, look_up=citizens_by_ids, payload=lambda row: RegisterCitizenPayload(citizen=row)
    )


@strawberry.type
class CitizenMutations:
    register_citizen: RegisterCitizenResult = strawberry.field(
        resolver=_register_citizen, description="Register a citizen. Volunteers, mentors, officers, coordinators."
    )
