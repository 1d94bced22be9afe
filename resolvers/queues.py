"""Queues that were filled offline: each operation is settled by itself, in a transaction of its own."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from casework.errors import Refusal, RefusalCode
from casework.refusal_kinds import RefusalKind, kind_of
from casework.work import Work
from models.queue_words import OperationStatus
from resolvers.changes import Changed, attempt, working
from resolvers.context import Context

MOST_OPERATIONS = 50
"""In one call; a queue that is longer is sent in several."""
SALVAGING = "applyOperations"
"""Under this name an operation is kept that became a late note; the verb itself was never done."""
ACCESS_LOST = frozenset(
    {RefusalCode.NOT_FOUND, RefusalCode.NOT_PERMITTED, RefusalCode.DISCLOSURE_EXPIRED, RefusalCode.NO_SEAT}
)
"""What who lost access meanwhile is told; who never had it is told the same."""
Act = Callable[[Work], Awaitable[int]]


class Late(NamedTuple):
    """A late note, and its case."""

    note_id: int
    case_id: int


class Queued(NamedTuple):
    """An operation of the queue: `given` as it was told, and the ways to do it.

    `act` does it; `rebased` does it on the version of now, if it may; `salvaged` leaves a late note; `about` gives the
    case it is about.
    """

    name: str
    operation_id: UUID
    captured_at: datetime | None
    given: Any
    act: Act
    rebased: Act | None = None
    salvaged: Callable[[Work], Awaitable[Late]] | None = None
    about: Act | None = None


class Settled(NamedTuple):
    """What became of an operation: `result_id` is that of what the verb answers with."""

    status: OperationStatus
    result_id: int | None = None
    note_id: int | None = None
    case_id: int | None = None
    refused: Refusal | None = None


class OperationResultRow(NamedTuple):
    """What became of an operation, and what it made or was about; `refusal` is already data of the contract."""

    operation_id: UUID
    status: OperationStatus
    case_id: int | None = None
    citizen_id: int | None = None
    note_id: int | None = None
    visit_id: int | None = None
    task_id: int | None = None
    activity_id: int | None = None
    refusal: Any = None


async def settle(context: Context, queued: Queued) -> Settled:
    """Do the operation, or as much of it as may be kept; whatever became of it is durable, or nothing was changed."""
    try:
        done = await _attempt(context, queued, queued.name, queued.act)
    except Refusal as refused:
        return await _otherwise(context, queued, refused)
    return Settled(OperationStatus.DUPLICATE if done.before else OperationStatus.APPLIED, result_id=done.result_id)


async def _attempt(context: Context, queued: Queued, name: str, act: Act) -> Changed:
    return await attempt(
        context,
        name,
        operation_id=queued.operation_id,
        given=queued.given,
        act=act,
        captured_at=queued.captured_at,
    )


async def _otherwise(context: Context, queued: Queued, refused: Refusal) -> Settled:
    if refused.code is RefusalCode.VERSION_CONFLICT:
        return await _rebase(context, queued, refused)
    if queued.salvaged is not None and refused.code in ACCESS_LOST | {RefusalCode.OPERATION_REUSED}:
        return await _salvage(context, queued, refused)
    return await _nothing_done(context, queued, OperationStatus.REFUSED, refused)


async def _rebase(context: Context, queued: Queued, conflict: Refusal) -> Settled:
    """Do it on the case as it stands; what the case allows no more is a conflict with what others have done."""
    if queued.rebased is None:
        return await _nothing_done(context, queued, OperationStatus.CONFLICT, conflict)
    try:
        done = await _attempt(context, queued, queued.name, queued.rebased)
    except Refusal as refused:
        if kind_of(refused.code) is RefusalKind.INVALID_INPUT:
            return await _nothing_done(context, queued, OperationStatus.REFUSED, refused)
        return await _nothing_done(context, queued, OperationStatus.CONFLICT, conflict)
    return Settled(OperationStatus.DUPLICATE if done.before else OperationStatus.REBASED, result_id=done.result_id)


async def _salvage(context: Context, queued: Queued, refused: Refusal) -> Settled:
    """Keep it as a late note, or find that it was: in both cases it was not done, and that is said again.

    Else it stays refused, in the words of the first refusal.
    """
    salvaged, cases = queued.salvaged, list[int]()
    assert salvaged is not None  # noqa: S101 - asked by the caller

    async def keep(work: Work) -> int:
        if refused.code is RefusalCode.OPERATION_REUSED:
            raise refused
        late = await salvaged(work)
        cases.append(late.case_id)
        return late.note_id

    try:
        done = await _attempt(context, queued, SALVAGING, keep)
    except Refusal as against:
        told = against if against.code is RefusalCode.CASE_ENDED else refused
        return await _nothing_done(context, queued, OperationStatus.REFUSED, told)
    case_id = cases[0] if cases else await _about(context, queued)
    return Settled(OperationStatus.SALVAGED, note_id=done.result_id, case_id=case_id)


async def _nothing_done(context: Context, queued: Queued, status: OperationStatus, refused: Refusal) -> Settled:
    return Settled(status, case_id=await _about(context, queued), refused=refused)


async def _about(context: Context, queued: Queued) -> int | None:
    if queued.about is None:
        return None
    try:
        async with working(context) as work:
            return await queued.about(work)
    except Refusal:
        return None
