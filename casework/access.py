"""Who looked at a citizen's data, and what for: written in batches, and told to the citizen who asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from casework.joining import records_of
from casework.work import Unit
from models import Account, Case, CitizenAccess, IdentifierReveal, Seat, table_of
from models.privacy_words import AccessPurpose
from models.vocabulary import Level, SeatKind

access, reveal = table_of(CitizenAccess), table_of(IdentifierReveal)
_case, _seat, _account = table_of(Case), table_of(Seat), table_of(Account)


class Entry(NamedTuple):
    """Somebody was shown data of a citizen."""

    citizen_id: int
    case_id: int | None
    seat_id: int
    account_id: int
    purpose: AccessPurpose
    level: int
    reveal_id: int | None
    request_id: UUID
    at: datetime


class Look(NamedTuple):
    """What is told of an entry: seat, office and names of the one who looked, none where the operator exported."""

    id: int
    at: datetime
    purpose: AccessPurpose
    level: int
    case_id: int | None
    case_reference: str | None
    seat_id: int | None
    seat_kind: SeatKind | None
    area_code: str | None
    office_id: int | None
    account_id: int | None
    given_name: str | None
    family_name: str | None
    request_id: UUID | None
    reason: str | None


_LOOKS = (
    select(
        access.c.id,
        access.c.at,
        access.c.purpose,
        access.c.level,
        access.c.case_id,
        _case.c.reference,
        access.c.seat_id,
        _seat.c.kind,
        _seat.c.area_code,
        _seat.c.office_id,
        access.c.account_id,
        _account.c.given_name,
        _account.c.family_name,
        access.c.request_id,
        reveal.c.reason,
    )
    .select_from(
        access.outerjoin(_case, _case.c.id == access.c.case_id)
        .outerjoin(_seat, _seat.c.id == access.c.seat_id)
        .outerjoin(_account, _account.c.id == access.c.account_id)
        .outerjoin(reveal, reveal.c.id == access.c.reveal_id)
    )
    .where(access.c.citizen_id == any_(bindparam("citizens", type_=ARRAY(BigInteger))))
    .order_by(access.c.at.desc(), access.c.id.desc())
)


_COLUMNS = ("id", *Entry._fields)
_GIVEN = (
    func.unnest(*(bindparam(name, type_=ARRAY(access.c[name].type)) for name in _COLUMNS))
    .table_valued(*(column(name, access.c[name].type) for name in _COLUMNS))
    .render_derived()
)
_WRITE = insert(access).from_select(_COLUMNS, select(_GIVEN)).on_conflict_do_nothing()


async def write(connection: AsyncConnection, ids: Sequence[int], entries: Sequence[Entry]) -> None:
    """Write entries under ids drawn for them; done again with the same ids, it changes nothing."""
    columns = zip(*entries, strict=True)
    given = dict(zip(_COLUMNS, (list(ids), *map(list, columns)), strict=True))
    await connection.execute(_WRITE, given)


async def looks_at(session: AsyncSession, citizen_id: int) -> Sequence[Look]:
    """Give every look at the citizen's data that was recorded, the latest first; merged records are one person's."""
    rows = await session.execute(_LOOKS, {"citizens": await records_of(session, citizen_id)})
    return [Look._make(row) for row in rows]


async def record_export(unit: Unit, citizen_id: int) -> None:
    """Record that the operator put everything about the citizen together; `looks_at` tells it from then on."""
    look = CitizenAccess(
        id=await unit.new_id(),
        citizen_id=citizen_id,
        purpose=AccessPurpose.EXPORT,
        level=Level.FULL,
        at=unit.now,
    )
    await unit.save(look)
