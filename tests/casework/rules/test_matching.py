"""What speaks for a candidate, and how much."""

import pytest

from casework.rules.matching import Judgement, judge
from casework.rules.names import Likeness
from models.match_words import MatchReason as R

SAME = Likeness(100, 100, area_same=True, age_like=True)
LIKE = Likeness(88, 88, area_same=False, age_like=False)
WEAK = Likeness(85, 85, area_same=True, age_like=False)
OTHER = Likeness(0, 40, area_same=True, age_like=False)


@pytest.mark.parametrize(
    ("likeness", "identifier", "phone", "judgement"),
    [
        (SAME, False, False, Judgement(100, [R.NAME_SAME, R.AREA_SAME, R.AGE_LIKE])),
        (LIKE, False, False, Judgement(88, [R.NAME_LIKE])),
        (WEAK, False, False, None),
        (WEAK, False, True, Judgement(97, [R.PHONE, R.NAME_LIKE, R.AREA_SAME])),
        (SAME, False, True, Judgement(99, [R.PHONE, R.NAME_SAME, R.AREA_SAME, R.AGE_LIKE])),
        (OTHER, False, True, Judgement(60, [R.PHONE, R.AREA_SAME])),
        (OTHER, True, False, Judgement(100, [R.IDENTIFIER, R.AREA_SAME])),
        (None, True, True, Judgement(100, [R.IDENTIFIER, R.PHONE])),
        (None, False, True, Judgement(60, [R.PHONE])),
        (None, False, False, None),
    ],
)
def test_a_candidate_is_judged_by_all_that_is_alike(
    likeness: Likeness | None, *, identifier: bool, phone: bool, judgement: Judgement | None
) -> None:
    assert judge(likeness, identifier=identifier, phone=phone) == judgement
