"""The ladder: what is the matter, who is told when, and never at night."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.reference.escalation import escalation_steps
from casework.rules.calendar import BANGKOK
from casework.rules.escalation import (
    CaseNow,
    ClockNow,
    Count,
    Matter,
    QuietHours,
    ReferralNow,
    Span,
    Step,
    matters_of,
    steps_of,
    told_at,
    vacant_since,
)
from models.clock_words import ClockKind
from models.notice_words import NoticeReason, NoticeTo
from models.vocabulary import CaseState, ReferralKind, ReferralState

R, S, C = NoticeReason, ReferralState, CaseState
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
DUE = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
NIGHT = QuietHours(time(20), time(7))


def case(state: CaseState = C.IN_PROGRESS, **known: Any) -> CaseNow:
    return CaseNow(**{"state": state, "updated_at": NOW, "review_on": None, "vacant_since": None, **known})


def referral(state: ReferralState, **known: Any) -> ReferralNow:
    return ReferralNow(
        **{
            "id": 7,
            "to_office_id": 3,
            "kind": ReferralKind.REFER,
            "state": state,
            "sent_at": NOW,
            "respond_by": DUE,
            "result_by": DUE,
            "ended_at": None,
            **known,
        }
    )


def reasons(now: CaseNow, *referrals: ReferralNow, clocks: tuple[ClockNow, ...] = ()) -> list[tuple[str, datetime]]:
    return [(matter.reason.value, matter.since) for matter in matters_of(now, referrals, clocks)]


@pytest.mark.parametrize(
    ("state", "known", "wanted"),
    [
        (S.SENT, {}, [("REFERRAL_UNANSWERED", DUE)]),
        (S.RECEIVED, {}, [("REFERRAL_UNANSWERED", DUE)]),
        (S.RECEIVED, {"kind": ReferralKind.INFORM, "respond_by": None}, []),
        (S.ACCEPTED, {}, [("RESULT_LATE", DUE)]),
        (S.DISPUTED, {}, [("RESULT_LATE", DUE)]),
        (S.ACCEPTED, {"result_by": None}, []),
        (S.NEEDS_INFO, {}, []),
        (S.LAPSED, {"ended_at": NOW}, [("REFERRAL_LAPSED", NOW)]),
        (S.LAPSED, {"ended_at": DUE}, [("SILENT", NOW)]),
        (S.COMPLETED, {"ended_at": DUE}, [("SILENT", NOW)]),
    ],
)
def test_a_referral_is_the_matter_until_somebody_acts(
    state: ReferralState, known: dict[str, Any], wanted: list[tuple[str, datetime]]
) -> None:
    assert reasons(case(), referral(state, **known)) == wanted


@pytest.mark.parametrize("state", [C.NEW, C.SCREENING, C.IN_PROGRESS])
def test_a_case_on_which_nobody_works_is_silent(state: CaseState) -> None:
    assert reasons(case(state)) == [("SILENT", NOW)]


@pytest.mark.parametrize("state", [C.WAITING_CITIZEN, C.WAITING_AGENCY])
def test_a_case_that_waits_is_looked_at_on_the_evening_of_its_day(state: CaseState) -> None:
    assert reasons(case(state, review_on=date(2026, 11, 20))) == [
        ("REVIEW_PASSED", datetime(2026, 11, 20, 16, 30, tzinfo=BANGKOK))
    ]
    assert reasons(case(state)) == []


def test_an_empty_post_and_the_clocks_of_the_law_are_the_matter() -> None:
    clocks = tuple(ClockNow(kind, DUE) for kind in ClockKind)
    assert reasons(case(C.RESOLVED, vacant_since=NOW), clocks=clocks) == [
        ("NOBODY_THERE", NOW),
        ("DUTY_MISSED", DUE),
        ("RIGHT_ENDING", DUE),
    ]


@pytest.mark.parametrize("state", [C.CLOSED, C.WITHDRAWN, C.MERGED, C.OUT_OF_SCOPE])
def test_nothing_is_the_matter_with_what_has_ended(state: CaseState) -> None:
    ended = case(state, vacant_since=NOW, review_on=date(2026, 11, 1))
    assert reasons(ended, referral(S.SENT), clocks=(ClockNow(ClockKind.CITIZEN_RIGHT, DUE),)) == []


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([], 0),
        ([(-9, None)], None),
        ([(-9, -3)], -3),
        ([(-9, 4)], 4),
        ([(-9, 4), (4, None)], None),
        ([(-9, 4), (2, 6)], 6),
        ([(-9, 4), (5, None)], 4),
        ([(-9, -3), (-1, None)], None),
        ([(-9, -3), (2, None)], -3),
        ([(-2, 1), (-9, 4)], 4),
    ],
)
def test_a_post_is_empty_from_when_the_last_one_left(spans: list[tuple[int, int | None]], wanted: int | None) -> None:
    def day(number: int) -> datetime:
        return NOW + timedelta(days=number)

    filled = [Span(day(since), None if until is None else day(until)) for since, until in spans]
    empty = vacant_since(filled, begun=NOW - timedelta(days=10), now=NOW)
    assert empty == (NOW - timedelta(days=10) if not spans else None if wanted is None else day(wanted))


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ((16, 19, 59), (16, 19, 59)),
        ((16, 20, 0), (17, 7, 0)),
        ((16, 23, 30), (17, 7, 0)),
        ((17, 0, 0), (17, 7, 0)),
        ((17, 6, 59), (17, 7, 0)),
        ((17, 7, 0), (17, 7, 0)),
    ],
)
def test_nobody_is_told_anything_at_night(at: tuple[int, int, int], wanted: tuple[int, int, int]) -> None:
    assert NIGHT.next_allowed(datetime(2026, 11, *at, tzinfo=BANGKOK)) == datetime(2026, 11, *wanted, tzinfo=BANGKOK)


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    noon = datetime(2026, 11, 16, 12, 15, tzinfo=BANGKOK)
    assert QuietHours(time(12), time(13)).next_allowed(noon) == datetime(2026, 11, 16, 13, tzinfo=BANGKOK)
    assert QuietHours(time(13), time(14)).next_allowed(noon) == noon
    assert QuietHours(time(12), time(12)).next_allowed(noon) == noon


@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - given the zone
def test_what_is_put_off_is_put_off_once_and_never_for_longer_than_the_night(at: datetime) -> None:
    allowed = NIGHT.next_allowed(at)
    assert at <= allowed <= at + timedelta(hours=11)
    assert NIGHT.next_allowed(allowed) == allowed


def step(days: int, counted: Count, since: date = date(2025, 10, 1), until: date | None = None) -> Step:
    return Step(R.RIGHT_ENDING, NoticeTo.HOLDER, days, counted, since, until)


def test_days_of_a_step_are_working_days_or_all_days_before_or_after() -> None:
    friday = Matter(R.RIGHT_ENDING, datetime(2026, 11, 13, 5, tzinfo=UTC))
    ask = {"holidays": frozenset({date(2026, 11, 16)})}
    assert told_at(friday, step(0, Count.WORKING), **ask) == friday.since
    assert told_at(friday, step(1, Count.WORKING), **ask) == datetime(2026, 11, 17, 16, 30, tzinfo=BANGKOK)
    assert told_at(friday, step(-14, Count.CALENDAR), **ask) == datetime(2026, 10, 30, 5, tzinfo=UTC)


def test_the_ladder_of_the_day_on_which_a_matter_began_is_climbed() -> None:
    old, new = (
        step(1, Count.CALENDAR, until=date(2026, 11, 13)),
        step(2, Count.CALENDAR, since=date(2026, 11, 13)),
    )
    other = Step(R.SILENT, NoticeTo.HOLDER, 1, Count.CALENDAR, date(2025, 10, 1), None)
    begun = datetime(2026, 11, 12, 16, 59, tzinfo=UTC)
    assert list(steps_of(Matter(R.RIGHT_ENDING, begun), [old, new, other])) == [old]
    assert list(steps_of(Matter(R.RIGHT_ENDING, begun + timedelta(minutes=1)), [old, new, other])) == [new]


def test_every_reason_has_a_ladder_that_ends_at_the_coordinator_or_with_a_referrals_return() -> None:
    steps = escalation_steps()
    assert {found.reason for found in steps} == set(NoticeReason)
    last = {reason: [found.to for found in steps if found.reason is reason][-1] for reason in NoticeReason}
    assert {reason for reason, to in last.items() if to is not NoticeTo.COORDINATOR} == {R.REFERRAL_UNANSWERED}
