"""Bring identifiers under the newest key of the ring, while the service writes and after a stop where it was."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, LargeBinary, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casework.identifiers import IdentifierUnreadableError, seal_anew, unseal
from casework.keys import Keys
from models import CitizenIdentifier, table_of

BATCH = 200
"""Rows in one transaction: locked for some milliseconds, and lost to a kill at most once."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many rows are done, and how many there are."""

identifier = table_of(CitizenIdentifier)
_NEWEST = bindparam("newest", type_=LargeBinary())
_STALE = func.substring(identifier.c.sealed, 1, func.length(_NEWEST)) != _NEWEST
_COUNT = select(func.count()).select_from(identifier).where(_STALE)
_NEXT = (
    select(identifier)
    .where(_STALE, identifier.c.id > bindparam("after", type_=BigInteger()))
    .order_by(identifier.c.id)
    .limit(bindparam("most"))
    .with_for_update()
)
_WRITE = (
    update(identifier)
    .where(identifier.c.id == bindparam("row_id", type_=BigInteger()))
    .values(sealed=bindparam("anew"), blind_index=bindparam("index"))
    .returning(identifier)
)


class Rotated(NamedTuple):
    """How many rows were sealed anew, and the ids of those that no key of the ring opens."""

    done: int
    unreadable: list[int]


async def rotate(engine: AsyncEngine, keys: Keys, *, progress: Progress) -> Rotated:
    """Seal anew what an older key sealed, a batch at a time; each row is read back before its batch is committed.

    It passes over all rows until a pass finds nothing to do: a process with older settings may write meanwhile.
    """
    async with engine.connect() as connection:
        total = (await connection.execute(_COUNT, {"newest": keys.newest.id})).scalar_one()
    done = 0

    def show(more: int) -> None:
        progress("identifiers", done + more, max(total, done + more))

    while True:
        found = await _pass(engine, keys, show)
        done += found.done
        if not found.done:
            return Rotated(done, found.unreadable)


async def _pass(engine: AsyncEngine, keys: Keys, show: Callable[[int], None]) -> Rotated:
    done, after, unreadable = 0, -1, list[int]()
    while True:
        async with engine.begin() as connection:
            wanted = {"newest": keys.newest.id, "after": after, "most": BATCH}
            rows = (await connection.execute(_NEXT, wanted)).all()
            broken = [row.id for row in rows if not await _renewed(connection, keys, row)]
        if not rows:
            return Rotated(done, unreadable)
        after, done = rows[-1].id, done + len(rows) - len(broken)
        unreadable += broken
        show(done)


async def _renewed(connection: AsyncConnection, keys: Keys, row: Any) -> bool:
    """Write the row under the newest key; say whether a key opened it."""
    try:
        number, anew = unseal(keys, row), seal_anew(keys, row)
    except IdentifierUnreadableError:
        return False
    given = {"row_id": row.id, "anew": anew.sealed, "index": anew.blind_index}
    written = (await connection.execute(_WRITE, given)).one()
    if unseal(keys, written) != number:
        raise IdentifierUnreadableError  # the batch is rolled back
    return True
