"""How much one caller may ask in a while: a leaky bucket for each account, and for each address without one."""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

from server.auth import Caller
from server.settings import Settings

MOST_PRINCIPALS = 100_000
"""Buckets kept; the one that was used longest ago is given up, and is most likely empty."""


class Rates:
    """The buckets of this process: what is asked flows in, and leaks out at a steady rate."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self._leaks = settings.rate_cost_per_second
        self._holds = settings.rate_burst
        self._clock = clock
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._empty_at)

    def pour(self, caller: Caller, cost: int) -> int | None:
        """Pour a cost into the caller's bucket; where it would flow over, give the seconds to wait instead."""
        if not self._leaks:
            return None
        who, now = principal_of(caller), self._clock()
        empty_at = max(now, self._empty_at.get(who, now))
        cost = min(cost, self._holds)
        over = (empty_at - now) * self._leaks + cost - self._holds
        if over > 0:
            return ceil(over / self._leaks)
        self._empty_at[who] = empty_at + cost / self._leaks
        self._empty_at.move_to_end(who)
        if len(self._empty_at) > MOST_PRINCIPALS:
            self._empty_at.popitem(last=False)
        return None


def principal_of(caller: Caller) -> str:
    """Name whose bucket it is: the account's, else that of the address, which of IPv6 is a network."""
    return caller.address if caller.subject is None else str(caller.subject)
