"""The ledger of a clock: what moves it from how it stood to how it should stand, and what its lines say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from casework.rules.deadlines import ANSWERED, RESPOND, RESULT, UNANSWERED
from models.clock_words import DeadlineEnding, DeadlineMove, DeadlineState
from models.vocabulary import ReferralKind, ReferralState

M = DeadlineMove


class Stand(NamedTuple):
    """How a clock stands; `extension` counts the units of the rule that it was given more."""

    started_at: datetime
    due_at: datetime
    extension: int = 0
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    ending: DeadlineEnding | None = None


class Line(NamedTuple):
    """A line of the ledger: what moved the clock, when, and by when it is due from then on."""

    move: DeadlineMove
    at: datetime
    due_at: datetime


class Interval(NamedTuple):
    """A stretch of a clock's time, `until` None while it lasts."""

    state: DeadlineState
    since: datetime
    until: datetime | None
    due_at: datetime


def lines_to(before: Stand | None, after: Stand, *, now: datetime) -> Iterator[Line]:
    """Give the lines that lead from one standing to the other; an ending that was corrected is told anew."""
    if before is not None and before.ended_at is not None and after.ended_at is not None and after.ending is not None:
        if before != after:
            yield Line(M.MOVED, now, after.due_at)
            yield Line(M(after.ending.value), after.ended_at, after.due_at)
        return
    if before is None:
        yield Line(M.STARTED, after.started_at, after.due_at)
        if after.paused_at is not None:
            yield Line(M.PAUSED, after.paused_at, after.due_at)
    elif before.ended_at is not None and after.ended_at is None:
        yield Line(M.REOPENED, now, after.due_at)
    elif before.paused_at is not None and after.paused_at is None and after.ended_at is None:
        yield Line(M.RESUMED, now, after.due_at)
    elif before.due_at != after.due_at or before.started_at != after.started_at:
        is_later = before.started_at == after.started_at and before.due_at < after.due_at
        yield Line(M.EXTENDED if is_later else M.MOVED, now, after.due_at)
    if before is not None and before.paused_at is None and after.paused_at is not None:
        yield Line(M.PAUSED, after.paused_at, after.due_at)
    was_open = before is None or before.ended_at is None
    if after.ended_at is not None and after.ending is not None and was_open:
        yield Line(M(after.ending.value), after.ended_at, after.due_at)


def state_of(stand: "Standing", now: datetime) -> DeadlineState:
    """Tell how a clock stands at an instant; one that was done too late was missed."""
    if stand.ended_at is not None:
        if stand.ended_at > stand.due_at and stand.paused_at is None:
            return DeadlineState.MISSED
        return DeadlineState.MET if stand.ending is DeadlineEnding.MET else DeadlineState.DROPPED
    if stand.paused_at is not None:
        return DeadlineState.PAUSED
    return DeadlineState.MISSED if stand.due_at < now else DeadlineState.RUNNING


class Standing(Protocol):
    @property
    def due_at(self) -> datetime: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def ending(self) -> DeadlineEnding | None: ...


_ENDS = frozenset({M.MET, M.DROPPED})


def intervals(lines: Sequence[Line], now: datetime) -> list[Interval]:
    """Read a ledger as stretches of time: running, standing still, and past its end; none lasts beyond its ending."""
    stands = _as_it_stands(lines)
    closed = stands[-1].at if stands and stands[-1].move in _ENDS else None
    found: list[Interval] = []
    for at, line in enumerate(stands):
        until = stands[at + 1].at if at + 1 < len(stands) else None
        if closed is not None:
            until = closed if until is None else min(until, closed)
        if line.move in _ENDS or (until is not None and until <= line.at):
            continue
        if line.move is M.PAUSED:
            found.append(Interval(DeadlineState.PAUSED, line.at, until, line.due_at))
        else:
            found += _running(line, until, now)
    return found


def _as_it_stands(lines: Sequence[Line]) -> list[Line]:
    """Leave out endings that were corrected afterwards."""
    following = [*lines[1:], None]
    return [
        line
        for line, then in zip(lines, following, strict=True)
        if not (line.move in _ENDS and then is not None and then.move is M.MOVED)
    ]


def _running(line: Line, until: datetime | None, now: datetime) -> Iterator[Interval]:
    end = now if until is None else until
    if line.due_at > line.at:
        in_time = until if end <= line.due_at else line.due_at
        yield Interval(DeadlineState.RUNNING, line.at, in_time, line.due_at)
    if end > line.due_at:
        yield Interval(DeadlineState.MISSED, max(line.at, line.due_at), until, line.due_at)


class ReferralOnClock(Protocol):
    @property
    def kind(self) -> ReferralKind: ...
    @property
    def state(self) -> ReferralState: ...
    @property
    def asked_from(self) -> ReferralState | None: ...
    @property
    def asked_at(self) -> datetime | None: ...
    @property
    def respond_by(self) -> datetime | None: ...
    @property
    def result_by(self) -> datetime | None: ...
    @property
    def sent_at(self) -> datetime: ...
    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...


def clocks_of_referral(referral: ReferralOnClock) -> Iterator[tuple[str, Stand]]:
    """Give how its two clocks stand: for the answer from its sending, for the result from its acceptance."""
    accepted = referral.accepted_at
    if referral.respond_by is not None:
        answered = accepted or (referral.ended_at if referral.state in _ANSWERS else None)
        stand = Stand(referral.sent_at, referral.respond_by)
        yield RESPOND, _as_it_is(referral, stand, UNANSWERED, met_at=answered)
    if referral.result_by is not None and accepted is not None:
        reported = referral.ended_at if referral.state is ReferralState.COMPLETED else None
        yield RESULT, _as_it_is(referral, Stand(accepted, referral.result_by), ANSWERED, met_at=reported)


_ANSWERS = frozenset({ReferralState.REJECTED, ReferralState.COMPLETED})
"""Ends that are an answer of the office by themselves."""


def _as_it_is(
    referral: ReferralOnClock, stand: Stand, running: frozenset[ReferralState], *, met_at: datetime | None
) -> Stand:
    if met_at is not None:
        return stand._replace(ended_at=met_at, ending=DeadlineEnding.MET)
    if referral.ended_at is not None:
        return stand._replace(ended_at=referral.ended_at, ending=DeadlineEnding.DROPPED)
    if referral.state is ReferralState.NEEDS_INFO and referral.asked_from in running:
        return stand._replace(paused_at=referral.asked_at)
    return stand
