"""What an activity may say of itself, and when its attendance and outcome are taken."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.errors import Refusal
from casework.rules import activities as rules
from models.activity_words import ActivityKind, ActivityState, ParticipantRole
from models.vocabulary import SeatKind
from tests.world import MONDAY

DAY = datetime(2019, 9, 10, 4, 0, tzinfo=UTC)
"""10 September 2562, 11:00 in Bangkok."""
HOUR = timedelta(hours=1)
S = ActivityState


def refused(rule: Any, *given: Any, **named: Any) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(Refusal) as caught:
        rule(*given, **named)
    return caught.value.code.value, caught.value.path


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (DAY, 2562),
        (datetime(2019, 9, 30, 16, 59, tzinfo=UTC), 2562),
        (datetime(2019, 9, 30, 17, 0, tzinfo=UTC), 2563),
        (datetime(2019, 12, 31, 16, 59, tzinfo=UTC), 2563),
        (datetime(2020, 1, 1, tzinfo=UTC), 2563),
    ],
)
def test_the_fiscal_year_begins_in_october_in_bangkok(at: datetime, year: int) -> None:
    assert rules.fiscal_year_of(at) == year


def test_a_fiscal_year_is_told_or_follows_from_the_day() -> None:
    assert [rules.fiscal_year(told, DAY) for told in (None, 2562, 2561)] == [2562, 2562, 2561]
    for wrong in (2019, 2560, 2563):
        assert refused(rules.fiscal_year, wrong, DAY) == ("FISCAL_YEAR_WRONG", ("input", "fiscalYear"))


def test_times_that_can_be_are_taken() -> None:
    for begins, ends in ((DAY, None), (DAY, DAY + HOUR), (MONDAY + timedelta(days=732), None)):
        rules.check_times(begins, ends, now=MONDAY)


@pytest.mark.parametrize(
    ("begins", "ends", "code", "name"),
    [
        (DAY.replace(year=2562), None, "BUDDHIST_YEAR", "beginsAt"),
        (DAY, DAY.replace(year=2562), "BUDDHIST_YEAR", "endsAt"),
        (DAY.replace(year=1989), None, "DATE_TOO_EARLY", "beginsAt"),
        (MONDAY + timedelta(days=733), None, "DATE_TOO_FAR", "beginsAt"),
        (DAY, DAY, "DATES_CONTRADICT", "endsAt"),
        (DAY, DAY - HOUR, "DATES_CONTRADICT", "endsAt"),
        (DAY, DAY + timedelta(days=367), "PERIOD_TOO_LONG", "endsAt"),
    ],
)
def test_times_that_cannot_be_are_refused(begins: datetime, ends: datetime | None, code: str, name: str) -> None:
    assert refused(rules.check_times, begins, ends, now=MONDAY) == (code, ("input", name))


def test_numbers_lie_between_their_ends() -> None:
    assert [rules.number(value, "x", least=0, most=100) for value in (None, 0, 100)] == [None, 0, 100]
    assert [rules.number(value, "x", least=1, most=99) for value in (1, 99)] == [1, 99]
    assert refused(rules.number, -1, "x", least=0, most=100) == ("COUNT_OUT_OF_RANGE", ("x",))
    assert refused(rules.number, 101, "x", least=0, most=100) == ("COUNT_OUT_OF_RANGE", ("x",))
    assert refused(rules.number, 0, "x", least=1, most=99) == ("NUMBER_OUT_OF_RANGE", ("x",))


def test_only_campaigns_have_topics_channels_and_people_reached() -> None:
    rules.check_publicity(ActivityKind.CAMPAIGN, topics=["UNPAID_WAGES"], peopleReached=5)
    rules.check_publicity(ActivityKind.MEETING, topics=(), channels=[], peopleReached=None)
    for told in ({"topics": ["UNPAID_WAGES"]}, {"peopleReached": 0}):
        (name,) = told
        assert refused(rules.check_publicity, ActivityKind.MEETING, **told) == ("NOT_A_CAMPAIGN", ("input", name))


@pytest.mark.parametrize(
    ("state", "closed", "seen", "code"),
    [
        (S.PLANNED, None, timedelta(), None),
        (S.PLANNED, None, -HOUR, None),
        (S.PLANNED, None, -timedelta(days=1), "ACTIVITY_NOT_BEGUN"),
        (S.CLOSED, 3 * HOUR, 2 * HOUR, None),
        (S.CLOSED, 3 * HOUR, 3 * HOUR, None),
        (S.CLOSED, 3 * HOUR, 4 * HOUR, "ACTIVITY_OVER"),
        (S.CANCELLED, None, HOUR, "ACTIVITY_OVER"),
    ],
)
def test_attendance_is_seen_between_the_beginning_and_the_closing(
    state: ActivityState, closed: timedelta | None, seen: timedelta, code: str | None
) -> None:
    closed_at = None if closed is None else DAY + closed
    given: dict[str, Any] = {"begins_at": DAY, "closed_at": closed_at, "seen_at": DAY + seen}
    if code is None:
        rules.check_attendance(state, **given)
    else:
        assert refused(rules.check_attendance, state, **given) == (code, ("input", "activity"))


def test_an_outcome_is_recorded_from_the_beginning_on_and_corrected_later() -> None:
    for state in (S.PLANNED, S.CLOSED):
        rules.check_outcome(state, begins_at=DAY, now=DAY)
    assert refused(rules.check_outcome, S.PLANNED, begins_at=DAY, now=DAY - HOUR)[0] == "ACTIVITY_NOT_BEGUN"
    assert refused(rules.check_outcome, S.CANCELLED, begins_at=DAY, now=DAY)[0] == "ACTIVITY_OVER"


def test_only_what_is_planned_is_changed() -> None:
    rules.check_planned(S.PLANNED)
    for state in (S.CLOSED, S.CANCELLED):
        assert refused(rules.check_planned, state) == ("ACTIVITY_OVER", ("input", "activity"))


def test_a_role_follows_from_the_kind_of_post() -> None:
    roles = {kind: rules.role_of(kind) for kind in SeatKind}
    assert roles.pop(SeatKind.VOLUNTEER) is ParticipantRole.VOLUNTEER
    assert roles.pop(SeatKind.MENTOR) is ParticipantRole.MENTOR
    assert set(roles.values()) == {ParticipantRole.STAFF}
