"""Who may ask whom the service reaches in an area: each post in its own."""

from dataclasses import replace

import pytest

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import may_see_reach
from models.vocabulary import SeatKind as K
from tests.casework.policy.actors import COORDINATOR, HEAD, MENTOR, OFFICER, VOLUNTEER

AREAS = ("43", "4301", "430116", "430117", "4302", "10")


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        (VOLUNTEER, {"430116"}),
        (MENTOR, {"4301", "430116", "430117"}),
        (OFFICER, {"43", "4301", "430116", "430117", "4302"}),
        (HEAD, {"43", "4301", "430116", "430117", "4302"}),
        (COORDINATOR, {"43", "4301", "430116", "430117", "4302"}),
        (replace(COORDINATOR, province_code="10"), {"10"}),
        (Actor(1, 16, K.ADMIN, None), set()),
        (Actor(1, 17, K.AUDITOR, None), set(AREAS)),
    ],
)
def test_a_post_asks_about_its_own_area(by: Actor, allowed: set[str]) -> None:
    own = "430116" if by is VOLUNTEER else None
    found = {area: may_see_reach(by, area=area, own_tambon=own).refusal for area in AREAS}
    assert found == {area: None if area in allowed else RefusalCode.REACH_NOT_SHOWN for area in AREAS}
