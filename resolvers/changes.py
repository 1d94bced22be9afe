"""Changes: one transaction for each mutation, at most once for each operation id."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from casework import operations
from casework.policy.wall import enter
from casework.rules.calendar import happened
from casework.work import Work
from models.privacy_words import AccessPurpose
from resolvers.context import Context


class Changed(NamedTuple):
    """The id of the result; `before` when the operation had succeeded already, and nothing was done now."""

    result_id: int
    before: bool


@asynccontextmanager
async def working(
    context: Context, operation_id: UUID | None = None, captured_at: datetime | None = None
) -> AsyncIterator[Work]:
    """Give a unit of work of the one who asks, in a transaction of its own."""
    by, now = context.actor(), context.services.clock()
    captured = happened(captured_at, "input", "capturedAt", now=now)
    async with AsyncSession(context.services.writer, expire_on_commit=False) as session, session.begin():
        await enter(session, by, now)
        yield Work(
            session=session,
            by=by,
            now=now,
            reference=context.reference,
            keys=context.keys,
            operation_id=operation_id,
            captured_at=captured,
        )


async def change(
    context: Context,
    name: str,
    *,
    operation_id: UUID,
    given: Any,
    act: Callable[[Work], Awaitable[int]],
    captured_at: datetime | None = None,
) -> int:
    """Do it, or find that it was done; give the id of the result once the change is durable.

    `given` is the whole input: the same operation id with other input is refused.
    """
    done = await attempt(context, name, operation_id=operation_id, given=given, act=act, captured_at=captured_at)
    return done.result_id


async def attempt(
    context: Context,
    name: str,
    *,
    operation_id: UUID,
    given: Any,
    act: Callable[[Work], Awaitable[int]],
    captured_at: datetime | None = None,
) -> Changed:
    """Like `change`, and tell whether it was done before."""
    context.actor()
    context.looks.purpose = AccessPurpose.CHANGE
    await context.refresh()
    async with working(context, operation_id, captured_at) as work:
        before = await operations.begin(work, name, given)
        if before is not None:
            return Changed(before.result_id, before=True)
        result = await act(work)
        await operations.finish(work, result)
    context.services.feed.ring()
    return Changed(result, before=False)
