"""Guests of activities are forgotten when the time to know them has passed; that they came still counts."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.policy.activities import activity, guest
from casework.reference.files import retention_rules
from casework.rules.retention import years_after


async def forget_old_guests(worker: AsyncEngine, *, now: datetime) -> int:
    """Delete who they were, by the retention rule for guests; tell how many. Doing it twice changes nothing more."""
    over = select(activity.c.id).where(activity.c.begins_at < years_after(now, -retention_rules().of_guests.years))
    async with worker.begin() as connection:
        return (await connection.execute(delete(guest).where(guest.c.activity_id.in_(over)))).rowcount
