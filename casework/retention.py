"""Whose personal data may be erased: what the rules need to know, of one citizen or of all, and a survey of all."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from casework.reference.files import retention_rules
from casework.rules.erasure import obstacles
from casework.rules.retention import EndedProblem, Retention, years_after
from casework.rules.states import REFERRAL_OPEN
from models import Case, CaseProblem, Citizen, LegalHold, Referral, table_of
from models.privacy_words import ErasureGround, Obstacle
from models.vocabulary import CaseState, Outcome, ReferralState

citizen, the_case, problem = table_of(Citizen), table_of(Case), table_of(CaseProblem)
hold, referral = table_of(LegalHold), table_of(Referral)

_MERGED = citizen.alias("merged")
_RECORDS = select(_MERGED.c.id).where(_MERGED.c.merged_into_citizen_id == citizen.c.id)
_HELD = exists().where(
    or_(hold.c.citizen_id == citizen.c.id, hold.c.citizen_id.in_(_RECORDS)), hold.c.released_at.is_(None)
)
_OPEN_REFERRALS = (
    select(func.array_agg(referral.c.state))
    .where(referral.c.case_id == the_case.c.id, referral.c.state.in_(REFERRAL_OPEN))
    .scalar_subquery()
)
_FACTS: Select[Any] = (
    select(
        citizen.c.id.label("citizen_id"),
        citizen.c.registered_at,
        _HELD.label("held"),
        the_case.c.id.label("case_id"),
        the_case.c.state,
        the_case.c.ended_at,
        _OPEN_REFERRALS.label("referrals"),
        problem.c.problem_type_code,
        problem.c.outcome,
    )
    .select_from(
        citizen.outerjoin(the_case, the_case.c.citizen_id == citizen.c.id).outerjoin(
            problem, problem.c.case_id == the_case.c.id
        )
    )
    .order_by(citizen.c.id, the_case.c.id, problem.c.position)
)
_OF_ONE = _FACTS.where(citizen.c.id == bindparam("wanted", type_=BigInteger()))
_OF_ALL = _FACTS.where(citizen.c.erased_at.is_(None), citizen.c.merged_into_citizen_id.is_(None))
"""Records that were merged are kept as long as the one in which they go on."""


class CaseFacts(NamedTuple):
    state: CaseState
    ended_at: datetime | None
    referrals: Sequence[ReferralState]
    problems: Sequence[EndedProblem]

    @property
    def retention(self) -> Retention | None:
        """How long it is kept; None while it goes on."""
        if self.ended_at is None:
            return None
        return retention_rules().of_case(self.state, self.problems, ended_at=self.ended_at)


class CitizenFacts(NamedTuple):
    citizen_id: int
    registered_at: datetime
    held: bool
    cases: Sequence[CaseFacts]

    @property
    def kept_until(self) -> datetime:
        """When the last of the cases that have ended is kept no longer; without one, by the rule for that."""
        ended = [retention.until for case in self.cases if (retention := case.retention) is not None]
        return max(ended, default=years_after(self.registered_at, retention_rules().without_a_case.years))

    def obstacles(self, ground: ErasureGround, *, now: datetime) -> Sequence[Obstacle]:
        return obstacles(
            ground,
            held=self.held,
            cases=[case.state for case in self.cases],
            referrals=[state for case in self.cases for state in case.referrals],
            kept_until=self.kept_until,
            now=now,
        )


def _facts(rows: Sequence[Any]) -> CitizenFacts:
    """Read the rows of one citizen."""
    cases = []
    for case_id, of_case in groupby(rows, key=attrgetter("case_id")):
        if case_id is not None:
            first, *more = of_case
            problems = [EndedProblem(row.problem_type_code, row.outcome) for row in (first, *more)]
            cases.append(CaseFacts(first.state, first.ended_at, first.referrals or (), problems))
    return CitizenFacts(rows[0].citizen_id, rows[0].registered_at, rows[0].held, cases)


async def facts_of(session: AsyncSession, citizen_id: int) -> CitizenFacts:
    """Give what is known of one citizen, whose row exists and was merged into no other."""
    return _facts((await session.execute(_OF_ONE, {"wanted": citizen_id})).all())


async def _facts_of_all(connection: AsyncConnection) -> AsyncIterator[CitizenFacts]:
    """Give the citizens that are not erased, one after another: however many, they do not fill the memory."""
    async with connection.stream(_OF_ALL) as found:
        of_one: list[Any] = []
        async for row in found:
            if of_one and row.citizen_id != of_one[0].citizen_id:
                yield _facts(of_one)
                of_one = []
            of_one.append(row)
        if of_one:
            yield _facts(of_one)


How = Outcome | CaseState | None
"""What came of a case: the outcome of the problem that is kept longest, else its last state; None without a case."""


@dataclass(slots=True)
class Tally:
    """How many are due, and the end of the oldest case, or the registration of the oldest citizen without one."""

    oldest: datetime
    citizens: int = 0
    cases: int = 0


@dataclass(slots=True)
class Survey:
    """Who is due, by what came of it; the others by the gravest thing that stands against it."""

    due: list[int] = field(default_factory=list)
    by_outcome: dict[How, Tally] = field(default_factory=dict)
    others: Counter[Obstacle] = field(default_factory=Counter)

    def add(self, facts: CitizenFacts, *, now: datetime) -> None:
        against = facts.obstacles(ErasureGround.RETENTION_ENDED, now=now)
        if against:
            self.others[against[0]] += 1
            return
        self.due.append(facts.citizen_id)
        ends = list(_ends(facts))
        for how, at, is_case in ends:
            tally = self.by_outcome.setdefault(how, Tally(at))
            tally.oldest = min(tally.oldest, at)
            tally.cases += is_case
        for how in {how for how, _, _ in ends}:
            self.by_outcome[how].citizens += 1


def _ends(facts: CitizenFacts) -> Iterator[tuple[How, datetime, bool]]:
    if not facts.cases:
        yield None, facts.registered_at, False
    for case in facts.cases:
        if case.ended_at is not None and (retention := case.retention) is not None:
            yield retention.problem.outcome or case.state, case.ended_at, True


async def survey(connection: AsyncConnection, *, now: datetime) -> Survey:
    """Look at every citizen that is not erased."""
    found = Survey()
    async for facts in _facts_of_all(connection):
        found.add(facts, now=now)
    return found
