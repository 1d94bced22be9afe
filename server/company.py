"""A company: followers who hear one stream, each at a place of its own among the last things that were told."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import NamedTuple, TypeAlias

import orjson

from resolvers.feed_points import FeedPoint
from resolvers.feeds import CaughtUp
from server.execution import Delivery

Stream: TypeAlias = AsyncGenerator[Delivery | CaughtUp, None]
MOST_KEPT = 1_000_000
"""Characters of all that is kept for those behind: documents may be large."""


class Said(NamedTuple):
    """An answer as it is written, and the place behind its event; None for last words."""

    text: str
    executed: bool
    point: FeedPoint | None


class FellBehindError(Exception):
    """A follower wants something that is kept no more; `point` is the place up to which it was told all."""

    def __init__(self, point: FeedPoint) -> None:
        super().__init__()
        self.point = point


class Company:
    """Reads a stream that has caught up to its end, while somebody listens; waits for no listener."""

    def __init__(self, stream: Stream, begins: CaughtUp, *, kept: int) -> None:
        self._most = kept
        self._kept: list[Said] = []
        self._size = 0
        self._first = 0
        """Number of the first of those that are kept, counted from the company's beginning."""
        self.reached = begins.end
        """The last place that is known: all listeners were told everything until there, or are about to be."""
        self._complete_from = begins.end.position
        """What happened behind this position is kept or still to come."""
        self._bell = asyncio.Event()
        self._listeners = 0
        self._is_left = False
        self._task = asyncio.create_task(self._read(stream))

    @property
    def is_over(self) -> bool:
        return self._is_left or self._task.done()

    def takes(self, newcomer: CaughtUp) -> bool:
        """May somebody join who has been told everything up to there? Not who would miss something."""
        return not self.is_over and self._misses_nothing(newcomer)

    def _misses_nothing(self, since: CaughtUp) -> bool:
        return since.end.position >= self._complete_from

    def knows(self, point: FeedPoint) -> bool:
        """May somebody join at this place, which exists in the feed, without another look?"""
        return point == self.reached or any(said.point == point for said in self._kept)

    async def _read(self, stream: Stream) -> None:
        try:
            async with aclosing(stream):
                async for told in stream:
                    if isinstance(told, CaughtUp):
                        self.reached = told.end
                    else:
                        self._keep(written(told))
        finally:
            self._ring()

    def _keep(self, said: Said) -> None:
        self._kept.append(said)
        self._size += len(said.text)
        while len(self._kept) > self._most or (self._size > MOST_KEPT and len(self._kept) > 1):
            oldest = self._kept.pop(0)
            self._first += 1
            self._size -= len(oldest.text)
            if oldest.point is not None:
                self._complete_from = max(self._complete_from, oldest.point.position)
        self._ring()

    def _ring(self) -> None:
        """Wake all who wait now; whoever does not wait looks for itself before it does."""
        self._bell.set()
        self._bell.clear()

    @asynccontextmanager
    async def joined(self) -> AsyncIterator[None]:
        """Belong to the company; when the last one leaves, nobody reads on."""
        self._listeners += 1
        try:
            yield
        finally:
            self._listeners -= 1
            if not self._listeners:
                self._is_left = True
                self._task.cancel()
                await asyncio.wait({self._task})

    async def listen(self, since: CaughtUp) -> AsyncGenerator[Said, None]:
        """Give what is told behind a place, until the stream ends."""
        number, point = self._first, since.point
        if not self._misses_nothing(since):
            raise FellBehindError(point)
        while True:
            if number < self._first:
                raise FellBehindError(point)
            if number < self._first + len(self._kept):
                said = self._kept[number - self._first]
                number += 1
                if said.point is None:
                    yield said
                elif said.point.position > since.point.position:
                    point = said.point
                    yield said
            elif self.is_over:
                return
            else:
                await self._bell.wait()


def written(told: Delivery) -> Said:
    return Said(orjson.dumps(told.answer).decode(), "data" in told.answer, told.point)
