"""The query that asks whether somebody at intake is known already."""

from typing import Annotated, Any

import strawberry

from casework import citizen_records as records
from casework.citizen_records import Identifier
from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.rules.names import Name
from resolvers.matching import MOST_AN_HOUR, Wanted, match_citizens
from schema.binding import Info
from schema.codes import known_area
from schema.operations.citizens import BIRTH_YEAR, IdentifierInput
from schema.rules_in_words import openers_rule
from schema.scalars import PhoneNumber
from schema.types.match import CitizenMatches


@strawberry.input(description="What the person at intake told: both names, or a phone number, or a document.")
class MatchCitizensInput:
    given_name: str | None = strawberry.field(default=None, description="Given name; goes with the family name.")
    family_name: str | None = strawberry.field(default=None, description="Family name; goes with the given name.")
    area: str | None = strawberry.field(default=None, description="Code of the area where the person lives.")
    birth_year: int | None = strawberry.field(default=None, description=BIRTH_YEAR)
    phones: list[PhoneNumber] = strawberry.field(default_factory=list, description="At most 5 phone numbers.")
    identifiers: list[IdentifierInput] = strawberry.field(default_factory=list, description="At most 5 documents.")


async def _match(
    info: Info, input: Annotated[MatchCitizensInput, strawberry.argument(description="What the person told.")]
) -> Any:
    context = info.context
    context.actor()
    wanted = Wanted(
        name=_name(input),
        phones=records.canonical_phones(input.phones),
        identifiers=records.canonical_identifiers([Identifier(i.kind, i.number) for i in input.identifiers]),
        area_code=known_area(context, input.area, "input", "area"),
        birth_year=people.check_birth_year(input.birth_year, "input", "birthYear", now=context.now),
    )
    if wanted.name is None and not wanted.phones and not wanted.identifiers:
        raise Refusal(RefusalCode.NOTHING_TO_MATCH, "input")
    return await match_citizens(context, wanted)


def _name(told: MatchCitizensInput) -> Name | None:
    """Give both names, or none: half a name finds half a village."""
    if told.given_name is None and told.family_name is None:
        return None
    given, family = told.given_name or "", told.family_name or ""
    return Name(texts.clean_line(given, "input", "givenName"), texts.clean_line(family, "input", "familyName"))


@strawberry.type
class MatchQueries:
    match_citizens: CitizenMatches | None = strawberry.field(
        resolver=_match,
        description=f"Is this person known already? Ask before you register. {openers_rule()}"
        f" An account may ask {MOST_AN_HOUR} times in an hour; more is an error, RATE_LIMITED, with `retryAfter`.",
    )
