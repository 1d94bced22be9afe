"""The figures of statistics as they may be told: all of them to posts, no small counts to auditors and the public."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from casework.rules.suppression import rounded_amount, rounded_days, told
from models.statistics_words import IN_TIME
from models.vocabulary import Outcome
from resolvers.context import Context
from resolvers.figures import CaseFigures, ClockFigures, Key, OutcomeFigures
from resolvers.rows_of_statistics import CaseCountRow, ClockCountRow, DwellRow, OutcomeCountRow
from resolvers.statistics import GroupRow, Statistics, keys_of

Column = Mapping[Key, int | None]
NO_CASES = CaseFigures(None, 0, 0, 0, 0, 0, None)
NO_CLOCKS = ClockFigures(None, 0, 0, 0)


async def _figures(asked: Statistics, part: str, context: Context) -> tuple[Any, dict[Key, Any], list[Key]]:
    total, groups = await asked.counted(part, context)
    keys = await keys_of(asked, context) if asked.by else []
    return (total[0] if total else None), {row.key: row for row in groups}, keys


def _column(asked: Statistics, keys: Sequence[Key], counts: Mapping[Key, int], total: int) -> Column:
    """Give what is told of one column of counts, by key; that of None is the total."""
    if asked.threshold is None:
        return {key: counts.get(key, 0) for key in keys} | {None: total}
    shown = told([counts.get(key, 0) for key in keys], total, asked.threshold)
    return dict(zip(keys, shown.groups, strict=True)) | {None: shown.total}


async def cases_of(groups: Sequence[GroupRow], *, context: Context) -> list[CaseCountRow]:
    tables = {one.of: await _cases(one.of, context) for one in groups}
    return [tables[one.of][one.key][0] for one in groups]


async def dwells_of(groups: Sequence[GroupRow], *, context: Context) -> list[DwellRow]:
    tables = {one.of: await _cases(one.of, context) for one in groups}
    return [tables[one.of][one.key][1] for one in groups]


async def _cases(asked: Statistics, context: Context) -> dict[Key, tuple[CaseCountRow, DwellRow]]:
    total, groups, keys = await _figures(asked, "cases", context)
    if asked.by in IN_TIME:
        groups = _with_stocks(keys, groups, total.still_open)
    rows = groups | {None: total}
    columns = {
        name: _column(
            asked, keys, {key: getattr(groups.get(key, NO_CASES), name) for key in keys}, getattr(total, name)
        )
        for name in ("opened", "closed", "still_open", "people", "resolved")
    }
    if asked.threshold is not None and asked.by in IN_TIME:
        columns["still_open"] = dict.fromkeys(keys) | {None: columns["still_open"][None]}
    return {
        key: (_case_row(key, columns), _dwell_row(asked, rows.get(key, NO_CASES), columns["resolved"][key]))
        for key in (*keys, None)
    }


def _with_stocks(keys: Sequence[Key], groups: Mapping[Key, CaseFigures], at_the_end: int) -> dict[Key, CaseFigures]:
    """Say how many cases went on at the end of each month or quarter: reckoned back from the end of the period."""
    stocks = {}
    for key in reversed(keys):
        row = groups.get(key, NO_CASES)
        stocks[key] = row._replace(key=key, still_open=at_the_end)
        at_the_end += row.closed - row.opened
    return stocks


def _case_row(key: Key, columns: Mapping[str, Column]) -> CaseCountRow:
    counts = [columns[name][key] for name in ("opened", "closed", "still_open", "people")]
    return CaseCountRow(counts[0], counts[1], counts[2], counts[3], suppressed=None in counts)


def _dwell_row(asked: Statistics, row: CaseFigures, resolved: int | None) -> DwellRow:
    if row.dwells is None or resolved is None:
        return DwellRow(None, None, suppressed=resolved is None)
    median, p90 = row.dwells if asked.threshold is None else map(rounded_days, row.dwells)
    return DwellRow(median, p90, suppressed=False)


async def outcomes_of(groups: Sequence[GroupRow], *, context: Context) -> list[list[OutcomeCountRow]]:
    """Give the outcomes that were recorded in each group."""
    tables = {one.of: await _outcomes(one.of, context) for one in groups}
    return [tables[one.of].get(one.key, []) for one in groups]


async def _outcomes(asked: Statistics, context: Context) -> dict[Key, list[OutcomeCountRow]]:
    total, groups = await asked.counted("outcomes", context)
    keys = await keys_of(asked, context) if asked.by else []
    told_rows: dict[Key, list[OutcomeCountRow]] = {}
    for outcome in Outcome:
        rows = {row.key: row for row in (*groups, *total) if row.outcome is outcome}
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
    tables = {one.of: await _clocks(one.of, context) for one in groups}
    return [tables[one.of][one.key] for one in groups]


async def _clocks(asked: Statistics, context: Context) -> dict[Key, ClockCountRow]:
    total, groups, keys = await _figures(asked, "clocks", context)
    columns = [
        _column(asked, keys, {key: getattr(groups.get(key, NO_CLOCKS), name) for key in keys}, getattr(total, name))
        for name in ("met", "missed", "running")
    ]
    return {key: _clock_row(*(column[key] for column in columns)) for key in (*keys, None)}


def _clock_row(met: int | None, missed: int | None, running: int | None) -> ClockCountRow:
    return ClockCountRow(met, missed, running, suppressed=None in (met, missed, running))
