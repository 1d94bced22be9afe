"""Other parties of cases, and how to reach them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, select

from casework.policy.visibility import door, the_case
from models import CaseParty, PartyContact, table_of
from models.incident_words import PartyContactKind
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.looks import showing
from resolvers.rows import CaseRow
from resolvers.rows_of_people import PartyContactsRow, PartyRow

party, contact = table_of(CaseParty), table_of(PartyContact)
_OWN = tuple(name for name in PartyRow._fields if name in party.c)


@cache
def _parties(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = *(party.c[name] for name in _OWN), the_case.c.citizen_id, seen.level.label("level")
    rows = select(*columns).select_from(seen.rows.join(party, party.c.case_id == the_case.c.id))
    return showing(rows.where(seen.allowed, seen.level >= int(Level.WORK)))


@cache
def _of_cases(kind: SeatKind) -> Select[Any]:
    return _parties(kind).where(the_case.c.id == any_(IDS)).order_by(party.c.added_at, party.c.id)


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _parties(kind).where(party.c.id == any_(IDS))


async def parties_of_cases(cases: Sequence[CaseRow], *, context: Context) -> list[list[PartyRow] | None]:
    """Give each case's other parties, the first named first; None where the level hides them."""
    ids = [case.id for case in cases if case.level >= Level.WORK]
    rows = await context.rows(_of_cases(context.actor().kind), {"ids": ids}) if ids else []
    grouped: dict[int, list[PartyRow]] = defaultdict(list)
    for row in rows:
        grouped[row.case_id].append(PartyRow._make(row))
    return [grouped[case.id] if case.level >= Level.WORK else None for case in cases]


async def parties_by_ids(ids: Sequence[int | None], *, context: Context) -> list[PartyRow | None]:
    return await look_up(ids, _by_ids, PartyRow._make, context)


@cache
def _contacts(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    joined = seen.rows.join(party, party.c.case_id == the_case.c.id).join(contact, contact.c.party_id == party.c.id)
    whose = party.c.case_id, the_case.c.citizen_id, seen.level.label("level")
    rows = select(contact.c.party_id, contact.c.kind, contact.c.value, *whose).select_from(joined)
    chosen = rows.where(seen.allowed, seen.level >= int(Level.FULL), party.c.id == any_(IDS))
    return showing(chosen.order_by(contact.c.position))


async def contacts_of_parties(parties: Sequence[PartyRow], *, context: Context) -> list[PartyContactsRow]:
    """Give phones, addresses and bank accounts, where level FULL shows them."""
    ids = [row.id for row in parties if row.level >= Level.FULL]
    rows = await context.rows(_contacts(context.actor().kind), {"ids": ids}) if ids else []
    values: dict[tuple[int, PartyContactKind], list[str]] = defaultdict(list)
    for row in rows:
        values[row.party_id, row.kind].append(row.value)
    return [
        PartyContactsRow(*(values[row.id, kind] for kind in PartyContactKind))
        if row.level >= Level.FULL
        else PartyContactsRow(None, None, None)
        for row in parties
    ]
