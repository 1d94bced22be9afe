"""Mutations about citizens."""

from typing import Annotated, Any

import strawberry

from casework.actions.register_citizen import Person, register_citizen
from casework.actions.update_citizen import UNCHANGED, Correction, ShownIdentifier, update_citizen
from casework.citizen_records import Identifier
from casework.work import Work
from models.action_words import CitizenAction
from models.vocabulary import IdentifierKind, Language
from resolvers.citizens import citizens_by_ids
from resolvers.context import Context
from schema.binding import Info
from schema.changing import EXPECTED_VERSION, CitizenRef, Intent, Intention, answer, carry_out, given_as, intent
from schema.rules_in_words import citizen_rule, openers_rule
from schema.scalars import PhoneNumber
from schema.types.citizen import Citizen

BIRTH_YEAR = "Year of birth in the Christian era, for example 1980; if the person knows it."


@strawberry.input(description="A document that identifies the citizen. Kept encrypted.")
class IdentifierInput:
    kind: IdentifierKind = strawberry.field(description="Which document.")
    number: str = strawberry.field(description="Its number; spaces and hyphens are fine. Check digits are checked.")


@strawberry.input(description="A citizen as known at intake; only the names are needed.")
class RegisterCitizenInput(Intent):
    given_name: str = strawberry.field(description="Given name.")
    family_name: str = strawberry.field(description="Family name.")
    title: str | None = strawberry.field(default=None, description="Title, for example นาง.")
    language: Language = strawberry.field(default=Language.TH, description="Language to speak with the citizen.")
    area: str | None = strawberry.field(default=None, description="Code of the area where the citizen lives.")
    birth_year: int | None = strawberry.field(default=None, description=BIRTH_YEAR)
    phones: list[PhoneNumber] = strawberry.field(default_factory=list, description="At most 5 phone numbers.")
    addresses: list[str] = strawberry.field(
        default_factory=list, description="At most 5 addresses, without the tambon."
    )
    identifiers: list[IdentifierInput] = strawberry.field(default_factory=list, description="At most 5 documents.")


@strawberry.type(description="The citizen was registered; you see the record until the first case decides who does.")
class RegisterCitizenPayload:
    citizen: Citizen = strawberry.field(description="The new citizen.")


def to_register_citizen(_context: Context, given: RegisterCitizenInput) -> Intention:
    async def act(work: Work) -> int:
        person = Person(
            given_name=given.given_name,
            family_name=given.family_name,
            title=given.title,
            language=given.language,
            area_code=given.area,
            birth_year=given.birth_year,
            phones=given.phones,
            addresses=given.addresses,
            identifiers=_identifiers(given.identifiers),
        )
        return await register_citizen(work, person=person)

    return Intention("registerCitizen", given, act, citizens_by_ids, lambda row: RegisterCitizenPayload(citizen=row))


async def _register_citizen(info: Info, input: Annotated[RegisterCitizenInput, given_as("The citizen.")]) -> Any:
    return await answer(info, to_register_citizen(info.context, input))


@strawberry.input(description="A document as it is shown.")
class ShownIdentifierInput:
    kind: IdentifierKind = strawberry.field(description="Which document.")
    last_four: str = strawberry.field(description="Its last four characters.")


@strawberry.input(description="What changes in a citizen's record; what you leave out stays as it is.")
class UpdateCitizenInput(Intent):
    citizen: CitizenRef = strawberry.field(description="Which citizen.")
    expected_version: int = strawberry.field(description=EXPECTED_VERSION)
    given_name: str | None = strawberry.field(default=None, description="Given name.")
    family_name: str | None = strawberry.field(default=None, description="Family name.")
    title: str | None = strawberry.field(default=strawberry.UNSET, description="Title; null takes it away.")
    language: Language | None = strawberry.field(default=None, description="Language to speak with the citizen.")
    area: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code of the area where the citizen lives; null takes it away."
    )
    birth_year: int | None = strawberry.field(
        default=strawberry.UNSET, description="Year of birth in the Christian era; null takes it away."
    )
    phones: list[PhoneNumber] | None = strawberry.field(
        default=None, description="All phone numbers, in place of those before; at most 5."
    )
    addresses: list[str] | None = strawberry.field(
        default=None, description="All addresses, in place of those before; at most 5."
    )
    add_identifiers: list[IdentifierInput] = strawberry.field(
        default_factory=list, description="Documents to add; the record has at most 5."
    )
    remove_identifiers: list[ShownIdentifierInput] = strawberry.field(
        default_factory=list, description="Documents to take away."
    )


@strawberry.type(description="The record is corrected.")
class UpdateCitizenPayload:
    citizen: Citizen = strawberry.field(description="The citizen as the record stands now.")


async def _update_citizen(info: Info, input: Annotated[UpdateCitizenInput, given_as("The correction.")]) -> Any:
    async def act(work: Work) -> int:
        correction = Correction(
            given_name=input.given_name,
            family_name=input.family_name,
            title=UNCHANGED if input.title is strawberry.UNSET else input.title,
            language=input.language,
            area_code=UNCHANGED if input.area is strawberry.UNSET else input.area,
            birth_year=UNCHANGED if input.birth_year is strawberry.UNSET else input.birth_year,
            phones=input.phones,
            addresses=input.addresses,
            added=_identifiers(input.add_identifiers),
            removed=[ShownIdentifier(shown.kind, shown.last_four) for shown in input.remove_identifiers],
        )
        citizen_id = await input.citizen.find(work, info.context)
        return await update_citizen(
            work, citizen_id=citizen_id, expected_version=input.expected_version, correction=correction
        )

    return await carry_out(
        info, input, act, look_up=citizens_by_ids, payload=lambda row: UpdateCitizenPayload(citizen=row)
    )


def _identifiers(given: list[IdentifierInput]) -> list[Identifier]:
    return [Identifier(document.kind, document.number) for document in given]


@strawberry.type
class CitizenMutations:
    register_citizen = intent(
        _register_citizen, RegisterCitizenPayload, f"Register a citizen. {openers_rule()}", versioned=False
    )
    update_citizen = intent(
        _update_citizen,
        UpdateCitizenPayload,
        f"Correct a citizen's record. {citizen_rule(CitizenAction.UPDATE)}",
    )
