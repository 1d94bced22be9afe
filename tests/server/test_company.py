"""A company: its followers hear the same once and in order, join without a gap, and one who sleeps delays nobody."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import pytest

from resolvers.feed_points import FeedPoint
from resolvers.feeds import CaughtUp
from server.company import Company, FellBehindError
from server.execution import Delivery

SOON = 10


def at(position: int) -> FeedPoint:
    return FeedPoint(position, bytes([position]) * 8)


def caught_up(position: int, *, end: int | None = None) -> CaughtUp:
    return CaughtUp(at(position), at(position if end is None else end))


class Source:
    """A stream that says what a test tells it to."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[Delivery | CaughtUp | None] = asyncio.Queue()
        self.is_closed = False

    def tell(self, *positions: int) -> None:
        for position in positions:
            self._told.put_nowait(Delivery({"data": {"at": position}}, at(position)))

    def catch_up(self, end: int) -> None:
        self._told.put_nowait(caught_up(end))

    def end(self) -> None:
        self._told.put_nowait(Delivery({"data": {"over": True}}))
        self._told.put_nowait(None)

    async def stream(self) -> AsyncGenerator[Delivery | CaughtUp, None]:
        try:
            while (told := await self._told.get()) is not None:
                yield told
        finally:
            self.is_closed = True


@asynccontextmanager
async def begun(source: Source, position: int = 10, kept: int = 3) -> AsyncIterator[Company]:
    company = Company(source.stream(), caught_up(position), kept=kept)
    async with asyncio.timeout(SOON), company.joined():
        yield company


async def hear(heard: AsyncGenerator[object, None], count: int) -> list[str]:
    return [(await anext(heard)).text for _ in range(count)]  # type: ignore[attr-defined]


def texts(*positions: int) -> list[str]:
    return [f'{{"data":{{"at":{position}}}}}' for position in positions]


async def test_all_hear_the_same_in_order_and_the_last_words() -> None:
    source = Source()
    async with begun(source, kept=10) as company:
        followers = [company.listen(caught_up(10)) for _ in range(3)]
        source.tell(11, 12)
        assert [await hear(one, 2) for one in followers] == [texts(11, 12)] * 3
        source.end()
        for one in followers:
            assert [said.text async for said in one] == ['{"data":{"over":true}}']
        assert company.is_over
        assert not company.takes(caught_up(20))


async def test_who_joins_later_hears_what_it_was_not_told_and_nothing_twice() -> None:
    source = Source()
    async with begun(source, kept=10) as company:
        first = company.listen(caught_up(10))
        source.tell(11, 12, 13)
        assert await hear(first, 3) == texts(11, 12, 13)
        late = company.listen(caught_up(12))
        source.tell(14)
        assert await hear(late, 2) == texts(13, 14)
        told_before_but_looked_beyond = company.listen(caught_up(11, end=12))
        assert await hear(told_before_but_looked_beyond, 3) == texts(12, 13, 14)


async def test_nobody_is_taken_who_would_miss_something() -> None:
    source = Source()
    async with begun(source, position=10, kept=2) as company:
        assert not company.takes(caught_up(9))
        assert company.takes(caught_up(10))
        first = company.listen(caught_up(10))
        for position in (11, 12, 13, 14):
            source.tell(position)
            assert await hear(first, 1) == texts(position)
        assert not company.takes(caught_up(11))
        assert company.takes(caught_up(8, end=12))
        assert company.takes(caught_up(12))


async def test_a_place_is_known_while_it_is_kept_or_the_last_look_ended_there() -> None:
    source = Source()
    async with begun(source, kept=2) as company:
        first = company.listen(caught_up(10))
        assert company.knows(at(10))
        for position in (11, 12, 13):
            source.tell(position)
            await hear(first, 1)
        source.catch_up(15)
        source.tell(16)
        await hear(first, 1)
        known = [position for position in range(10, 18) if company.knows(at(position))]
        assert known == [13, 15, 16]
        assert not company.knows(FeedPoint(13, b"restored"))


async def test_one_who_sleeps_delays_nobody_and_is_told_from_where_to_go_on() -> None:
    source = Source()
    async with begun(source, kept=3) as company:
        awake, asleep = company.listen(caught_up(10)), company.listen(caught_up(10))
        source.tell(11)
        assert await hear(asleep, 1) == await hear(awake, 1) == texts(11)
        for position in range(12, 17):
            source.tell(position)
            assert await hear(awake, 1) == texts(position)
        with pytest.raises(FellBehindError) as behind:
            await anext(asleep)
        assert behind.value.point == at(11)


async def test_what_is_kept_is_bounded_in_characters_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.company.MOST_KEPT", 40)
    source = Source()
    async with begun(source, kept=100) as company:
        awake, asleep = company.listen(caught_up(10)), company.listen(caught_up(10))
        for position in range(11, 15):
            source.tell(position)
            await hear(awake, 1)
        with pytest.raises(FellBehindError) as behind:
            await anext(asleep)
        assert behind.value.point == at(10)


async def test_when_the_last_one_leaves_the_stream_is_closed() -> None:
    source = Source()
    company = Company(source.stream(), caught_up(10), kept=3)
    async with company.joined():
        async with company.joined():
            source.tell(11)
            await hear(company.listen(caught_up(10)), 1)
        assert not company.is_over
    assert company.is_over
    assert source.is_closed


async def test_one_whose_place_is_given_up_while_it_joins_is_told_so_too() -> None:
    source = Source()
    async with begun(source, kept=1) as company:
        awake, since = company.listen(caught_up(10)), caught_up(10)
        assert company.takes(since)
        joining = company.listen(since)
        for position in (11, 12):
            source.tell(position)
            await hear(awake, 1)
        with pytest.raises(FellBehindError) as behind:
            await anext(joining)
        assert behind.value.point == at(10)
