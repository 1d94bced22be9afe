"""What a campaign could be about where nobody came."""

from datetime import UTC, datetime

import pytest

from casework.rules.campaigns import days_since, proposed_campaign
from models.statistics_words import CampaignReason as R

TYPES = ["UNPAID_WAGES", "OVERTIME_PAY", "SEVERANCE", "WORK_SAFETY"]
THEN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("around", "topics"),
    [
        ({}, ("UNPAID_WAGES", "OVERTIME_PAY", "SEVERANCE")),
        ({"WORK_SAFETY": 2, "SEVERANCE": 9, "JOB_SEARCH": 50}, ("SEVERANCE", "WORK_SAFETY", "UNPAID_WAGES")),
    ],
)
def test_a_campaign_is_about_what_people_around_came_with_most(around: dict[str, int], topics: tuple[str, ...]) -> None:
    assert proposed_campaign(TYPES, around, None) == (topics, R.NOBODY_EVER)
    assert proposed_campaign(TYPES, around, THEN).reason is R.NOBODY_IN_PERIOD


def test_days_are_counted_in_bangkok() -> None:
    assert days_since(None, THEN) is None
    assert days_since(THEN, THEN) == 0
    assert days_since(datetime(2026, 11, 15, 16, 59, tzinfo=UTC), datetime(2026, 11, 15, 17, 0, tzinfo=UTC)) == 1
