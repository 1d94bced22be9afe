"""Who fills a post, reads what it has to do, and hands it over."""

from dataclasses import dataclass, replace

import pytest

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import may_with_post
from models.action_words import SeatAction
from models.vocabulary import SeatKind
from tests.casework.policy.actors import COORDINATOR, HEAD, MENTOR, OFFICER, VOLUNTEER

K = SeatKind
NOT_PERMITTED = RefusalCode.NOT_PERMITTED


@dataclass(frozen=True)
class Post:
    kind: SeatKind = K.VOLUNTEER
    area_code: str | None = "430116"
    id: int | None = 99
    office_id: int | None = None


@pytest.mark.parametrize(
    "action", [SeatAction.CREATE, SeatAction.APPOINT, SeatAction.END_INCUMBENCY, SeatAction.HAND_OVER]
)
@pytest.mark.parametrize("kind", K)
def test_the_administrator_fills_every_post_and_a_coordinator_those_of_volunteers_and_mentors(
    kind: SeatKind, action: SeatAction
) -> None:
    post = Post(kind, "4301" if kind is K.MENTOR else "430116" if kind is K.VOLUNTEER else None)
    assert may_with_post(Actor(1, 16, K.ADMIN, None), action, post).refusal is None
    coordinated = kind in {K.VOLUNTEER, K.MENTOR}
    assert may_with_post(COORDINATOR, action, post).refusal is (None if coordinated else NOT_PERMITTED)
    elsewhere = replace(COORDINATOR, province_code="10")
    for other in (elsewhere, MENTOR, VOLUNTEER, OFFICER, HEAD):
        assert may_with_post(other, action, post).refusal is NOT_PERMITTED


def test_an_absence_is_planned_by_the_post_itself_and_by_its_coordinator() -> None:
    def plans(by: Actor, post: Post) -> bool:
        return may_with_post(by, SeatAction.PLAN_ABSENCE, post).refusal is None

    own = Post(id=VOLUNTEER.seat_id)
    assert [plans(by, own) for by in (VOLUNTEER, COORDINATOR)] == [True, True]
    others = (replace(VOLUNTEER, seat_id=98), MENTOR, replace(COORDINATOR, province_code="10"), OFFICER, HEAD)
    assert [plans(by, own) for by in (*others, Actor(1, 16, K.ADMIN, None))] == [False] * 6


def test_the_load_of_a_post_is_its_own_its_mentors_and_its_coordinators() -> None:
    def reads(by: Actor, post: Post) -> bool:
        return may_with_post(by, SeatAction.READ_LOAD, post).refusal is None

    own = Post(id=VOLUNTEER.seat_id)
    assert [reads(by, own) for by in (VOLUNTEER, MENTOR, COORDINATOR)] == [True, True, True]
    neighbour, far = replace(VOLUNTEER, seat_id=98), replace(MENTOR, amphoe_code="4302")
    others = (neighbour, far, replace(COORDINATOR, province_code="10"), OFFICER, HEAD, Actor(1, 16, K.ADMIN, None))
    assert [reads(by, own) for by in (*others, Actor(1, 17, K.AUDITOR, None))] == [False] * 7
    mentors = Post(K.MENTOR, "4301", MENTOR.seat_id)
    assert [reads(by, mentors) for by in (MENTOR, COORDINATOR, VOLUNTEER)] == [True, True, False]
    staff = Post(K.OFFICER, None, OFFICER.seat_id)
    assert [reads(by, staff) for by in (OFFICER, HEAD, COORDINATOR)] == [True, False, False]


def test_a_receipt_is_read_by_those_around_the_post_and_confirmed_by_the_post_or_its_mentor() -> None:
    own, admin = Post(id=VOLUNTEER.seat_id), Actor(1, 16, K.ADMIN, None)
    askers = (VOLUNTEER, MENTOR, COORDINATOR, admin)
    strangers = (
        replace(VOLUNTEER, seat_id=98),
        replace(MENTOR, amphoe_code="4302"),
        replace(COORDINATOR, province_code="10"),
        OFFICER,
        HEAD,
        Actor(1, 17, K.AUDITOR, None),
    )

    def allowed(action: SeatAction) -> list[bool]:
        return [may_with_post(by, action, own).refusal is None for by in (*askers, *strangers)]

    assert allowed(SeatAction.READ_HANDOVERS) == [True] * 4 + [False] * 6
    assert allowed(SeatAction.CONFIRM_HANDOVER) == [True, True] + [False] * 8


def test_statements_are_read_by_the_post_those_above_it_and_auditors() -> None:
    auditor, admin = Actor(1, 17, K.AUDITOR, None), Actor(1, 16, K.ADMIN, None)
    askers = (VOLUNTEER, MENTOR, COORDINATOR, OFFICER, HEAD, auditor, admin)

    def allowed(action: SeatAction, post: Post) -> list[bool]:
        return [may_with_post(by, action, post).refusal is None for by in askers]

    volunteers, mentors = Post(id=VOLUNTEER.seat_id), Post(K.MENTOR, "4301", MENTOR.seat_id)
    officers = Post(K.OFFICER, None, OFFICER.seat_id, OFFICER.office_id)
    heads, audits = Post(K.OFFICE_HEAD, None, HEAD.seat_id, HEAD.office_id), Post(K.AUDITOR, None, 18)
    reads, answers = SeatAction.READ_STATEMENTS, SeatAction.ANSWER_STATEMENT
    assert HEAD.office_id == OFFICER.office_id
    assert allowed(reads, volunteers) == [True, True, True, False, False, True, False]
    assert allowed(reads, mentors) == [False, True, True, False, False, True, False]
    assert allowed(reads, officers) == [False, False, False, True, True, True, False]
    assert allowed(reads, heads) == [False, False, False, False, True, True, False]
    assert allowed(reads, audits) == [False] * 7
    assert allowed(answers, volunteers) == [False, True, True, False, False, False, False]
    assert allowed(answers, officers) == [False, False, False, False, True, False, False]
    assert allowed(answers, heads) == [False] * 7
    assert allowed(SeatAction.DISPUTE_STATEMENT, volunteers) == [True] + [False] * 6
    far = [replace(MENTOR, amphoe_code="4302"), replace(COORDINATOR, province_code="10")]
    assert [may_with_post(by, reads, volunteers).refusal for by in far] == [NOT_PERMITTED] * 2
    assert may_with_post(replace(HEAD, office_id=-1), reads, officers).refusal is NOT_PERMITTED
    assert may_with_post(replace(HEAD, office_id=None), reads, Post(K.OFFICER, None)).refusal is NOT_PERMITTED
