"""Changes: one transaction for each mutation, at most once for each operation id."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from casework import operations
from casework.policy.wall import enter
from casework.rules.calendar import happened
from casework.work import Work
from models.privacy_words import AccessPurpose
from resolvers.context import Context


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
    by, now = context.actor(), context.services.clock()
    context.looks.purpose = AccessPurpose.CHANGE
    captured = happened(captured_at, "input", "capturedAt", now=now)
    await context.refresh()
    async with AsyncSession(context.services.writer, expire_on_commit=False) as session, session.begin():
        await enter(session, by, now)
        work = Work(
            session=session,
            by=by,
            now=now,
            reference=context.reference,
            keys=context.keys,
            operation_id=operation_id,
            captured_at=captured,
        )
        before = await operations.begin(work, name, given)
        if before is not None:
            return before.result_id
        result = await act(work)
        await operations.finish(work, result)
    context.services.feed.ring()
    return result
