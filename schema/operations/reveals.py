"""Mutations that show what is otherwise hidden from everybody."""

from typing import Annotated, Any

import strawberry

from casework.actions.reveal_identifier import reveal_identifier
from casework.actions.update_citizen import ShownIdentifier
from casework.work import Work
from models.action_words import CitizenAction
from models.vocabulary import IdentifierKind
from resolvers.reveals import reveals_by_ids
from schema.binding import Info
from schema.changing import CitizenRef, Intent, carry_out, given_as, intent
from schema.operations.citizens import ShownIdentifierInput
from schema.rules_in_words import citizen_rule
from schema.types.citizen import Citizen


@strawberry.input(description="Show the whole number of a citizen's document. It is recorded who asked and why.")
class RevealIdentifierInput(Intent):
    citizen: CitizenRef = strawberry.field(description="Whose document.")
    identifier: ShownIdentifierInput = strawberry.field(description="Which one, as `Citizen.identifiers` shows it.")
    reason: str = strawberry.field(description="What the number is needed for; at most 10000 characters.")


@strawberry.type(description="The number, for this once: do not keep it.")
class RevealIdentifierPayload:
    kind: IdentifierKind = strawberry.field(description="Which document.")
    number: str = strawberry.field(description="Its whole number, without spaces and hyphens.")
    citizen: Citizen = strawberry.field(description="Whose document it is.")


async def _reveal(info: Info, input: Annotated[RevealIdentifierInput, given_as("Which document, and why.")]) -> Any:
    async def act(work: Work) -> int:
        shown = ShownIdentifier(input.identifier.kind, input.identifier.last_four)
        citizen_id = await input.citizen.find(work, info.context)
        return await reveal_identifier(work, citizen_id=citizen_id, shown=shown, reason=input.reason)

    return await carry_out(
        info, input, act, look_up=reveals_by_ids, payload=lambda row: RevealIdentifierPayload(**row._asdict())
    )


@strawberry.type
class RevealMutations:
    reveal_identifier = intent(
        _reveal,
        RevealIdentifierPayload,
        f"Show the whole number of a document. {citizen_rule(CitizenAction.REVEAL_IDENTIFIER)}"
        " Sent again, it shows the number only while you still see the citizen at that level.",
        versioned=False,
    )
