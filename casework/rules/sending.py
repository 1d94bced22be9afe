"""When something that could not be delivered is tried again, given up, and when a webhook is disabled."""

from datetime import datetime, timedelta
from random import Random

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=6)
LEAST_WAIT = timedelta(seconds=1)
GIVEN_UP_AFTER = timedelta(days=5)
"""How long one delivery is tried, and how long a webhook may fail without a single success."""
NOTICES_GIVEN_UP_AFTER = timedelta(days=2)
"""A notice that is older is no news: whoever it was for finds it in the service."""
SECRETS_OVERLAP = timedelta(hours=24)
"""How long a new secret and the one before it both sign."""


def wait_after(failures: int, chance: Random) -> timedelta:
    """Say how long to wait after that many failures: a random part of a wait that doubles ("full jitter").

    So endpoints that failed together are not asked together again.
    """
    longest = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 20)))
    return max(LEAST_WAIT, longest * chance.random())


def is_given_up(since: datetime, *, now: datetime) -> bool:
    """Has one delivery been tried for long enough?"""
    return now - since >= GIVEN_UP_AFTER


def is_disabled(failing_since: datetime, *, gone: bool, now: datetime) -> bool:
    """Is the webhook to be disabled after another failure? `gone`: it answered 410, which asks for it."""
    return gone or now - failing_since >= GIVEN_UP_AFTER
