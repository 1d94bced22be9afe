"""Open sockets end with the posts in which they were opened, at the next look and in one statement."""

import asyncio
from datetime import datetime, timedelta
from itertools import count

import pytest
from structlog.testing import capture_logs

from casework.demo.network import subject_of
from server import watch as module
from server.auth import Caller
from server.callers import in_its_post
from server.watch import Watch, Watched, watching
from tests.api import Api
from tests.schema.stage import NEIGHBOUR, seat_id
from tests.server.incumbents import cover, leave
from tests.world import MENTOR, VOLUNTEER, World


class Sockets:
    """Sockets that only remember that they were closed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.watch = Watch(world.services())
        self.closed: list[str] = []

    async def open(self, who: str, seat: str | None = None) -> Watched | None:
        """Open one as the service does; give what of it is watched."""
        caller = await in_its_post(self.world.services(), Caller(subject=subject_of(who), seat=seat))
        if caller.subject is None or caller.held is None:
            return None

        async def close() -> None:
            self.closed.append(who)
            self.watch.end(watched)

        watched = Watched(caller.subject, caller.held, close)
        self.watch.begin(watched)
        return watched


@pytest.fixture
def sockets(world: World) -> Sockets:
    return Sockets(world)


async def test_a_socket_is_closed_at_the_first_look_after_its_post_ended(world: World, sockets: Sockets) -> None:
    for who in (NEIGHBOUR, VOLUNTEER, NEIGHBOUR, MENTOR):
        await sockets.open(who)
    await sockets.watch.look()
    assert sockets.closed == []
    await leave(world, NEIGHBOUR, NEIGHBOUR)
    await sockets.watch.look()
    assert sockets.closed == [NEIGHBOUR, NEIGHBOUR]
    await sockets.watch.look()
    assert sockets.closed == [NEIGHBOUR, NEIGHBOUR]


async def test_a_post_that_was_to_end_ends_its_sockets_by_the_clock(world: World, sockets: Sockets) -> None:
    ends = world.now + timedelta(days=7)
    await cover(world, NEIGHBOUR, VOLUNTEER, until=ends)
    async with Api.around(world) as api:
        covered = await seat_id(api, VOLUNTEER)
    await sockets.open(NEIGHBOUR, covered)
    await sockets.open(NEIGHBOUR)
    world.now = ends - timedelta(microseconds=1)
    await sockets.watch.look()
    assert sockets.closed == []
    world.now = ends
    await sockets.watch.look()
    assert sockets.closed == [NEIGHBOUR]


async def test_a_socket_keeps_to_the_post_in_which_it_began(world: World, sockets: Sockets) -> None:
    await cover(world, NEIGHBOUR, VOLUNTEER)
    began = await sockets.open(NEIGHBOUR)
    assert began is not None
    assert began.seat_id == (await world.actor(NEIGHBOUR)).seat_id
    await leave(world, NEIGHBOUR, NEIGHBOUR)
    await sockets.watch.look()
    assert sockets.closed == [NEIGHBOUR]
    again = await sockets.open(NEIGHBOUR)
    assert again is not None
    assert again.seat_id == (await world.actor(VOLUNTEER)).seat_id


async def test_whoever_fills_no_post_has_nothing_to_lose(sockets: Sockets) -> None:
    assert await sockets.open("nobody") is None
    assert await sockets.open(VOLUNTEER, "no post of mine") is None


async def test_a_look_is_one_statement_for_one_socket_and_for_fifty(world: World, sockets: Sockets) -> None:
    async with Api.around(world) as api:
        for opened, statements in ((0, 0), (1, 1), (49, 1)):
            for _ in range(opened):
                await sockets.open(VOLUNTEER)
            with api.statements() as seen:
                await sockets.watch.look()
            assert len(seen) == statements


async def test_a_socket_that_does_not_close_keeps_no_other_open(
    world: World, sockets: Sockets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLOSE_SECONDS", 0.1)

    async def never() -> None:
        await asyncio.Event().wait()

    async def broken() -> None:
        raise RuntimeError("closed already")

    first = await sockets.open(NEIGHBOUR)
    assert first is not None
    for close in (never, broken):
        sockets.watch.begin(Watched(first.subject, first.seat_id, close))
    await leave(world, NEIGHBOUR, NEIGHBOUR)
    await sockets.watch.look()
    assert sockets.closed == [NEIGHBOUR]


async def test_a_look_that_fails_is_logged_and_made_good_by_the_next(world: World, sockets: Sockets) -> None:
    opened, services, looked, looks = await sockets.open(VOLUNTEER), world.services(), asyncio.Event(), count()
    assert opened is not None

    def clock() -> datetime:
        if next(looks) == 0:
            raise RuntimeError("this clock has stopped")
        looked.set()
        return world.now

    services.clock = clock
    with capture_logs() as logs:
        async with watching(services, every=0.001) as watch:
            watch.begin(opened)
            async with asyncio.timeout(20):
                await looked.wait()
    assert [(line["event"], line["error"]) for line in logs] == [("sockets.not_looked_at", "RuntimeError")]
