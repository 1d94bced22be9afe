"""Carrying out a planned list: each row in a transaction of its own, so that a long list holds nobody up."""

from collections.abc import Awaitable, Callable, Sequence

from casework.actions.carry_out_step import Done, carry_out_step
from casework.errors import Refusal
from casework.rules.list_plan import Progress, Row
from casework.rules.roster_steps import Step
from casework.rules.row_problems import RowRefused
from casework.work import Work
from models.directory_words import RowOutcome, RowProblem

Carried = Callable[[Callable[[Work], Awaitable[Done]]], Awaitable[Done]]
"""Runs a verb in a transaction that is committed at the end, and gives what it gives."""
NOTHING_TO_DO = frozenset({RowOutcome.UNCHANGED, RowOutcome.REFUSED})


async def carry_out(rows: Sequence[Row], transaction: Carried, *, progress: Progress) -> None:
    """Carry the rows out in their order; one that is declined is refused, and the others go on.

    What was done stays when this stops half way: the same list said again does the rest.
    """
    for at, row in enumerate(rows, 1):
        if row.step is not None and row.outcome not in NOTHING_TO_DO:
            await _carry_out(row, row.step, transaction)
        progress(at, len(rows))


async def _carry_out(row: Row, step: Step, transaction: Carried) -> None:
    try:
        done = await transaction(lambda work: carry_out_step(work, step=step))
    except Refusal as refused:
        th, en = refused.sentence(thai=True), refused.sentence(thai=False)
        row.refuse(RowRefused(RowProblem.DECLINED, th=th, en=en))
        return
    step.post.seat_id, step.post.version = done.seat_id, done.version
    if step.begins is not None:
        step.begins.person.account_id, step.begins.incumbency_id = done.account_id, done.incumbency_id
