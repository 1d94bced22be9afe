"""Other parties of a case."""

from datetime import datetime
from typing import Any

import strawberry

from models.vocabulary import PartyKind
from resolvers.parties import contacts_of_parties
from resolvers.rows_of_people import PartyRow
from schema.binding import Info, each, noun, plain, worked_out
from schema.ids import identity
from schema.scalars import PhoneNumber
from schema.types.area import Area, area_of
from schema.types.node import Node


async def _phones(parent: strawberry.Parent[PartyRow], info: Info) -> list[PhoneNumber] | None:
    phones: list[PhoneNumber] | None = (await each(parent, info.context, contacts_of_parties)).phones
    return phones


async def _addresses(parent: strawberry.Parent[PartyRow], info: Info) -> list[str] | None:
    addresses: Any = (await each(parent, info.context, contacts_of_parties)).addresses
    found: list[str] | None = addresses
    return found


async def _bank_accounts(parent: strawberry.Parent[PartyRow], info: Info) -> list[str] | None:
    accounts: list[str] | None = (await each(parent, info.context, contacts_of_parties)).bank_accounts
    return accounts


@noun(PartyRow, description="Somebody else whom a case concerns. Seen from level WORK on; contacts need FULL.")
class Party(Node):
    id: strawberry.ID = identity("Party")
    kind: PartyKind = plain("What the party has to do with the case.")
    name: str = plain("Name of the person or firm.")
    area: Area | None = worked_out(lambda row, context: area_of(row.area_code, context), "Where the party is.")
    phones: list[PhoneNumber] | None = strawberry.field(resolver=_phones, description="From level FULL on.")
    addresses: list[str] | None = strawberry.field(resolver=_addresses, description="From level FULL on.")
    bank_accounts: list[str] | None = strawberry.field(
        resolver=_bank_accounts, description="Their numbers, digits alone. From level FULL on."
    )
    added_at: datetime = plain("When it was named.")
