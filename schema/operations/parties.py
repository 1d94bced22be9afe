"""Mutations about other parties of a case."""

from typing import Annotated, Any

import strawberry

from casework.actions.add_party import Party as NewParty
from casework.actions.add_party import add_party
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import PartyKind
from resolvers.parties import parties_by_ids
from schema.binding import Info
from schema.changing import CaseRef, Intent, carry_out, given_as, intent
from schema.rules_in_words import case_rule
from schema.scalars import PhoneNumber
from schema.types.party import Party


@strawberry.input(description="Another party of a case. It takes and raises no version: several may add at once.")
class AddPartyInput(Intent):
    case: CaseRef = strawberry.field(description="Which case.")
    kind: PartyKind = strawberry.field(description="What the party has to do with it.")
    name: str = strawberry.field(description="Name of the person or firm; at most 300 characters.")
    area: str | None = strawberry.field(default=None, description="Code of the area where the party is.")
    phones: list[PhoneNumber] = strawberry.field(default_factory=list, description="At most 5 phone numbers.")
    addresses: list[str] = strawberry.field(default_factory=list, description="At most 5 addresses.")
    bank_accounts: list[str] = strawberry.field(
        default_factory=list, description="At most 5 numbers of bank accounts, 10 to 15 digits each."
    )


@strawberry.type(description="The party was named.")
class AddPartyPayload:
    party: Party = strawberry.field(description="The new party.")


async def _add_party(info: Info, input: Annotated[AddPartyInput, given_as("The party.")]) -> Any:
    async def act(work: Work) -> int:
        party = NewParty(
            kind=input.kind,
            name=input.name,
            area_code=input.area,
            phones=input.phones,
            addresses=input.addresses,
            bank_accounts=input.bank_accounts,
        )
        return await add_party(work, case_id=await input.case.find(work, info.context), party=party)

    return await carry_out(info, input, act, look_up=parties_by_ids, payload=lambda row: AddPartyPayload(party=row))


@strawberry.type
class PartyMutations:
    add_party = intent(
        _add_party,
        AddPartyPayload,
        f"Name an employer, recruiter, witness, heir or representative. {case_rule(CaseAction.ADD_PARTY)}",
        versioned=False,
    )
