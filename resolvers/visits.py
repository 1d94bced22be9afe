"""Visits of cases."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, any_, select

from casework.policy.visibility import door, the_case
from models import Visit, table_of
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.rows import VisitRow

visit = table_of(Visit)


@cache
def _visits(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    rows = select(*(visit.c[name] for name in VisitRow._fields))
    joined = rows.select_from(seen.rows.join(visit, visit.c.case_id == the_case.c.id))
    return joined.where(seen.allowed, seen.level >= int(Level.WORK))


OF_CASES = CaseList("visits", build=_visits, keys=[visit.c.made_at, visit.c.id], descending=True, make=VisitRow._make)
"""A case's visits, the latest first."""


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return _visits(kind).where(visit.c.id == any_(IDS))


async def visits_by_ids(ids: Sequence[int | None], *, context: Context) -> list[VisitRow | None]:
    return await look_up(ids, _by_ids, VisitRow._make, context)
