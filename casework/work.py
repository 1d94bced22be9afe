"""One unit of work: what every action is given instead of a bare session."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from casework.keys import Keys
from casework.policy.actors import Actor
from casework.reference.data import ReferenceData
from models.columns import IDS

IDS_AT_ONCE = 8
KEY_STAYS: dict[str, bool] = {"key_share": True}
"""The lock of cases and posts, FOR NO KEY UPDATE: their keys never change, so whoever writes a row that refers to one
need not wait for it."""


class Author(NamedTuple):
    """Who stands behind an event; nobody where the system acts."""

    seat_id: int | None = None
    account_id: int | None = None
    agency_code: str | None = None


@dataclass(slots=True, kw_only=True)
class Unit:
    """When (`now`, UTC), in which transaction; done by the system unless it is somebody's `Work`. Never commits.

    `now` moves forward when a locked case was changed later by another process: its history never runs backwards.
    """

    session: AsyncSession
    now: datetime
    reference: ReferenceData
    operation_id: UUID | None = None
    captured_at: datetime | None = None
    besides: dict[int, dict[str, str | None]] = field(default_factory=dict)
    """What the next event of a case tells besides, by the case's id."""
    _drawn: list[int] = field(default_factory=list)

    @property
    def author(self) -> Author:
        return Author()

    async def new_ids(self, count: int) -> list[int]:
        drawn = await self.session.execute(select(IDS.next_value()).select_from(func.generate_series(1, count)))
        return list(drawn.scalars())

    async def new_id(self) -> int:
        """Draw an id; several come at once, and those that nobody takes are left out."""
        if not self._drawn:
            self._drawn = await self.new_ids(IDS_AT_ONCE)
        return self._drawn.pop(0)

    async def save(self, *rows: SQLModel) -> None:
        """Write new rows in the order given: they refer to each other and have no relationships to sort them by."""
        for row in rows:
            self.session.add(row)
            await self.session.flush()


@dataclass(slots=True, kw_only=True)
class Work(Unit):
    """A unit of work that somebody does (`by`); actions flush and never commit."""

    by: Actor
    keys: Keys

    @property
    def author(self) -> Author:
        return Author(self.by.seat_id, self.by.account_id, self.by.agency_code)
