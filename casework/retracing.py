"""Bring traces of parties under the newest key of the ring, and trace parties that were named before there were any."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, Row, bindparam, delete, exists, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casework.keys import Keys
from casework.rotation import BATCH, Progress
from casework.traces import NAMED, Trace, trace_index, trace_indexes, traces_of
from models import Case, CaseParty, Incident, IncidentCase, PartyContact, PartyTrace, table_of

party, contact, the_case = table_of(CaseParty), table_of(PartyContact), table_of(Case)
trace, incident, member = table_of(PartyTrace), table_of(Incident), table_of(IncidentCase)

_NEWEST = bindparam("newest", type_=LargeBinary())
_NAMED = party.c.kind.in_(list(NAMED))
_OF_PARTY = trace.c.party_id == party.c.id
_UNDER_ANOTHER = exists().where(_OF_PARTY, func.substring(trace.c.blind_index, 1, func.length(_NEWEST)) != _NEWEST)
_STALE = _NAMED & or_(~exists().where(_OF_PARTY), _UNDER_ANOTHER)
_COUNT = select(func.count()).select_from(party).where(_STALE)
_NEXT = (
    select(party.c.id, party.c.kind, party.c.name, party.c.area_code, party.c.added_at, party.c.case_id)
    .add_columns(the_case.c.area_code.label("case_area_code"))
    .join_from(party, the_case, the_case.c.id == party.c.case_id)
    .where(_STALE, party.c.id > bindparam("after", type_=BigInteger()))
    .order_by(party.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=party)
)


async def retrace(engine: AsyncEngine, keys: Keys, *, progress: Progress) -> int:
    """Trace anew, a batch in each transaction, and give for how many parties something changed.

    A party whose name says nothing and that left no number has no trace, and is looked at each time. It proposes
    nothing: what was traced late belongs to an incident when the next party brings the trace along.
    """
    async with engine.connect() as connection:
        total = (await connection.execute(_COUNT, {"newest": keys.newest.id})).scalar_one()
    changed = seen = 0
    after = -1
    while True:
        async with engine.begin() as connection:
            wanted = {"newest": keys.newest.id, "after": after, "most": BATCH}
            rows = (await connection.execute(_NEXT, wanted)).all()
            for row in rows:
                changed += await _traced(connection, keys, row)
        if not rows:
            return changed
        after, seen = rows[-1].id, seen + len(rows)
        progress("parties", seen, max(total, seen))


async def _traced(connection: AsyncConnection, keys: Keys, row: Row[Any]) -> bool:
    """Give the party the traces that it should have; say whether it has any."""
    kept = select(contact.c.kind, contact.c.value).where(contact.c.party_id == row.id).order_by(contact.c.position)
    contacts = [(found.kind, found.value) for found in await connection.execute(kept)]
    traces = list(traces_of(row.kind, row.name, row.area_code, row.case_area_code, contacts))
    for found in traces:
        await _rename(connection, keys, found)
        given = {"party_id": row.id, "kind": found.kind, "case_id": row.case_id, "traced_at": row.added_at}
        await connection.execute(
            insert(trace).values(**given, blind_index=trace_index(keys.newest, found)).on_conflict_do_nothing()
        )
    await connection.execute(delete(trace).where(trace.c.party_id == row.id, _under_another(keys)))
    return bool(traces)


def _under_another(keys: Keys) -> Any:
    return func.substring(trace.c.blind_index, 1, len(keys.newest.id)) != literal(keys.newest.id, LargeBinary())


async def _rename(connection: AsyncConnection, keys: Keys, found: Trace) -> None:
    """Let the incidents of an older index be those of the newest; where there is one of each, they become one."""
    newest, *older = trace_indexes(keys, found)
    of_kind = incident.c.kind == found.kind
    for index in older:
        outdated = select(incident.c.id, incident.c.province_code).where(of_kind, incident.c.blind_index == index)
        for old in (await connection.execute(outdated.with_for_update())).all():
            here = (of_kind, incident.c.blind_index == newest, incident.c.province_code == old.province_code)
            into = (await connection.execute(select(incident.c.id).where(*here).with_for_update())).scalar()
            if into is None:
                anew = update(incident).where(incident.c.id == old.id).values(blind_index=newest)
                await connection.execute(anew)
            else:
                await _join(connection, old.id, into)


async def _join(connection: AsyncConnection, old: int, into: int) -> None:
    of_old: Sequence[Any] = (member.c.incident_id == old,)
    brought = select(literal(into, BigInteger()), member.c.case_id, member.c.joined_at, member.c.told_at).where(*of_old)
    columns = ["incident_id", "case_id", "joined_at", "told_at"]
    await connection.execute(insert(member).from_select(columns, brought).on_conflict_do_nothing())
    await connection.execute(delete(member).where(*of_old))
    await connection.execute(delete(incident).where(incident.c.id == old))
    await connection.execute(update(incident).where(incident.c.id == into).values(version=incident.c.version + 1))
