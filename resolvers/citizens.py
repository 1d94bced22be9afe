"""Citizens, as far as the actor sees them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, any_, or_, select

from casework.policy.citizens import citizen, citizen_door
from models import CitizenContact, CitizenIdentifier, table_of
from models.vocabulary import ContactKind, Disclosure, Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.rows import CitizenRow, ContactsRow, IdentifierRow

contact, identifier = table_of(CitizenContact), table_of(CitizenIdentifier)


@cache
def _citizens(kind: SeatKind) -> Select[Any]:
    seen = citizen_door(kind)
    own = [citizen.c[name] for name in CitizenRow._fields if name in citizen.c]
    return (
        select(*own, seen.level.label("level"), seen.discloses.label("discloses"))
        .select_from(seen.rows)
        .where(citizen.c.id == any_(IDS), seen.allowed)
    )


async def citizens_by_ids(ids: Sequence[int | None], *, context: Context) -> list[CitizenRow | None]:
    return await look_up(ids, _citizens, CitizenRow._make, context)


@cache
def _contacts(kind: SeatKind) -> Select[Any]:
    """Contacts at level FULL, or those that a referral discloses to the actor's office."""
    seen = citizen_door(kind)
    full = seen.level >= int(Level.FULL)
    shown = or_(
        full,
        and_(contact.c.kind == ContactKind.PHONE, seen.discloses.op("&")(int(Disclosure.PHONES)) != 0),
        and_(contact.c.kind == ContactKind.ADDRESS, seen.discloses.op("&")(int(Disclosure.ADDRESSES)) != 0),
    )
    joined = seen.rows.join(contact, contact.c.citizen_id == citizen.c.id)
    return (
        select(contact.c.citizen_id, contact.c.kind, contact.c.value)
        .select_from(joined)
        .where(citizen.c.id == any_(IDS), seen.allowed, shown)
        .order_by(contact.c.position)
    )


@cache
def _identifiers(kind: SeatKind) -> Select[Any]:
    seen = citizen_door(kind)
    shown = or_(seen.level >= int(Level.FULL), seen.discloses.op("&")(int(Disclosure.IDENTIFIERS)) != 0)
    return (
        select(identifier.c.citizen_id, identifier.c.kind, identifier.c.last_four)
        .select_from(seen.rows.join(identifier, identifier.c.citizen_id == citizen.c.id))
        .where(citizen.c.id == any_(IDS), seen.allowed, shown)
        .order_by(identifier.c.id)
    )


async def contacts_of_citizens(citizens: Sequence[CitizenRow], *, context: Context) -> list[ContactsRow]:
    """Give phones, addresses and identifiers; None, not an empty list, where they are hidden."""
    kind, given = context.actor().kind, {"ids": [row.id for row in citizens]}
    values: dict[tuple[int, ContactKind], list[str]] = defaultdict(list)
    for row in await context.rows(_contacts(kind), given):
        values[row.citizen_id, row.kind].append(row.value)
    documents: dict[int, list[IdentifierRow]] = defaultdict(list)
    for row in await context.rows(_identifiers(kind), given):
        documents[row.citizen_id].append(IdentifierRow(row.kind, row.last_four))
    return [
        ContactsRow(
            phones=values[row.id, ContactKind.PHONE] if _shows(row, Disclosure.PHONES) else None,
            addresses=values[row.id, ContactKind.ADDRESS] if _shows(row, Disclosure.ADDRESSES) else None,
            identifiers=documents[row.id] if _shows(row, Disclosure.IDENTIFIERS) else None,
        )
        for row in citizens
    ]


def _shows(row: CitizenRow, what: Disclosure) -> bool:
    return row.level >= Level.FULL or bool(row.discloses & what)
