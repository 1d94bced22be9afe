"""The ledger of a clock: the lines that lead from one standing to the next, and what they say."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.deadlines import RESPOND, RESULT
from casework.rules.ledger import Line, Stand, clocks_of_referral, intervals, lines_to, state_of
from models.clock_words import DeadlineEnding, DeadlineMove, DeadlineState
from models.vocabulary import ReferralKind, ReferralState

M, S, E, R = DeadlineMove, DeadlineState, DeadlineEnding, ReferralState
T0 = datetime(2026, 11, 2, 3, tzinfo=UTC)
DUE = T0 + timedelta(days=10)
RUNNING = Stand(T0, DUE)


def on(days: int) -> datetime:
    return T0 + timedelta(days=days)


PAUSED = RUNNING._replace(paused_at=on(2))
LATER = RUNNING._replace(due_at=on(15))
MET = RUNNING._replace(ended_at=on(5), ending=E.MET)
DROPPED = RUNNING._replace(ended_at=on(5), ending=E.DROPPED)


@pytest.mark.parametrize(
    ("before", "after", "moves"),
    [
        (None, RUNNING, [M.STARTED]),
        (None, PAUSED, [M.STARTED, M.PAUSED]),
        (None, MET, [M.STARTED, M.MET]),
        (RUNNING, RUNNING, []),
        (RUNNING, PAUSED, [M.PAUSED]),
        (PAUSED, PAUSED, []),
        (PAUSED, RUNNING, [M.RESUMED]),
        (PAUSED, LATER, [M.RESUMED]),
        (PAUSED, DROPPED, [M.DROPPED]),
        (RUNNING, LATER, [M.EXTENDED]),
        (LATER, RUNNING, [M.MOVED]),
        (RUNNING, Stand(on(1), on(11)), [M.MOVED]),
        (RUNNING, MET, [M.MET]),
        (MET, MET, []),
        (MET, RUNNING, [M.REOPENED]),
        (MET, MET._replace(ended_at=on(3)), [M.MOVED, M.MET]),
        (MET, MET._replace(due_at=on(4)), [M.MOVED, M.MET]),
        (MET, DROPPED, [M.MOVED, M.DROPPED]),
    ],
)
def test_every_change_has_its_line(before: Stand | None, after: Stand, moves: list[DeadlineMove]) -> None:
    lines = list(lines_to(before, after, now=on(6)))
    assert [line.move for line in lines] == moves
    assert all(line.due_at == after.due_at for line in lines)


@pytest.mark.parametrize(
    ("stand", "now", "state"),
    [
        (RUNNING, on(10), S.RUNNING),
        (RUNNING, on(11), S.MISSED),
        (PAUSED, on(11), S.PAUSED),
        (MET, on(20), S.MET),
        (DROPPED, on(20), S.DROPPED),
        (MET._replace(ended_at=on(11)), on(20), S.MISSED),
    ],
)
def test_how_a_clock_stands(stand: Stand, now: datetime, state: DeadlineState) -> None:
    assert state_of(stand, now) is state


def test_a_ledger_reads_as_stretches_of_time() -> None:
    lines = [
        Line(M.STARTED, T0, DUE),
        Line(M.PAUSED, on(2), DUE),
        Line(M.RESUMED, on(4), on(12)),
        Line(M.MET, on(14), on(12)),
        Line(M.REOPENED, on(16), on(20)),
    ]
    assert intervals(lines, on(18)) == [
        (S.RUNNING, T0, on(2), DUE),
        (S.PAUSED, on(2), on(4), DUE),
        (S.RUNNING, on(4), on(12), on(12)),
        (S.MISSED, on(12), on(14), on(12)),
        (S.RUNNING, on(16), None, on(20)),
    ]
    assert intervals(lines, on(30))[-1] == (S.MISSED, on(20), None, on(20))


STANDS = st.sampled_from([RUNNING, PAUSED, LATER, MET, DROPPED, LATER._replace(paused_at=on(3))])


@given(st.lists(STANDS, min_size=1, max_size=8))
def test_the_last_line_says_how_the_clock_stands_and_stretches_do_not_overlap(stands: list[Stand]) -> None:
    lines, before = list[Line](), None
    for day, stand in enumerate(stands, 6):
        lines += [line._replace(at=max(line.at, on(day))) for line in lines_to(before, stand, now=on(day))]
        before = stand
    ends = {M.MET, M.DROPPED}
    assert (lines[-1].move in ends) == (stands[-1].ended_at is not None)
    assert lines[-1].due_at == stands[-1].due_at or stands[-1].ended_at is not None
    found = intervals(lines, on(40))
    assert all(one.until is not None and one.until <= other.since for one, other in pairwise(found))


class Sent(NamedTuple):
    state: ReferralState
    kind: ReferralKind = ReferralKind.REFER
    respond_by: datetime | None = on(3)
    result_by: datetime | None = on(30)
    sent_at: datetime = T0
    accepted_at: datetime | None = None
    asked_at: datetime | None = None
    asked_from: ReferralState | None = None
    ended_at: datetime | None = None


ANSWER, REPORT = Stand(T0, on(3)), Stand(on(1), on(30))
ANSWERED = ANSWER._replace(ended_at=on(1), ending=E.MET)


@pytest.mark.parametrize(
    ("sent", "clocks"),
    [
        (Sent(R.SENT), {RESPOND: ANSWER}),
        (Sent(R.RECEIVED), {RESPOND: ANSWER}),
        (Sent(R.SENT, kind=ReferralKind.INFORM, respond_by=None, result_by=None), {}),
        (
            Sent(R.NEEDS_INFO, asked_from=R.RECEIVED, asked_at=on(1)),
            {RESPOND: ANSWER._replace(paused_at=on(1))},
        ),
        (Sent(R.ACCEPTED, accepted_at=on(1)), {RESPOND: ANSWERED, RESULT: REPORT}),
        (
            Sent(R.NEEDS_INFO, accepted_at=on(1), asked_from=R.IN_PROGRESS, asked_at=on(2)),
            {RESPOND: ANSWERED, RESULT: REPORT._replace(paused_at=on(2))},
        ),
        (
            Sent(R.COMPLETED, accepted_at=on(1), ended_at=on(9)),
            {RESPOND: ANSWERED, RESULT: REPORT._replace(ended_at=on(9), ending=E.MET)},
        ),
        (
            Sent(R.RETURNED, accepted_at=on(1), ended_at=on(9)),
            {RESPOND: ANSWERED, RESULT: REPORT._replace(ended_at=on(9), ending=E.DROPPED)},
        ),
        (Sent(R.REJECTED, ended_at=on(2)), {RESPOND: ANSWER._replace(ended_at=on(2), ending=E.MET)}),
        (Sent(R.RECALLED, ended_at=on(2)), {RESPOND: ANSWER._replace(ended_at=on(2), ending=E.DROPPED)}),
        (Sent(R.LAPSED, ended_at=on(20)), {RESPOND: ANSWER._replace(ended_at=on(20), ending=E.DROPPED)}),
        (Sent(R.DISPUTED, accepted_at=on(1)), {RESPOND: ANSWERED, RESULT: REPORT}),
        (
            Sent(R.COMPLETED, kind=ReferralKind.TRANSFER, result_by=None, accepted_at=on(1), ended_at=on(1)),
            {RESPOND: ANSWERED},
        ),
    ],
)
def test_the_clocks_of_a_referral(sent: Sent, clocks: dict[str, Stand]) -> None:
    assert dict(clocks_of_referral(sent)) == clocks


def test_an_ending_that_was_corrected_does_not_count_and_nothing_lasts_beyond_the_last_one() -> None:
    late = RUNNING._replace(ended_at=on(12), ending=E.MET)
    told = [*lines_to(None, late, now=on(12)), *lines_to(late, MET, now=on(20))]
    assert [line.move for line in told] == [M.STARTED, M.MET, M.MOVED, M.MET]
    assert [(each.state, each.since, each.until) for each in intervals(told, on(30))] == [(S.RUNNING, T0, on(5))]
    before = [Line(M.STARTED, T0, DUE), Line(M.EXTENDED, on(8), on(15)), Line(M.MET, on(6), on(15))]
    assert [(each.since, each.until) for each in intervals(before, on(30))] == [(T0, on(6))]
