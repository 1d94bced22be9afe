"""One unit of work: what every action is given instead of a bare session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from casework.keys import Keys
from casework.policy.actors import Actor
from casework.reference.data import ReferenceData
from models.columns import IDS


@dataclass(slots=True)
class Work:
    """Who does it (`by`), when (`now`, UTC), in which transaction; actions flush and never commit.

    `now` moves forward when a locked case was changed later by another process: its history never runs backwards.
    """

    session: AsyncSession
    by: Actor
    now: datetime
    reference: ReferenceData
    keys: Keys
    operation_id: UUID | None = None
    captured_at: datetime | None = None

    async def new_ids(self, count: int) -> list[int]:
        drawn = await self.session.execute(select(IDS.next_value()).select_from(func.generate_series(1, count)))
        return list(drawn.scalars())

    async def new_id(self) -> int:
        (drawn,) = await self.new_ids(1)
        return drawn

    async def save(self, *rows: SQLModel) -> None:
        """Write new rows in the order given: they refer to each other and have no relationships to sort them by."""
        for row in rows:
            self.session.add(row)
            await self.session.flush()
