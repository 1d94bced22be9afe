"""Who fills a post now, and who will."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, func, or_, select

from resolvers.context import Context
from resolvers.rows_of_posts import IncumbencyRow, PersonRow, SeatRow
from resolvers.seats import NOW, account, incumbency

_OWN = tuple(name for name in IncumbencyRow._fields if name != "person")
_IDS = bindparam("ids", type_=ARRAY(BigInteger))
_INCUMBENCIES = select(
    *(incumbency.c[name] for name in _OWN), *(account.c[name] for name in PersonRow._fields)
).select_from(incumbency.join(account, incumbency.c.account_id == account.c.id))
_OF_SEATS = _INCUMBENCIES.where(
    incumbency.c.seat_id == any_(_IDS),
    or_(incumbency.c.until.is_(None), incumbency.c.until > func.greatest(NOW, incumbency.c.since)),
).order_by(incumbency.c.since, incumbency.c.id)
_BY_IDS = _INCUMBENCIES.where(incumbency.c.id == any_(_IDS))


def _row(found: Any) -> IncumbencyRow:
    return IncumbencyRow._make((*found[: len(_OWN)], PersonRow._make(found[len(_OWN) :])))


async def incumbencies_of_seats(seats: Sequence[SeatRow], *, context: Context) -> list[list[IncumbencyRow]]:
    """Give each post's present and coming incumbencies, the earliest first; not those cancelled before they began."""
    found = await context.rows(_OF_SEATS, {"ids": [seat.id for seat in seats], "now": context.now})
    grouped: dict[int, list[IncumbencyRow]] = defaultdict(list)
    for row in found:
        grouped[row.seat_id].append(_row(row))
    return [grouped[seat.id] for seat in seats]


async def incumbencies_by_ids(ids: Sequence[int | None], *, context: Context) -> list[IncumbencyRow | None]:
    """Give the incumbencies, aligned with the ids; posts are public to everybody signed in."""
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    found: dict[int, IncumbencyRow] = {}
    if wanted and context.by is not None:
        found = {row.id: _row(row) for row in await context.rows(_BY_IDS, {"ids": wanted})}
    return [None if id_ is None else found.get(id_) for id_ in ids]
