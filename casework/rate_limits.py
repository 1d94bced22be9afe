"""How often somebody may ask: so many questions at once, and then evenly over the hour, counted by all processes.

The generic cell rate algorithm: a row says until when what was asked is spent, and nothing of who asks.
"""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import DateTime, Interval, LargeBinary, bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys

PERIOD = timedelta(hours=1)

_ASK = text("""
    WITH swept AS (
        DELETE FROM rate_limit WHERE key IN (
            SELECT key FROM rate_limit WHERE spent_until <= :now AND key <> :key LIMIT 10 FOR UPDATE SKIP LOCKED
        )
    ), asked AS (
        INSERT INTO rate_limit AS known (key, spent_until) VALUES (:key, :now + :each)
        ON CONFLICT (key) DO UPDATE SET spent_until = greatest(known.spent_until, :now) + :each
            WHERE greatest(known.spent_until, :now) <= :latest
        RETURNING spent_until
    )
    SELECT EXISTS (SELECT FROM asked) AS granted, (SELECT spent_until FROM rate_limit WHERE key = :key) AS spent_until
""").bindparams(
    bindparam("key", type_=LargeBinary()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("latest", type_=DateTime(timezone=True)),
    bindparam("each", type_=Interval()),
)
"""Counts the question if it is within the limit; sweeps a few rows that say nothing any more."""


async def check_may_ask(writer: AsyncEngine, keys: Keys, *, who: str, most: int, now: datetime) -> None:
    """Count a question, at once and whatever comes of it; refuse the one after the `most`-th of an hour."""
    each = PERIOD / most
    latest = now + PERIOD - each
    key = keys.fingerprint(f"rate limit {who}".encode())
    async with writer.begin() as connection:
        asked = (await connection.execute(_ASK, {"key": key, "now": now, "each": each, "latest": latest})).one()
    if not asked.granted:
        wait = each if asked.spent_until is None else asked.spent_until - latest
        raise Refusal(RefusalCode.RATE_LIMITED, seconds=max(1, ceil(wait.total_seconds())))
