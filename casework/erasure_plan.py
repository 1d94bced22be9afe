"""What an erasure would take away, and what stands against it, before anybody decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from casework.joining import records_of
from casework.personal_data import CITIZEN, INVENTORY, Kept
from casework.retention import facts_of
from models import Citizen
from models.privacy_words import ErasureGround, Obstacle


class Plan(NamedTuple):
    """`erased_at` when it was done before; `rows` counts what would be deleted or emptied, table by table."""

    erased_at: datetime | None
    obstacles: Sequence[Obstacle]
    rows: Sequence[tuple[Kept, int]]


async def plan_erasure(session: AsyncSession, *, citizen_id: int, ground: ErasureGround, now: datetime) -> Plan:
    """Look only; changes and locks nothing."""
    citizen = await session.get_one(Citizen, citizen_id)
    records = await records_of(session, citizen_id)
    against = (await facts_of(session, records[0])).obstacles(ground, now=now)
    rows = []
    for kept in INVENTORY.values():
        if kept.is_touched:
            count = select(func.count()).select_from(kept.table).where(kept.of_citizen)
            counts = [(await session.execute(count, {CITIZEN.key: record})).scalar_one() for record in records]
            rows.append((kept, sum(counts)))
    return Plan(citizen.erased_at, against, rows)
