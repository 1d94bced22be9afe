"""The country in which cases happen: its posts, its calendar, its chances; and the time of each next thing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from random import Random

from casework.demo.country.clock import Clock
from casework.demo.country.ledger import Ledger
from casework.demo.country.library import Library
from casework.demo.country.posts import Post, Posts
from casework.demo.country.referral_rows import ReferralRow
from casework.keys import Keys
from casework.reference.data import ProblemTypeRow, ReferenceData
from casework.rules.calendar import bangkok_day
from casework.rules.deadlines import ReferralTimes, lapses_at, moved_on, referral_times, standard_in_force
from casework.rules.disclosures import expiry_by_rule
from models.vocabulary import Priority, ReferralKind

Process = Iterator[datetime]
"""Something that goes on: each step gives the time of the next one."""


class Country:
    """Everything that happens, one thing after another in the order of time until `clock.until`."""

    def __init__(
        self,
        *,
        reference: ReferenceData,
        library: Library,
        posts: Posts,
        keys: Keys,
        ledger: Ledger,
        clock: Clock,
        rng: Random,
    ) -> None:
        self.reference = reference
        self.library = library
        self.posts = posts
        self.keys = keys
        self.ledger = ledger
        self.clock = clock
        self.rng = rng
        self.now = clock.since
        self._agenda: list[tuple[datetime, int, Process]] = []
        self._turn = count()
        self._times: dict[tuple[date, ReferralKind, Priority], ReferralTimes] = {}
        self._expiries: dict[tuple[date, ReferralKind, Priority], datetime] = {}
        self._last_numbers: dict[tuple[str, int], int] = defaultdict(int)

    def go_on(self, process: Process) -> None:
        """Take a process up at the time of its next step; one whose step lies beyond the end stays as it is."""
        at = next(process, None)
        if at is not None and at <= self.clock.until:
            heappush(self._agenda, (at, next(self._turn), process))

    def happen(self) -> Iterator[None]:
        """Let one thing after another happen."""
        while self._agenda:
            self.now, _, process = heappop(self._agenda)
            self.go_on(process)
            yield

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def text(self, kind: str, problem_type: str) -> str:
        return self.library.text(self.rng, kind, problem=self.reference.problem_types[problem_type].title_th)

    def next_number(self, province: str, buddhist_year: int) -> int:
        """Number the cases of a province in a Buddhist year without gaps."""
        self._last_numbers[province, buddhist_year] += 1
        return self._last_numbers[province, buddhist_year]

    @property
    def last_numbers(self) -> dict[tuple[str, int], int]:
        return self._last_numbers

    def referral_times(self, kind: ReferralKind, priority: Priority) -> ReferralTimes:
        """Compute once for all referrals that are sent on one day."""
        key = (bangkok_day(self.now), kind, priority)
        if key not in self._times:
            self._times[key] = referral_times(
                self.reference.standards,
                kind=kind,
                priority=priority,
                sent_at=self.now,
                wanted=None,
                holidays=self.reference.holidays,
            )
        return self._times[key]

    def standard_from(self, code: str, kind: ReferralKind, priority: Priority, sent_at: datetime) -> date:
        """Name the version of the service standard that binds a referral sent then."""
        day = bangkok_day(sent_at)
        found = standard_in_force(self.reference.standards, code=code, kind=kind, priority=priority, on=day)
        return day if found is None else found.effective_from

    def disclosure_expiry(self, kind: ReferralKind, priority: Priority) -> datetime:
        """Compute it once for all referrals that are sent on one day, or renewed on it."""
        key = (bangkok_day(self.now), kind, priority)
        if key not in self._expiries:
            self._expiries[key] = expiry_by_rule(
                self.reference.standards,
                kind=kind,
                priority=priority,
                times=self.referral_times(kind, priority),
                sent_at=self.now,
                holidays=self.reference.holidays,
            )
        return self._expiries[key]

    def lapse_of(self, referral: ReferralRow, priority: Priority) -> datetime | None:
        """Tell when the system gives a referral back that nobody answers."""
        return lapses_at(
            self.reference.standards,
            kind=referral.kind,
            priority=priority,
            sent_at=referral.sent_at,
            respond_by=referral.respond_by,
            holidays=self.reference.holidays,
        )

    def moved_on(self, due: datetime | None, *, asked_at: datetime) -> datetime | None:
        """Give a time back that stood still since a question."""
        return moved_on(due, asked_at=asked_at, answered_at=self.now, holidays=self.reference.holidays)

    def post(self, seat_id: int | None) -> Post:
        """Give the volunteer's post that a case names."""
        return self.posts.by_seat[seat_id or 0]

    def officer(self, office_id: int, *, sensitive: bool) -> Post:
        """Choose an officer of the office, for a sensitive case one who handles them."""
        return self.rng.choice((self.posts.trusted if sensitive else self.posts.officers)[office_id])

    def office_of(self, problem_type: str, province: str) -> int:
        """Find the office that answers for a kind of problem in a province."""
        agency = self.reference.problem_types[problem_type].agency_code
        return self.reference.offices_by_code[f"{agency}-{province}"].id

    @cached_property
    def problem_mix(self) -> tuple[list[ProblemTypeRow], list[float]]:
        types = list(self.reference.problem_types.values())
        return types, [float(self.library.shares["problems"].get(kind.code, 1)) for kind in types]
