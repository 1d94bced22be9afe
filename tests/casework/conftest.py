"""Posts beyond the demo network, for one test."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from casework.demo.network import SINCE
from casework.policy.actors import SEATS_OF, Actor, actor_among
from models.vocabulary import IncumbencyKind, SeatKind
from tests.world import World


@dataclass
class Directory:
    """Makes posts and people, and takes them away again."""

    world: World
    accounts: list[int] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)
    handles: list[str] = field(default_factory=list)

    async def _run(self, statement: str, **given: Any) -> int:
        async with self.world.owner.begin() as connection:
            return int((await connection.execute(text(statement), given)).scalar_one())

    async def seat(
        self, kind: SeatKind, *, office: str | None = None, area: str | None = None, sensitive: bool = False
    ) -> int:
        """Make an empty seat."""
        statement = (
            "INSERT INTO seat (id, kind, area_code, office_id, number, handles_sensitive)"
            " VALUES (nextval('prasan_id'), :kind, :area, :office, 99, :sensitive) RETURNING id"
        )
        office_id = self.world.office(office) if office else None
        made = await self._run(statement, kind=kind.value, area=area, office=office_id, sensitive=sensitive)
        self.seats.append(made)
        return made

    async def account(self, subject: UUID) -> int:
        statement = (
            "INSERT INTO account (id, subject, title, given_name, family_name, given_name_en, family_name_en)"
            " VALUES (nextval('prasan_id'), :subject, 'นาย', 'ก', 'ข', 'A', 'B') RETURNING id"
        )
        made = await self._run(statement, subject=subject)
        self.accounts.append(made)
        return made

    async def fill(
        self, seat_id: int, account_id: int, kind: IncumbencyKind = IncumbencyKind.PRIMARY, **when: Any
    ) -> None:
        statement = (
            "INSERT INTO incumbency (id, seat_id, account_id, kind, since, until)"
            " VALUES (nextval('prasan_id'), :seat, :account, :kind, :since, :until) RETURNING id"
        )
        when = {"since": SINCE, "until": None, **when}
        await self._run(statement, seat=seat_id, account=account_id, kind=kind.value, **when)

    async def actor(self, subject: UUID, seat_id: int | None = None) -> Actor | None:
        async with self.world.reader.connect() as connection:
            rows = await connection.execute(SEATS_OF, {"subject": subject, "now": self.world.now})
            return actor_among(rows, seat_id=seat_id)

    async def appoint(self, kind: SeatKind, *, handle: str | None = None, **where: Any) -> Actor:
        """Make a seat with somebody in it, whom the world then knows by the handle."""
        subject = uuid4()
        seat_id = await self.seat(kind, **where)
        await self.fill(seat_id, await self.account(subject))
        found = await self.actor(subject)
        assert found is not None
        if handle is not None:
            self.world._actors[handle] = found
            self.handles.append(handle)
        return found

    async def close(self) -> None:
        for handle in self.handles:
            del self.world._actors[handle]
        async with self.world.owner.begin() as connection:
            for statement in (
                "DELETE FROM incumbency WHERE seat_id = ANY(:seats) OR account_id = ANY(:accounts)",
                "DELETE FROM seat WHERE id = ANY(:seats)",
                "DELETE FROM account WHERE id = ANY(:accounts)",
            ):
                given = {"seats": self.seats, "accounts": self.accounts}
                await connection.execute(text(statement), {k: v for k, v in given.items() if f":{k}" in statement})


@pytest.fixture
async def directory(world: World) -> AsyncIterator[Directory]:
    made = Directory(world)
    yield made
    await world.clear()
    await made.close()
