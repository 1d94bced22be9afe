"""Which cases a phone keeps: those that its post works on, and for a while those that have ended.

And for how long it may hand in what it captured.
"""

from datetime import datetime, timedelta

from models.queue_words import TombstoneReason
from models.vocabulary import Level

KEPT_AFTER_THE_END = timedelta(days=30)
TAKEN_AFTER_LEAVING = timedelta(days=30)
"""For how long after it left a post an account may hand in what it captured there: a phone may lie in a drawer."""


def why_not_kept(
    *, level: int, ended_at: datetime | None, erased_at: datetime | None, now: datetime
) -> TombstoneReason | None:
    """Tell why the phone is to forget a case that it may have; None when it keeps it."""
    if erased_at is not None:
        return TombstoneReason.ERASED
    if level < int(Level.WORK):
        return TombstoneReason.ACCESS_ENDED
    if ended_at is not None and ended_at <= now - KEPT_AFTER_THE_END:
        return TombstoneReason.ENDED
    return None
