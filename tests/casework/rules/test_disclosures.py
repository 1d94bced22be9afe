"""Until when a referral discloses personal data."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import holidays
import pytest

from casework.errors import RefusalCode
from casework.rules.deadlines import ReferralTimes, Standard
from casework.rules.disclosures import DISCLOSURE, DISCLOSURE_MOST, chosen_expiry, expiry_by_rule
from models.vocabulary import Priority, ReferralKind
from tests.casework.refusals import refused

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
FIRST = date(2025, 10, 1)
STANDARDS = [
    Standard(DISCLOSURE, ReferralKind.REFER, Priority.NORMAL, FIRST, None, 2),
    Standard(DISCLOSURE_MOST, ReferralKind.REFER, Priority.NORMAL, FIRST, None, 4),
]
ABOUT: dict[str, Any] = {
    "kind": ReferralKind.REFER,
    "priority": Priority.NORMAL,
    "holidays": holidays.country_holidays("TH"),
}


def closing(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (ReferralTimes(closing(11, 18), closing(11, 26)), closing(11, 30)),  # over a weekend
        (ReferralTimes(closing(11, 18), None), closing(11, 20)),
        (ReferralTimes(None, None), closing(11, 18)),
    ],
)
def test_a_packet_ends_some_working_days_after_the_last_thing_waited_for(
    times: ReferralTimes, expected: datetime
) -> None:
    assert expiry_by_rule(STANDARDS, **ABOUT, times=times, sent_at=MONDAY) == expected


def test_without_a_standard_nothing_is_shown_after_the_day() -> None:
    assert expiry_by_rule([], **ABOUT, times=ReferralTimes(None, None), sent_at=MONDAY) == closing(11, 16)
    with refused(RefusalCode.DATE_TOO_FAR, "input", "expiresAt"):
        choose(closing(11, 17), standards=[])


def choose(wanted: datetime, *, standards: list[Standard] = STANDARDS) -> datetime:
    return chosen_expiry(standards, "input", "expiresAt", **ABOUT, wanted=wanted, now=MONDAY)


@pytest.mark.parametrize("wanted", [MONDAY + timedelta(microseconds=1), closing(11, 20)])
def test_the_sender_chooses_an_end_to_come_within_the_limit(wanted: datetime) -> None:
    assert choose(wanted) == wanted


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (MONDAY, RefusalCode.DATE_IN_PAST),
        (MONDAY - timedelta(days=1), RefusalCode.DATE_IN_PAST),
        (closing(11, 20) + timedelta(microseconds=1), RefusalCode.DATE_TOO_FAR),
        (closing(11, 20).replace(year=2569), RefusalCode.BUDDHIST_YEAR),
    ],
)
def test_no_other_end_is_taken(wanted: datetime, code: RefusalCode) -> None:
    with refused(code, "input", "expiresAt"):
        choose(wanted)
