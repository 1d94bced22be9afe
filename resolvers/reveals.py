"""Whole identifiers, for those who have said why and still see the citizen at level FULL."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, bindparam, select
from sqlalchemy.types import BigInteger

from casework.identifiers import unseal
from casework.policy.citizens import citizen, citizen_door
from models import CitizenIdentifier, IdentifierReveal, table_of
from models.privacy_words import AccessPurpose
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.citizens import citizens_by_ids
from resolvers.context import Context
from resolvers.looks import showing
from resolvers.rows_of_people import RevealRow

identifier, reveal = table_of(CitizenIdentifier), table_of(IdentifierReveal)


@cache
def _reveals(kind: SeatKind) -> Select[Any]:
    """Own reveals alone: nobody reads a number on the ground of somebody else's reason."""
    seen = citizen_door(kind)
    rows = seen.rows.join(reveal, reveal.c.citizen_id == citizen.c.id).join(
        identifier, identifier.c.id == reveal.c.identifier_id
    )
    chosen = select(reveal.c.id.label("reveal_id"), identifier, seen.level.label("level")).select_from(rows)
    own = reveal.c.revealed_by_account_id == bindparam("by_account", type_=BigInteger())
    shown = chosen.where(reveal.c.id == any_(IDS), own, seen.allowed, seen.level >= int(Level.FULL))
    return showing(shown, case=None, reveal="reveal_id", purpose=AccessPurpose.REVEAL)


async def reveals_by_ids(ids: Sequence[int], *, context: Context) -> list[RevealRow | None]:
    """Unseal what each reveal was about; None where the document is gone or the level is."""
    by = context.actor()
    rows = await context.rows(_reveals(by.kind), {"ids": list(ids), "by_account": by.account_id})
    citizens = await citizens_by_ids([row.citizen_id for row in rows], context=context)
    found = {
        row.reveal_id: RevealRow(row.kind, unseal(context.keys, row), whose)
        for row, whose in zip(rows, citizens, strict=True)
        if whose is not None
    }
    return [found.get(id_) for id_ in ids]
