"""What belongs to statements: the outcomes they count, and what was said against them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, column, func, null, select

from casework.policy.permissions import may_with_post
from models import StatementDispute, StatementDisputeText, StatementOutcome, table_of
from models.action_words import SeatAction
from models.vocabulary import SeatKind
from resolvers.context import Context
from resolvers.rows_of_statements import RUNNING, DisputeRow, OutcomeCountRow, StatementRow
from resolvers.seats import seats_by_ids
from resolvers.statements import IDS, MONTH, last_statements

outcome, dispute, words = (table_of(model) for model in (StatementOutcome, StatementDispute, StatementDisputeText))
Key = tuple[int, date, int]
_COUNTS = tuple(outcome.c[name] for name in OutcomeCountRow._fields)
_FROZEN = (
    select(outcome.c.seat_id, outcome.c.version, *_COUNTS)
    .where(outcome.c.seat_id == any_(IDS), outcome.c.month == MONTH)
    .order_by(outcome.c.seat_id, outcome.c.version, outcome.c.outcome)
)
_told = func.outcomes_now(IDS, MONTH).table_valued("seat_id", *(column(each.name, each.type) for each in _COUNTS))
_NOW: Select[Any] = select(_told.c.seat_id, *(_told.c[each.name] for each in _COUNTS)).order_by(_told.c.outcome)
_BY_IDS = select(dispute.c.id, dispute.c.seat_id, dispute.c.month).where(
    dispute.c.id == any_(bindparam("disputes", type_=ARRAY(BigInteger)))
)


def key_of(row: StatementRow) -> Key:
    return row.seat_id, row.month, row.version


def _by_month(statements: Sequence[StatementRow], wanted: Callable[[StatementRow], bool]) -> dict[date, list[int]]:
    """Give the posts of the wanted ones, month by month: one statement of the database answers for a month."""
    found: dict[date, set[int]] = defaultdict(set)
    for row in statements:
        if wanted(row):
            found[row.month].add(row.seat_id)
    return {month: sorted(ids) for month, ids in sorted(found.items())}


async def outcomes_of_statements(
    statements: Sequence[StatementRow], *, context: Context
) -> list[list[OutcomeCountRow]]:
    """Give each statement's outcomes: as they were frozen, or as they stand now."""
    found: dict[Key, list[OutcomeCountRow]] = defaultdict(list)
    for month, ids in _by_month(statements, lambda row: row.frozen).items():
        for row in await context.rows(_FROZEN, {"ids": ids, "month": month}):
            found[row.seat_id, month, row.version].append(OutcomeCountRow._make(row[2:]))
    for month, ids in _by_month(statements, lambda row: not row.frozen).items():
        for row in await context.rows(_NOW, {"ids": ids, "month": month}):
            found[row.seat_id, month, RUNNING].append(OutcomeCountRow._make(row[1:]))
    return [found[key_of(row)] for row in statements]


async def recovered_of_statements(statements: Sequence[StatementRow], *, context: Context) -> list[Decimal]:
    """Give the baht of all outcomes of each statement."""
    counted = await outcomes_of_statements(statements, context=context)
    return [sum((each.recovered for each in counts), Decimal()) for counts in counted]


@cache
def _disputes(kind: SeatKind) -> Select[Any]:
    """Disputes of a month; their words are not for auditors."""
    told = [null(), null()] if kind is SeatKind.AUDITOR else [words.c.reason, words.c.answer]
    own = [dispute.c[name] for name in DisputeRow._fields if name in dispute.c]
    rows = select(*own, *told).select_from(dispute.outerjoin(words, words.c.dispute_id == dispute.c.id))
    return rows.where(dispute.c.seat_id == any_(IDS), dispute.c.month == MONTH)


async def disputes_of_statements(statements: Sequence[StatementRow], *, context: Context) -> list[DisputeRow | None]:
    """Give the dispute of each version, if there is one."""
    found: dict[Key, DisputeRow] = {}
    for month, ids in _by_month(statements, lambda row: row.frozen).items():
        for row in await context.rows(_disputes(context.actor().kind), {"ids": ids, "month": month}):
            found[row.seat_id, month, row.version] = DisputeRow._make(row)
    return [found.get(key_of(row)) for row in statements]


async def statements_by_disputes(ids: Sequence[int | None], *, context: Context) -> list[StatementRow | None]:
    """Give the last version of the month that each dispute is about, aligned with the ids."""
    by = context.actor()
    rows = await context.rows(_BY_IDS, {"disputes": [id_ for id_ in ids if id_ is not None]})
    seats = await seats_by_ids([row.seat_id for row in rows], context=context)
    found: dict[int, StatementRow | None] = {}
    for row, seat in zip(rows, seats, strict=True):
        if seat is not None and may_with_post(by, SeatAction.READ_STATEMENTS, seat).refusal is None:
            found[row.id] = (await last_statements([row.seat_id], row.month, context)).get(row.seat_id)
    return [None if id_ is None else found.get(id_) for id_ in ids]
