"""How much posts have on their hands, for those who may know."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Date, bindparam, column, func, select

from casework.policy.permissions import may_with_post
from casework.rules.calendar import bangkok_day
from models.action_words import SeatAction
from resolvers.context import Context
from resolvers.rows_of_posts import LoadRow, SeatRow

_COUNTS: list[ColumnElement[Any]] = [column(name) for name in LoadRow._fields]
_LOADS = select(*_COUNTS).select_from(
    func.seat_loads(bindparam("seats", type_=ARRAY(BigInteger)), bindparam("day", type_=Date())).table_valued(
        *LoadRow._fields
    )
)
"""A function of the database (migrations/versions/0010_posts.sql) counts, also cases that the viewer does not see."""


async def loads_of_seats(seats: Sequence[SeatRow], *, context: Context) -> list[LoadRow | None]:
    """Give each post's counts; None where the actor is neither the post itself, nor its mentor or coordinator."""
    by = context.actor()
    asked = [seat.id for seat in seats if may_with_post(by, SeatAction.READ_LOAD, seat).refusal is None]
    found: dict[int, LoadRow] = {}
    if asked:
        rows = await context.rows(_LOADS, {"seats": sorted(set(asked)), "day": bangkok_day(context.now)})
        found = {row.seat_id: LoadRow._make(row) for row in rows}
    return [found.get(seat.id) for seat in seats]
