"""What stands against an erasure, ground by ground, and what is over after it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from casework.errors import RefusalCode
from casework.rules.erasure import obstacles, why_not
from casework.rules.states import ENDED, REFERRAL_OPEN
from models.action_words import CaseAction, CitizenAction
from models.privacy_words import ErasureGround, Obstacle
from models.vocabulary import CaseState, ReferralState

NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
G, A = ErasureGround, Obstacle


@pytest.mark.parametrize(("ground", "state"), list(product(G, CaseState)))
def test_a_case_that_goes_on_stands_against_every_ground(ground: ErasureGround, state: CaseState) -> None:
    found = obstacles(ground, held=False, cases=[CaseState.CLOSED, state], referrals=[], kept_until=NOW, now=NOW)
    assert found == ([] if state in ENDED else [A.OPEN_CASE])


@pytest.mark.parametrize(("ground", "state"), list(product(G, ReferralState)))
def test_an_open_referral_stands_against_every_ground(ground: ErasureGround, state: ReferralState) -> None:
    found = obstacles(ground, held=False, cases=[], referrals=[state], kept_until=NOW, now=NOW)
    assert found == ([A.OPEN_REFERRAL] if state in REFERRAL_OPEN else [])


@pytest.mark.parametrize("ground", G)
def test_the_retention_time_stands_against_its_own_ground_alone(ground: ErasureGround) -> None:
    later = NOW + timedelta(seconds=1)
    found = obstacles(ground, held=False, cases=[], referrals=[], kept_until=later, now=NOW)
    assert found == ([A.RETENTION_RUNS] if ground is G.RETENTION_ENDED else [])


def test_all_that_stands_against_it_is_named_the_hold_first() -> None:
    found = obstacles(
        G.RETENTION_ENDED,
        held=True,
        cases=[CaseState.NEW],
        referrals=[ReferralState.SENT],
        kept_until=NOW + timedelta(days=1),
        now=NOW,
    )
    assert found == [A.LEGAL_HOLD, A.OPEN_CASE, A.OPEN_REFERRAL, A.RETENTION_RUNS]


@pytest.mark.parametrize("action", [*CaseAction, *CitizenAction])
def test_an_erased_case_can_be_followed_and_who_looked_can_be_read(action: CaseAction | CitizenAction) -> None:
    is_possible = action in {CaseAction.FOLLOW, CitizenAction.READ_ACCESS_LOG}
    expected = None if is_possible else RefusalCode.CITIZEN_ERASED
    assert why_not(action, erased=True) is expected
    assert why_not(action, erased=False) is None
