"""Everybody of the demo network, and who of them does what how often."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from casework.demo.network import read_network, subject_of
from tests.simulation.clock import Clock, Schedule, Step, drawn
from tests.simulation.desks import Coordinator, Mentor, Officer, Passing
from tests.simulation.intents import Book, new_id
from tests.simulation.people import Online
from tests.simulation.phone import Phone
from tests.simulation.service import Service
from tests.simulation.subscribers import Subscriber
from tests.simulation.volunteers import Volunteer

OFFICERS = {"officer DLPW-43": "DLPW-43", "sensitive DLPW-43": "DLPW-43", "officer SSO-43": "SSO-43"}
COORDINATOR = "coordinator 43"
LISTENING_VOLUNTEERS = 6
"""Of the first posts, which are never handed over."""
EVERY = {Volunteer: 80, Mentor: 45, Officer: 15}
"""Minutes between two steps, about."""


@dataclass
class Post:
    """A volunteer's post: who fills it, and who did."""

    area: str
    volunteer: Volunteer
    former: list[Volunteer] = field(default_factory=list)


class Province:
    def __init__(self, seed: int, *, service: Service, clock: Clock, pace: float) -> None:
        self.pace = pace
        self.seed = seed
        self.service = service
        self.clock = clock
        self.book = Book()
        network = read_network()
        self.posts = [self._post(person["tambon"]) for person in network["volunteers"]]
        self.mentors = [self._mentor(person["amphoe"]) for person in network["mentors"]]
        self.officers = [self._officer(handle, office) for handle, office in OFFICERS.items()]
        self.coordinator = Coordinator(COORDINATOR, subject_of(COORDINATOR), **self._common())
        listening = [f"volunteer {post.area}" for post in self.posts[:LISTENING_VOLUNTEERS]]
        inboxes = [*OFFICERS, COORDINATOR, *listening]
        self.subscribers = [self._inbox(handle) for handle in inboxes]

    def _common(self) -> dict[str, object]:
        return {"service": self.service, "book": self.book, "clock": self.clock, "seed": self.seed}

    def _post(self, area: str) -> Post:
        return Post(area, self._volunteer(f"volunteer {area}", subject_of(f"volunteer {area}"), area))

    def _volunteer(self, name: str, subject: UUID, area: str) -> Volunteer:
        phone = Phone(name, subject, **self._common())
        return Volunteer(phone, Online(f"{name} at the desk", subject, **self._common()), area, pace=self.pace)

    def _mentor(self, amphoe: str) -> Mentor:
        mentor = Mentor(f"mentor {amphoe}", subject_of(f"mentor {amphoe}"), **self._common())
        mentor.amphoe = amphoe
        mentor.volunteers = lambda: [post.volunteer for post in self.posts if post.area.startswith(amphoe)]
        return mentor

    def _officer(self, handle: str, office: str) -> Officer:
        officer = Officer(handle, subject_of(network_handle(handle)), **self._common())
        officer.office = office
        return officer

    def _inbox(self, handle: str) -> Subscriber:
        name = network_handle(handle)
        return Subscriber(f"inbox of {handle}", name, subject_of(name), self.service, self.book)

    @property
    def volunteers(self) -> list[Volunteer]:
        """Everybody who fills or filled a post."""
        return [each for post in self.posts for each in (post.volunteer, *post.former)]

    @property
    def people(self) -> list[Phone | Online]:
        both = [each for volunteer in self.volunteers for each in (volunteer.phone, volunteer.desk)]
        return [*both, *self.mentors, *self.officers, self.coordinator]

    async def sign_in(self) -> None:
        """Everybody has signed in on the phone before the day begins."""
        for volunteer in self.volunteers:
            await volunteer.phone.sign_in()

    def begin(self, schedule: Schedule, rng: Random) -> None:
        """Let everybody begin within their first interval, and go on."""
        for post in self.posts:
            self._every(schedule, Volunteer, post.volunteer.phone.rng, post.volunteer.step)
        for mentor in self.mentors:
            self._every(schedule, Mentor, mentor.rng, mentor.step)
        for officer in self.officers:
            self._every(schedule, Officer, officer.rng, officer.step)
        self._schedule = schedule
        for subscriber in self.subscribers:
            self._listen_on(schedule, drawn(self.seed, subscriber.name), subscriber)
        self._follow(schedule, rng)

    def _every(self, schedule: Schedule, kind: type, rng: Random, step: Callable[[], Awaitable[None]]) -> None:
        about = EVERY[kind] / self.pace

        async def again() -> None:
            try:
                await step()
            finally:
                schedule.at(self.clock() + timedelta(minutes=about * (0.5 + rng.random())), again)

        schedule.at(self.clock() + timedelta(minutes=about * rng.random()), again)

    def _listen_on(self, schedule: Schedule, rng: Random, subscriber: Subscriber) -> None:
        async def again() -> None:
            if subscriber.listens and rng.random() < 0.5:
                await subscriber.disconnect()
            else:
                subscriber.connect()
            schedule.at(self.clock() + timedelta(minutes=rng.randint(3, 40) / self.pace), again)

        subscriber.connect()
        schedule.at(self.clock() + timedelta(minutes=rng.randint(3, 40) / self.pace), again)

    def _follow(self, schedule: Schedule, rng: Random) -> None:
        """Let the coordinator follow a case now and then, in the inbox and by itself."""

        async def again() -> None:
            opened = [case for each in self.volunteers for case in each.phone.store.opened.values()]
            followed = {subscriber.case for subscriber in self.subscribers}
            opened = [case for case in opened if case not in followed]
            if opened and self.coordinator.passes is None:
                case, inbox = rng.choice(opened), self.subscribers[len(OFFICERS)]
                await self.coordinator.follow(case)
                if inbox.cursor is not None:
                    name = f"events of {case}"
                    follower = Subscriber(name, COORDINATOR, inbox.subject, self.service, self.book, case, inbox.cursor)
                    follower.began = inbox.cursor
                    self.subscribers.append(follower)
                    self._listen_on(schedule, drawn(self.seed, len(self.subscribers)), follower)
            schedule.at(self.clock() + timedelta(minutes=rng.randint(15, 45) / self.pace), again)

        schedule.at(self.clock() + timedelta(minutes=rng.randint(5, 30) / self.pace), again)

    def hand_over(self, rng: Random) -> Step:
        """Give the step that hands a post over, drawn when it comes: to somebody new, or back."""

        async def step() -> None:
            post = rng.choice(self.posts[LISTENING_VOLUNTEERS:])
            goes_back, found = rng.random() < 0.5, rng.random() < 0.5
            seat, new = post.volunteer.phone.store.seat, UUID(new_id(rng))
            if self.coordinator.passes is None and self.coordinator.pending is None and seat is not None:
                to = post.former[-1] if goes_back and post.former else self._volunteer(f"{new}", new, post.area)
                known = to in post.former
                self.coordinator.passes = Passing(
                    seat, to.phone.subject, known, lambda: self._passed(post, to, found=found and not known)
                )
            await self.coordinator.step()

        return step

    def _passed(self, post: Post, to: Volunteer, *, found: bool) -> None:
        leaving = post.volunteer
        leaving.phone.left, to.phone.left = True, False
        post.former = [each for each in post.former if each is not to] + [leaving]
        post.volunteer = to
        if found:
            to.phone.found = leaving.phone.store
        if to.phone.store.owner is None:
            self._every(self._schedule, Volunteer, to.phone.rng, to.step)


def network_handle(handle: str) -> str:
    """`sensitive X` of the scripts is the second officer of the office."""
    return f"officer {handle.removeprefix('sensitive ')} 2" if handle.startswith("sensitive ") else handle
