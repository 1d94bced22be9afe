"""Statistics: what is asked, by whom, and the figures of its groups as far as they may be told."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, true

from casework.errors import Refusal, RefusalCode
from casework.policy.publishing import needs_suppression
from casework.rate_limits import check_may_ask
from casework.rules.fiscal import Span, month_of, quarter_of, spans
from models.statistics_words import IN_TIME, NEED_AN_AREA, StatisticsBy
from models.vocabulary import AreaLevel, SeatKind
from resolvers.case_filters import CaseFilter, given_values
from resolvers.context import Context
from resolvers.figures import CaseFigures, Key, figures, groups_there

B = StatisticsBy
ROOM = select(func.set_config("work_mem", "64MB", true()))
"""Until the transaction ends, sorting and grouping stay in memory: a country's cases do not fit into the usual 4 MB."""


@dataclass(slots=True, eq=False)
class Statistics:
    """A question: cases that its filter gives, by what, in a period. `threshold` is None for who sees every count.

    Figures of each kind are counted once, when somebody asks for them.
    """

    kind: SeatKind | None
    given: Mapping[str, Any]
    area_code: str | None
    by: StatisticsBy | None
    since: datetime
    till: datetime
    spans: Sequence[Span]
    threshold: int | None
    _counted: dict[type[Any], tuple[list[Any], list[Any]]] = field(default_factory=dict)
    _keys: frozenset[Key] | None = None
    _has_room: bool = False
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def counted(self, row: Any, context: Context) -> tuple[list[Any], list[Any]]:
        """Give figures of one kind for all cases together, and for each group."""
        async with self._queue:
            if row not in self._counted:
                self._counted[row] = await self._ask(row, context)
        return self._counted[row]

    async def keys(self, context: Context) -> frozenset[Key]:
        """Give the keys of the groups that have any case."""
        async with self._queue:
            if CaseFigures in self._counted:
                _, groups = self._counted[CaseFigures]
                return frozenset(row.key for row in groups if row.opened or row.closed or row.still_open)
            if self._keys is None:
                statement = groups_there(self.kind, frozenset(self.given), self.by)
                self._keys = frozenset(row.key for row in await self._rows(statement, context))
        return self._keys

    async def _ask(self, row: Any, context: Context) -> tuple[list[Any], list[Any]]:
        statement = figures(row, self.kind, frozenset(self.given), self.by)
        found = await self._rows(statement, context)
        rows = [row(*(getattr(one, name) for name in row._fields)) for one in found]
        return [one for one in rows if one.key is None], [one for one in rows if one.key is not None]

    async def _rows(self, statement: Any, context: Context) -> Sequence[Any]:
        if not self._has_room:
            await context.rows(ROOM)
            self._has_room = True
        period = {"since": self.since, "till": self.till, "at_now": context.now}
        begins = {"begins": [span.starts_at for span in self.spans]} if self.spans else {}
        return await context.rows(statement, {**self.given, **period, **begins})


class GroupRow(NamedTuple):
    """One group of a question; without a key, all its cases together."""

    of: Statistics
    key: Key


def asked_statistics(
    context: Context, wanted: CaseFilter, by: StatisticsBy | None, period: tuple[datetime, datetime]
) -> Statistics:
    """Give the question of somebody in a post; auditors are told no small counts."""
    kind = context.actor().kind
    limits = context.services.statistics_limits
    given = given_values(kind, wanted, now=context.now)
    return _asked((kind, given, wanted.area_code), by, period, limits.threshold)


async def asked_by_the_public(
    context: Context, province: str | None, by: StatisticsBy | None, period: tuple[datetime, datetime]
) -> Statistics:
    """Give the question of somebody without a post, after it was counted against the limit of the address."""
    services, limits = context.services, context.services.statistics_limits
    await context.become_public()
    who = f"statistics {context.address}"
    await check_may_ask(services.writer, services.keys, who=who, most=limits.per_address, now=services.clock())
    given = {} if province is None else {"province": province}
    return _asked((None, given, province), by, period, limits.threshold)


def _asked(
    cases: tuple[SeatKind | None, Mapping[str, Any], str | None],
    by: StatisticsBy | None,
    period: tuple[datetime, datetime],
    threshold: int,
) -> Statistics:
    kind, given, area = cases
    if by in NEED_AN_AREA and area is None:
        raise Refusal(RefusalCode.AREA_NEEDED, "filter", "area")
    of = quarter_of if by is B.FISCAL_QUARTER else month_of
    counted_by = tuple(spans(of, *period)) if by in IN_TIME else ()
    return Statistics(kind, given, area, by, *period, counted_by, threshold if needs_suppression(kind) else None)


async def groups_of(questions: Sequence[Statistics], *, context: Context) -> list[list[GroupRow]]:
    """Give the groups in the order of the reference data: those that have anything; all in time, and to the public."""
    return [[GroupRow(one, key) for key in await keys_of(one, context)] for one in questions]


async def keys_of(asked: Statistics, context: Context) -> list[Key]:
    """Order by what everybody knows and not by counts, which an order would tell."""
    if asked.by in IN_TIME:
        return list(range(1, len(asked.spans) + 1))
    if asked.kind is None and asked.by is not None:
        return _published(asked, context)
    there = await asked.keys(context)
    return [key for key in _order(asked, context) if key in there]


def _published(asked: Statistics, context: Context) -> list[Key]:
    """Give all groups that the public may be told of, whether or not they have any case: that would tell of few."""
    reference = context.reference
    if asked.by is B.PROVINCE:
        return [area.code for area in reference.areas.values() if area.level is AreaLevel.PROVINCE]
    of_all = asked.area_code is None
    types = [kind for kind in reference.problem_types.values() if of_all or not kind.sensitive]
    return [kind.code for kind in types] if asked.by is B.PROBLEM_TYPE else list(reference.agencies)


def _order(asked: Statistics, context: Context) -> Sequence[Key]:
    reference = context.reference
    if asked.by is B.PROBLEM_TYPE:
        return list(reference.problem_types)
    if asked.by is B.AGENCY:
        return list(reference.agencies)
    return list(reference.offices) if asked.by is B.OFFICE else list(reference.areas)
