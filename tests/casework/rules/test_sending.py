"""How long what failed waits, and when it is given up."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.sending import LEAST_WAIT, LONGEST_WAIT, is_disabled, is_given_up, wait_after

NOW = datetime(2026, 11, 16, tzinfo=UTC)
FIVE_DAYS = timedelta(days=5)


class Always(Random):
    """Chance that always comes out the same."""

    def __init__(self, part: float) -> None:
        super().__init__()
        self.part = part

    def random(self) -> float:
        return self.part


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 5), (2, 10), (3, 20), (10, 2560), (13, 20480), (14, 21600), (10**6, 21600)]
)
def test_the_longest_wait_doubles_up_to_six_hours(failures: int, seconds: int) -> None:
    assert wait_after(failures, Always(1)) == timedelta(seconds=seconds)
    assert wait_after(failures, Always(0.5)) == timedelta(seconds=seconds) / 2
    assert wait_after(failures, Always(0)) == LEAST_WAIT


@given(st.integers(1, 10**6), st.randoms())
def test_every_wait_is_between_a_second_and_six_hours(failures: int, chance: Random) -> None:
    assert LEAST_WAIT <= wait_after(failures, chance) <= LONGEST_WAIT


def test_two_that_failed_together_do_not_come_back_together() -> None:
    chance = Random(7)  # noqa: S311 - how long to wait is no secret
    assert len({wait_after(10, chance) for _ in range(100)}) == 100


@pytest.mark.parametrize(("waited", "over"), [(FIVE_DAYS - timedelta(seconds=1), False), (FIVE_DAYS, True)])
def test_after_five_days_a_delivery_is_given_up_and_a_webhook_disabled(waited: timedelta, *, over: bool) -> None:
    assert is_given_up(NOW - waited, now=NOW) is over
    assert is_disabled(NOW - waited, gone=False, now=NOW) is over
    assert is_disabled(NOW - waited, gone=True, now=NOW)
