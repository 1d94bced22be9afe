"""The second wall's side of a request: tell the database who asks, and row-level security decides by itself.

The wall is migrations/versions/0008_wall.sql. It is told an account, a post and an instant, looks up the rest, and
holds until the transaction ends; a transaction that nobody entered sees no case and no person.
"""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Integer, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from casework.policy.actors import NOBODY, POST_OF, SEATS_OF, Actor, seat

_NOW = bindparam("now", type_=DateTime(timezone=True))
_ENTER = select(
    func.enter(bindparam("account", type_=BigInteger()), bindparam("seat", type_=BigInteger()), _NOW).label("entered")
)
_ENTER_OFFICE = select(func.enter_office(bindparam("office", type_=BigInteger()), _NOW).label("entered"))


def _entering(posts: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    post = posts.limit(1).subquery("post")
    return select(post, func.enter(post.c.account_id, post.c.seat_id, _NOW).label("entered"))


SIGN_IN = _entering(SEATS_OF)
SIGN_IN_AT = _entering(SEATS_OF.where(seat.c.id == bindparam("wanted", type_=BigInteger())))
"""Find the post of the account with `subject` at `now`, its first or the one `wanted`, and enter in it at once."""
STAND_IN = _entering(POST_OF)
"""Enter in the post `wanted` of `account`, if it fills it at `now`: for what somebody asked to be done later."""


async def enter(transaction: AsyncSession | AsyncConnection, by: Actor, now: datetime) -> None:
    """Say that `by` asks, until the transaction ends."""
    if by.seat_id == NOBODY:
        await transaction.execute(_ENTER_OFFICE, {"office": by.office_id, "now": now})
        return
    await transaction.execute(_ENTER, {"account": by.account_id, "seat": by.seat_id, "now": now})


_ENTER_PUBLIC = select(func.enter_public(_NOW).label("entered"))


async def enter_public(transaction: AsyncConnection, now: datetime) -> None:
    """Say that the public asks: the views in which cases are counted show all of them, and every table nothing."""
    await transaction.execute(_ENTER_PUBLIC, {"now": now})


_ENTER_WINDOW = select(
    func.enter_window(bindparam("case_id", type_=BigInteger()), bindparam("generation", type_=Integer())).label("open")
)


async def enter_window(transaction: AsyncSession, *, case_id: int, generation: int) -> None:
    """Say that the citizen of a case asks, whose code of this generation was right: that case is open, and no other."""
    await transaction.execute(_ENTER_WINDOW, {"case_id": case_id, "generation": generation})
