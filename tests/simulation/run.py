"""One simulation: hours of a province, then calm, until everybody has been answered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from tests.simulation.clock import Clock, Schedule, drawn
from tests.simulation.province import Province
from tests.simulation.service import Service

MOST_AT_ONCE = 4
ROUNDS = 30
"""Of calm, in which everybody sends what is left."""
PATIENCE = 30
"""Seconds for the feed to catch up."""


@dataclass
class Run:
    """What is left when everything is quiet again."""

    province: Province
    restarts: int
    crashes: int
    deaths: int
    """How often all backends were terminated at once."""


class Simulation:
    def __init__(
        self, seed: int, service: Service, clock: Clock, pending: Callable[[], Awaitable[int]], *, pace: float
    ) -> None:
        self.pending = pending
        self.rng = drawn(seed, "the machine")
        self.clock = clock
        self.service = service
        self.province = Province(seed, service=service, clock=clock, pace=pace)
        self.pace = pace
        self.schedule = Schedule(clock, drawn(seed, "the schedule"), most_at_once=MOST_AT_ONCE)
        self.run = Run(self.province, 0, 0, 0)

    async def play(self, hours: float) -> Run:
        """Let everything happen, and then calm come; the service goes on, and subscribers listen."""
        end = self.clock() + timedelta(hours=hours)
        await self.service.start()
        await self.province.sign_in()
        self.province.begin(self.schedule, self.rng)
        self._trouble()
        self._handovers()
        while group := self.schedule.next_until(end):
            await asyncio.gather(*(step() for step in group))
        await self._calm()
        return self.run

    async def end(self) -> None:
        for subscriber in self.province.subscribers:
            await subscriber.disconnect()
        if self.service.app is not None:
            await self.service.stop()

    def _trouble(self) -> None:
        """Stop, crash or shake the service now and then; it is away for minutes."""

        async def again() -> None:
            luck, away = self.rng.random(), timedelta(minutes=self.rng.randint(0, 10) / self.pace)
            if luck < 0.35:
                await self.service.stop()
                self.run.restarts += 1
                self.schedule.at(self.clock() + away, start)
            elif luck < 0.7:
                await self.service.crash()
                self.run.crashes += 1
                self.schedule.at(self.clock() + away, start)
            else:
                await self.service.kill_backends()
                self.run.deaths += 1
                self._again(again)

        async def start() -> None:
            await self.service.start()
            self._again(again)

        self._again(again)

    def _again(self, step: Callable[[], object]) -> None:
        self.schedule.at(self.clock() + timedelta(minutes=self.rng.randint(10, 80) / self.pace), step)  # type: ignore[arg-type]

    def _handovers(self) -> None:
        rng = drawn(self.province.seed, "the handovers")
        step = self.province.hand_over(rng)

        async def again() -> None:
            await step()
            self.schedule.at(self.clock() + timedelta(minutes=rng.randint(3, 12) / self.pace), again)

        self.schedule.at(self.clock() + timedelta(minutes=rng.randint(5, 20) / self.pace), again)

    async def _calm(self) -> None:
        """Let everybody be online, and send until all is answered; then each phone reads, and all listen."""
        if self.service.app is None:
            await self.service.start()
        for person in self.province.people:
            person.calm = True
        self.clock.move_to(self.clock() + timedelta(hours=1))
        for _ in range(ROUNDS):
            if await self._all_is_answered():
                break
        await self._stamped()
        for post in self.province.posts:
            for _ in range(ROUNDS):
                if await post.volunteer.phone.sync():
                    break
        for subscriber in self.province.subscribers:
            subscriber.connect()

    async def _all_is_answered(self) -> bool:
        """Let whoever waits for an answer ask once more."""
        desks = [self.province.coordinator, *self.province.mentors, *self.province.officers]
        desks += [each.desk for each in self.province.volunteers]
        answered = [await desk.retry() for desk in desks]
        waiting = [each.phone for each in self.province.volunteers if not each.phone.is_answered]
        for phone in waiting:
            await phone.sync()
        return all(answered) and not waiting

    async def _stamped(self) -> None:
        """Wait until every event has its place: what a phone asks for then is all there is."""
        async with asyncio.timeout(PATIENCE):
            while await self.pending():  # noqa: ASYNC110 - the service's feed does it
                await asyncio.sleep(0.05)
