"""Simulated time: what the service takes for now, and the order in which things happen."""

import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random

Step = Callable[[], Awaitable[None]]
TICK = timedelta(milliseconds=1)
SOON = timedelta(minutes=2)
"""What is due within this time may happen at once."""


def drawn(*whose: object) -> Random:
    """Give the choices of somebody in a seed: what one draws changes nothing for the others."""
    return Random(" ".join(map(str, whose)))  # noqa: S311 - nothing secret is drawn


class Clock:
    """Stands still but for a moment at each look, so that no two things happen at the same instant."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += TICK
        return self._now

    def move_to(self, at: datetime) -> None:
        self._now = max(self._now, at)


class Schedule:
    """Steps by their time. How many of those that are due soon are taken at once is drawn."""

    def __init__(self, clock: Clock, rng: Random, *, most_at_once: int) -> None:
        self.clock = clock
        self._rng = rng
        self._most = most_at_once
        self._steps: list[tuple[datetime, int, Step]] = []
        self._count = 0

    def at(self, when: datetime, step: Step) -> None:
        self._count += 1
        heapq.heappush(self._steps, (when, self._count, step))

    def next_until(self, end: datetime) -> list[Step]:
        """Take the next steps and move the clock to the first of them; nothing when the end is reached."""
        if not self._steps or self._steps[0][0] >= end:
            return []
        first, _, step = heapq.heappop(self._steps)
        self.clock.move_to(first)
        group = [step]
        size = self._rng.randint(1, self._most)
        while len(group) < size and self._steps and self._steps[0][0] < min(end, first + SOON):
            group.append(heapq.heappop(self._steps)[2])
        return group
