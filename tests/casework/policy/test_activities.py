"""Who may hold activities, and record who came to them."""

from dataclasses import replace
from typing import Any

import pytest

from casework.policy.activities import LEADERS, listed_to, may_lead, may_record_attendance, recorded_by, seen_by
from casework.policy.actors import Actor
from models.vocabulary import SeatKind

K = SeatKind
OWN, OTHER = 7, 8
HERE: dict[str, Any] = {"host_office_id": OWN, "province": "43"}


def actor(kind: SeatKind, *, office: int | None = None, province: str = "43") -> Actor:
    return Actor(1, 2, kind, None, office, province_code=province)


@pytest.mark.parametrize("kind", SeatKind)
def test_posts_of_the_host_office_hold_its_activities(kind: SeatKind) -> None:
    assert (may_lead(actor(kind, office=OWN), **HERE).refusal is None) is (kind in LEADERS)


def test_the_coordinator_leads_the_activities_of_every_office_of_the_province() -> None:
    coordinator = actor(K.COORDINATOR, office=OTHER)
    assert may_lead(coordinator, **HERE).refusal is None
    assert may_lead(replace(coordinator, province_code="10"), **HERE).refusal is not None
    assert may_lead(actor(K.OFFICE_HEAD, office=OTHER), **HERE).refusal is not None


def test_mentors_of_the_province_record_attendance_too() -> None:
    assert may_record_attendance(actor(K.MENTOR), **HERE).refusal is None
    assert may_record_attendance(actor(K.MENTOR, province="10"), **HERE).refusal is not None
    assert may_record_attendance(actor(K.OFFICER, office=OWN), **HERE).refusal is None
    assert may_record_attendance(actor(K.VOLUNTEER), **HERE).refusal is not None


def test_national_posts_see_every_activity_and_are_listed_their_own_part_alone() -> None:
    for kind in (K.AUDITOR, K.ADMIN):
        assert str(seen_by(kind)) == "true"
        assert str(listed_to(kind)) == str(listed_to(K.VOLUNTEER))
        assert str(recorded_by(kind)) == "false"
