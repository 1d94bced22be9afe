"""When a referral must be answered and its result reported."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest

from casework.errors import Refusal, RefusalCode
from casework.rules.deadlines import RESPOND, RESULT, ReferralTimes, Standard, referral_times, working_days
from models.vocabulary import Priority, ReferralKind
from tests.casework.refusals import refused

REFER, TRANSFER = ReferralKind.REFER, ReferralKind.TRANSFER
NORMAL, URGENT = Priority.NORMAL, Priority.URGENT
MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
FIRST, SECOND = date(2025, 10, 1), date(2026, 10, 1)

STANDARDS = [
    Standard(RESPOND, REFER, NORMAL, SECOND, None, 3),
    Standard(RESPOND, REFER, NORMAL, FIRST, SECOND, 5),
    Standard(RESPOND, REFER, URGENT, FIRST, None, 1),
    Standard(RESULT, REFER, NORMAL, FIRST, None, 30),
    Standard(RESPOND, TRANSFER, NORMAL, FIRST, None, 3),
]


def times(
    *,
    kind: ReferralKind = REFER,
    priority: Priority = NORMAL,
    sent_at: datetime = MONDAY,
    wanted: datetime | None = None,
) -> ReferralTimes:
    thai = holidays.country_holidays("TH")
    return referral_times(STANDARDS, kind=kind, priority=priority, sent_at=sent_at, wanted=wanted, holidays=thai)


def closing(year: int, month: int, day: int) -> datetime:
    """16:30 in Bangkok."""
    return datetime(year, month, day, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2020, 1, 1), 5),  # before the first standard was made, that one counts
        (FIRST, 5),
        (date(2026, 9, 30), 5),
        (SECOND, 3),
        (date(2600, 1, 1), 3),
    ],
)
def test_the_standard_in_force_on_the_day_counts(on: date, days: int) -> None:
    assert working_days(STANDARDS, code=RESPOND, kind=REFER, priority=NORMAL, on=on) == days


def test_there_is_no_standard_for_what_was_never_set() -> None:
    assert working_days(STANDARDS, code=RESULT, kind=TRANSFER, priority=NORMAL, on=FIRST) is None
    assert working_days([], code=RESPOND, kind=REFER, priority=NORMAL, on=FIRST) is None


def test_the_answer_is_due_in_three_working_days_and_the_result_thirty_later() -> None:
    """The thirty skip 7 and 10 December, 31 December and 1 January."""
    assert times() == (closing(2026, 11, 19), closing(2027, 1, 6))


def test_an_urgent_case_is_answered_sooner_and_a_transfer_has_no_result() -> None:
    assert times(priority=URGENT) == (closing(2026, 11, 17), None)
    assert times(kind=TRANSFER) == (closing(2026, 11, 19), None)


def test_without_a_standard_the_answer_is_due_the_same_day() -> None:
    assert times(priority=Priority.LOW) == (closing(2026, 11, 16), None)


def test_days_count_from_the_day_in_bangkok_on_which_it_was_sent() -> None:
    late = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)
    assert times(sent_at=late).respond_by == closing(2026, 11, 20)


def test_the_sender_may_shorten_the_time_to_answer_and_the_result_follows() -> None:
    wanted = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)
    assert times(wanted=wanted) == (wanted, closing(2027, 1, 4))
    assert times(wanted=closing(2026, 11, 19)) == times()


def test_the_sender_may_not_lengthen_the_time_to_answer() -> None:
    with pytest.raises(Refusal) as caught:
        times(wanted=closing(2026, 11, 19) + timedelta(seconds=1))
    assert (caught.value.code, caught.value.path) == (RefusalCode.RESPOND_BY_TOO_LATE, ("input", "respondBy"))
    assert caught.value.facts == {"limit": "2026-11-19T09:30:00+00:00"}


@pytest.mark.parametrize("wanted", [MONDAY, MONDAY - timedelta(days=1)])
def test_nobody_answers_before_it_was_sent(wanted: datetime) -> None:
    with refused(RefusalCode.DATE_IN_PAST, "input", "respondBy"):
        times(wanted=wanted)
