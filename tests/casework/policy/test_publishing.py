"""What the public and auditors are told of cases in which they see no person."""

import pytest

from casework.policy.publishing import may_publish, needs_suppression
from models.statistics_words import StatisticsBy as B
from models.vocabulary import SeatKind

SMALL = {B.AMPHOE, B.TAMBON, B.OFFICE}


@pytest.mark.parametrize("by", [None, *B])
def test_the_public_is_told_of_provinces_and_the_country_by_nothing_smaller(by: B | None) -> None:
    assert [may_publish(by, area) for area in (None, "43", "4301", "430116")] == [by not in SMALL] * 2 + [False] * 2


def test_small_counts_are_withheld_from_the_public_and_from_auditors() -> None:
    assert {kind for kind in (None, *SeatKind) if needs_suppression(kind)} == {None, SeatKind.AUDITOR}
