"""Citizens who brought a problem."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from casework.policy.permissions import may_with_citizen
from models.action_words import CitizenAction
from models.vocabulary import AccessLevel, IdentifierKind, Language, Level
from resolvers.access_log import NAME as ACCESS_LOG
from resolvers.access_log import access_logs
from resolvers.cases import OF_CITIZENS
from resolvers.citizens import citizens_by_ids, contacts_of_citizens, records_merged_into
from resolvers.context import Context
from resolvers.disclosures import OF_CITIZENS as OF_CITIZEN_DISCLOSURES
from resolvers.disclosures import disclosures_of_citizens
from resolvers.rows_of_people import CitizenRow, IdentifierRow
from schema.binding import Info, each, linked, noun, plain, worked_out
from schema.ids import identity
from schema.rules_in_words import citizen_rule
from schema.scalars import PhoneNumber
from schema.types.access import Permission, verdict_row
from schema.types.access_log import AccessLogEntryConnection
from schema.types.area import Area, area_of
from schema.types.connection import Connection, pages_of
from schema.types.disclosure import DisclosureConnection
from schema.types.node import Node

if TYPE_CHECKING:
    from schema.types.case_list import CaseConnection


@noun(IdentifierRow, description="A document that identifies a citizen, shown by its last characters.")
class Identifier:
    kind: IdentifierKind = plain("Which document.")
    last_four: str = plain("The last four characters.")


async def _phones(parent: strawberry.Parent[CitizenRow], info: Info) -> list[PhoneNumber] | None:
    phones: list[PhoneNumber] | None = (await each(parent, info.context, contacts_of_citizens)).phones
    return phones


async def _addresses(parent: strawberry.Parent[CitizenRow], info: Info) -> list[str] | None:
    addresses: list[str] | None = (await each(parent, info.context, contacts_of_citizens)).addresses
    return addresses


async def _identifiers(parent: strawberry.Parent[CitizenRow], info: Info) -> list[Identifier] | None:
    identifiers: list[Identifier] | None = (await each(parent, info.context, contacts_of_citizens)).identifiers
    return identifiers


async def _viewer_can(
    parent: strawberry.Parent[CitizenRow],
    info: Info,
    action: Annotated[CitizenAction, strawberry.argument(description="What you would like to do.")],
) -> Any:
    erased, merged = parent.erased_at is not None, parent.merged_into_citizen_id is not None
    verdict = may_with_citizen(info.context.actor(), action, parent.level, erased=erased, merged=merged)
    return verdict_row(verdict, info.context)


def _name(row: CitizenRow, context: Context) -> str:
    if row.erased_at is not None:
        return "(ลบข้อมูลแล้ว)" if context.thai else "(erased)"
    return f"{row.title or ''}{row.given_name} {row.family_name}"


@noun(CitizenRow, description="A citizen. Seen from level WORK of one of the citizen's cases on; contacts need more.")
class Citizen(Node):
    id: strawberry.ID = identity("Citizen")
    name: str = worked_out(_name, "Title, given name and family name; of an erased citizen, that it is.")
    title: str | None = plain("Title, for example นาง.")
    given_name: str = plain("Given name; empty once erased.")
    family_name: str = plain("Family name; empty once erased.")
    language: Language = plain("Language to speak with the citizen.")
    area: Area | None = worked_out(lambda row, context: area_of(row.area_code, context), "Where the citizen lives.")
    registered_at: datetime = plain("When the citizen was registered.")
    erased_at: datetime | None = plain("When the personal data were erased (PDPA); delete what you keep of them.")
    birth_year: int | None = plain("Year of birth in the Christian era; null when nobody asked, and once erased.")
    merged_into: Annotated["Citizen", strawberry.lazy("schema.types.citizen")] | None = linked(
        citizens_by_ids,
        "The other record of the same person, in which this one goes on: use that one.",
        of="merged_into_citizen_id",
    )
    merged_records: list[Annotated["Citizen", strawberry.lazy("schema.types.citizen")]] = linked(
        records_merged_into, "Other records of the same person that were merged into this one."
    )
    version: int = plain("Rises with every change of the citizen's record.")
    phones: list[PhoneNumber] | None = strawberry.field(
        resolver=_phones, description="Needs level FULL or a referral that discloses PHONES; else null."
    )
    addresses: list[str] | None = strawberry.field(
        resolver=_addresses, description="Needs level FULL or a referral that discloses ADDRESSES; else null."
    )
    identifiers: list[Identifier] | None = strawberry.field(
        resolver=_identifiers, description="Needs level FULL or a referral that discloses IDENTIFIERS; else null."
    )
    viewer_can: Permission = strawberry.field(
        resolver=_viewer_can, description="Whether you may do this with the citizen's record."
    )
    viewer_level: AccessLevel = worked_out(
        lambda row, _: AccessLevel(Level(row.level).name), "The highest level at which you see the citizen."
    )
    cases: Annotated["CaseConnection", strawberry.lazy("schema.types.case_list")] = strawberry.field(
        resolver=pages_of(OF_CITIZENS.name, OF_CITIZENS.pages),
        description="The citizen's cases that show you the citizen, last touched first.",
    )
    access_log: AccessLogEntryConnection | None = strawberry.field(
        resolver=pages_of(ACCESS_LOG, access_logs),
        description="Who was shown data of the citizen, the latest first; a look is listed within a second."
        f" Null for others. {citizen_rule(CitizenAction.READ_ACCESS_LOG)}",
    )
    disclosures: DisclosureConnection | None = strawberry.field(
        resolver=pages_of(OF_CITIZEN_DISCLOSURES.name, disclosures_of_citizens),
        description="To which offices referrals disclosed the citizen, the latest first. From level FULL on.",
    )


CitizenConnection = Connection[Citizen]
