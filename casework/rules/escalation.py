"""What is the matter with a case, whom it concerns, and from when on they are told."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from casework.rules.calendar import BANGKOK, END_OF_WORK, after_working_days, bangkok_day
from casework.rules.deadlines import ANSWERED, UNANSWERED
from casework.rules.states import ENDED, WAITING
from models.clock_words import ClockKind
from models.notice_words import NoticeReason, NoticeTo
from models.vocabulary import CaseState, ReferralKind, ReferralState


class Count(StrEnum):
    """How the days of a step are counted."""

    WORKING = "WORKING"
    CALENDAR = "CALENDAR"


class Step(NamedTuple):
    """A rung of the ladder: who is told of a reason how many days after it began."""

    reason: NoticeReason
    to: NoticeTo
    days: int
    counted: Count
    effective_from: date
    effective_until: date | None


class QuietHours(NamedTuple):
    """From when to when, in Bangkok, nobody is told anything; none where both are the same."""

    since: time
    until: time

    def next_allowed(self, at: datetime) -> datetime:
        """Give the instant itself, or the end of the quiet hours in which it lies."""
        local = at.astimezone(BANGKOK)
        over_midnight = self.since > self.until
        after, before = local.time() >= self.since, local.time() < self.until
        if not (after or before if over_midnight else after and before):
            return at
        day = local.date() + timedelta(days=1) if over_midnight and after else local.date()
        return datetime.combine(day, self.until, BANGKOK).astimezone(at.tzinfo)


class Matter(NamedTuple):
    """A reason to tell somebody, and when it began or will begin."""

    reason: NoticeReason
    since: datetime
    referral_id: int | None = None
    office_id: int | None = None


class CaseNow(NamedTuple):
    """`vacant_since`: when the last one left, or will leave, the post or office that holds the case."""

    state: CaseState
    updated_at: datetime
    review_on: date | None
    vacant_since: datetime | None


class ReferralNow(NamedTuple):
    id: int
    to_office_id: int
    kind: ReferralKind
    state: ReferralState
    sent_at: datetime
    respond_by: datetime | None
    result_by: datetime | None
    ended_at: datetime | None


class ClockNow(NamedTuple):
    """A legal clock that runs, by a rule that somebody has confirmed."""

    kind: ClockKind
    due_at: datetime


R = NoticeReason
_LEGAL = {ClockKind.CITIZEN_RIGHT: R.RIGHT_ENDING, ClockKind.AGENCY_DUTY: R.DUTY_MISSED}
_WORKED_ON = frozenset({CaseState.NEW, CaseState.SCREENING, CaseState.IN_PROGRESS})


def matters_of(case: CaseNow, referrals: Sequence[ReferralNow], clocks: Iterable[ClockNow]) -> Iterator[Matter]:
    """Give all that is the matter now or will be if nobody acts; nothing once the case has ended."""
    if case.state in ENDED:
        return
    of_referrals = [matter for referral in referrals for matter in _of_referral(case, referral)]
    yield from of_referrals
    if case.state in WAITING and case.review_on is not None:
        yield Matter(R.REVIEW_PASSED, datetime.combine(case.review_on, END_OF_WORK, BANGKOK))
    if case.vacant_since is not None:
        yield Matter(R.NOBODY_THERE, case.vacant_since)
    for clock in clocks:
        if clock.kind in _LEGAL:
            yield Matter(_LEGAL[clock.kind], clock.due_at)
    waits = bool(of_referrals) or any(referral.ended_at is None for referral in referrals)
    if case.state in _WORKED_ON and not waits:
        yield Matter(R.SILENT, case.updated_at)


def _of_referral(case: CaseNow, referral: ReferralNow) -> Iterator[Matter]:
    about = {"referral_id": referral.id, "office_id": referral.to_office_id}
    if referral.state in UNANSWERED and referral.respond_by is not None:
        yield Matter(R.REFERRAL_UNANSWERED, referral.respond_by, **about)
    elif referral.state in ANSWERED and referral.result_by is not None:
        yield Matter(R.RESULT_LATE, referral.result_by, **about)
    elif referral.state is ReferralState.LAPSED and referral.ended_at == case.updated_at:
        yield Matter(R.REFERRAL_LAPSED, case.updated_at, **about)


def told_at(matter: Matter, step: Step, *, holidays: Container[date]) -> datetime:
    """Give the instant from which on a step tells of a matter."""
    if step.days == 0:
        return matter.since
    if step.counted is Count.WORKING:
        return after_working_days(matter.since, step.days, holidays=holidays)
    return matter.since + timedelta(days=step.days)


def steps_of(matter: Matter, steps: Iterable[Step]) -> Iterator[Step]:
    """Give the rungs that were in force on the day on which the matter began."""
    day = bangkok_day(matter.since)
    for step in steps:
        in_force = step.effective_from <= day and (step.effective_until is None or day < step.effective_until)
        if step.reason is matter.reason and in_force:
            yield step


class Span(NamedTuple):
    """A time in which somebody fills a post."""

    since: datetime
    until: datetime | None


def vacant_since(spans: Iterable[Span], *, begun: datetime, now: datetime) -> datetime | None:
    """Tell when nobody was left, or will be; None where somebody stays. `begun` is when the post should be filled."""
    gone = begun
    for span in sorted(spans, key=lambda span: span.since):
        if span.since > max(gone, now):
            break
        if span.until is None:
            return None
        gone = max(gone, span.until)
    return gone
