"""Which cases a phone keeps."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.rules.worksets import KEPT_AFTER_THE_END, why_not_kept
from models.queue_words import TombstoneReason as R

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
LONG_AGO = NOW - KEPT_AFTER_THE_END
LATELY = LONG_AGO + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("level", "ended_at", "erased_at", "wanted"),
    [
        (4, None, None, None),
        (3, LATELY, None, None),
        (2, None, None, R.ACCESS_ENDED),
        (1, LONG_AGO, None, R.ACCESS_ENDED),
        (4, LONG_AGO, None, R.ENDED),
        (4, None, NOW, R.ERASED),
        (1, LONG_AGO, NOW, R.ERASED),
    ],
)
def test_it_keeps_what_it_works_on_and_for_a_while_what_has_ended(
    level: int, ended_at: datetime | None, erased_at: datetime | None, wanted: R | None
) -> None:
    assert why_not_kept(level=level, ended_at=ended_at, erased_at=erased_at, now=NOW) is wanted
