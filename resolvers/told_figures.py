"""The figures of statistics as they may be told: to auditors and the public no small counts, to other posts all."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from casework.rules.suppression import rounded_amount, rounded_days, told
from models.statistics_words import IN_TIME
from models.vocabulary import Outcome
from resolvers.context import Context
from resolvers.figures import CaseFigures, ClockFigures, DwellFigures, Key, OutcomeFigures, PeopleFigures
from resolvers.rows_of_statistics import CaseCountRow, ClockCountRow, DwellRow, OutcomeCountRow, PeopleCountRow
from resolvers.statistics import GroupRow, Statistics, keys_of

Column = Mapping[Key, int | None]
NO_CASES = CaseFigures(None, 0, 0, 0)


async def _columns(asked: Statistics, part: type[Any], names: Sequence[str], context: Context) -> list[Column]:
    """Give the columns of a part as they may be told."""
    total, groups, keys = await _figures(asked, part, context)
    if part is CaseFigures and asked.by in IN_TIME:
        groups = _with_stocks(keys, groups, total.still_open)
    return [
        _column(
            asked,
            keys,
            {key: getattr(groups[key], name) for key in keys if key in groups},
            0 if total is None else getattr(total, name),
        )
        for name in names
    ]


async def _figures(asked: Statistics, part: type[Any], context: Context) -> tuple[Any, dict[Key, Any], list[Key]]:
    total, groups = await asked.counted(part, context)
    keys = await keys_of(asked, context) if asked.by else []
    return (total[0] if total else None), {row.key: row for row in groups}, keys


def _column(asked: Statistics, keys: Sequence[Key], counts: Mapping[Key, int], total: int) -> Column:
    """Give what is told of one column of counts, by key; that of None is the total."""
    if asked.threshold is None:
        return {key: counts.get(key, 0) for key in keys} | {None: total}
    return {key: told(counts.get(key, 0), asked.threshold) for key in keys} | {None: told(total, asked.threshold)}


def _questions(groups: Sequence[GroupRow]) -> Sequence[Statistics]:
    """Give the questions whose groups these are, each once: a column is told once for all of its groups."""
    return list(dict.fromkeys(one.of for one in groups))


async def cases_of(groups: Sequence[GroupRow], *, context: Context) -> list[CaseCountRow]:
    tables = {asked: await _cases(asked, context) for asked in _questions(groups)}
    return [_case_row(*(column[one.key] for column in tables[one.of])) for one in groups]


async def _cases(asked: Statistics, context: Context) -> list[Column]:
    """Withhold what goes on where small counts are: of two stocks and what was closed, those opened follow."""
    opened, closed, still_open = await _columns(asked, CaseFigures, ("opened", "closed", "still_open"), context)
    if asked.threshold is not None:
        still_open = dict.fromkeys(still_open)
    return [opened, closed, still_open]


def _with_stocks(keys: Sequence[Key], groups: Mapping[Key, CaseFigures], at_the_end: int) -> dict[Key, CaseFigures]:
    """Say how many cases went on at the end of each month or quarter: reckoned back from the end of the period."""
    stocks = {}
    for key in reversed(keys):
        row = groups.get(key, NO_CASES)
        stocks[key] = row._replace(key=key, still_open=at_the_end)
        at_the_end += row.closed - row.opened
    return stocks


def _case_row(opened: int | None, closed: int | None, still_open: int | None) -> CaseCountRow:
    return CaseCountRow(opened, closed, still_open, suppressed=None in (opened, closed, still_open))


async def people_of(groups: Sequence[GroupRow], *, context: Context) -> list[PeopleCountRow]:
    """Count the people of each group."""
    tables = {asked: await _columns(asked, PeopleFigures, ("people",), context) for asked in _questions(groups)}
    counts = [tables[one.of][0][one.key] for one in groups]
    return [PeopleCountRow(count, suppressed=count is None) for count in counts]


async def dwells_of(groups: Sequence[GroupRow], *, context: Context) -> list[DwellRow]:
    """Give the lengths of time of each group, unless there are so few that it would tell one of them."""
    tables = {asked: await _dwells(asked, context) for asked in _questions(groups)}
    return [_dwell(one, *tables[one.of]) for one in groups]


async def _dwells(asked: Statistics, context: Context) -> tuple[Column, Mapping[Key, DwellFigures]]:
    total, groups, _ = await _figures(asked, DwellFigures, context)
    (resolved,) = await _columns(asked, DwellFigures, ("resolved",), context)
    return resolved, groups | {None: total}


def _dwell(group: GroupRow, resolved: Column, rows: Mapping[Key, DwellFigures]) -> DwellRow:
    row = rows.get(group.key)
    if row is None or row.dwells is None or resolved[group.key] is None:
        return DwellRow(None, None, suppressed=resolved[group.key] is None)
    median, p90 = row.dwells if group.of.threshold is None else map(rounded_days, row.dwells)
    return DwellRow(median, p90, suppressed=False)


async def outcomes_of(groups: Sequence[GroupRow], *, context: Context) -> list[list[OutcomeCountRow]]:
    """Give the outcomes that were recorded in each group."""
    tables = {asked: await _outcomes(asked, context) for asked in _questions(groups)}
    return [tables[one.of].get(one.key, []) for one in groups]


async def _outcomes(asked: Statistics, context: Context) -> dict[Key, list[OutcomeCountRow]]:
    total, groups = await asked.counted(OutcomeFigures, context)
    keys = await keys_of(asked, context) if asked.by else []
    told_rows: dict[Key, list[OutcomeCountRow]] = {}
    for outcome in Outcome:
        rows = {row.key: row for row in (*groups, *total) if row.outcome is outcome}
        if asked.threshold is not None:  # which of them there are would tell that they are not 0
            nothing = OutcomeFigures(None, outcome, 0, 0, None, 0, None)
            rows = {key: rows.get(key, nothing) for key in (*keys, None)}
        if None not in rows:
            continue
        counted, claims, recoveries = (
            _column(asked, keys, _counts(rows, keys, name), getattr(rows[None], name))
            for name in ("counted", "with_claim", "with_recovery")
        )
        for key in (*keys, None):
            if key in rows:
                row, is_exact = rows[key], asked.threshold is None
                hidden = None in (counted[key], claims[key], recoveries[key])
                amounts = (
                    (None, None)
                    if counted[key] is None
                    else (
                        _amount(row.claimed, claims[key], is_exact),
                        _amount(row.recovered, recoveries[key], is_exact),
                    )
                )
                told_rows.setdefault(key, []).append(OutcomeCountRow(outcome, counted[key], *amounts, hidden))
    return told_rows


def _counts(rows: Mapping[Key, OutcomeFigures], keys: Sequence[Key], name: str) -> dict[Key, int]:
    return {key: getattr(rows[key], name) for key in keys if key in rows}


def _amount(amount: Decimal | None, of: int | None, is_exact: bool) -> Decimal | None:  # noqa: FBT001 - who asks
    """Give the sum of some amounts, unless there are so few that it would tell one of them."""
    if amount is None or of is None:
        return None
    return amount if is_exact else rounded_amount(amount)


async def clocks_of(groups: Sequence[GroupRow], *, context: Context) -> list[ClockCountRow]:
    names = "met", "missed", "running"
    tables = {asked: await _columns(asked, ClockFigures, names, context) for asked in _questions(groups)}
    return [_clock_row(*(column[one.key] for column in tables[one.of])) for one in groups]


def _clock_row(met: int | None, missed: int | None, running: int | None) -> ClockCountRow:
    return ClockCountRow(met, missed, running, suppressed=None in (met, missed, running))
