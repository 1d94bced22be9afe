"""How many operations one principal has under way, on all sockets of this process together."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from server.auth import Caller
from server.rates import principal_of


class Quota:
    """One per process; an account counts by itself, who is not signed in by their address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._under_way: Counter[str] = Counter()
        self.told = f"At most {most} operations of one account at once on all connections."

    def __len__(self) -> int:
        return self._under_way.total()

    @contextmanager
    def one_more(self, caller: Caller) -> Iterator[bool]:
        """Count an operation until the end of the block; tell whether it may be carried out."""
        who = principal_of(caller)
        if self._under_way[who] >= self._most:
            yield False
            return
        self._under_way[who] += 1
        try:
            yield True
        finally:
            self._under_way[who] -= 1
            if not self._under_way[who]:
                del self._under_way[who]
