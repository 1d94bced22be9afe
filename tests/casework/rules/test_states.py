"""The two state machines, every pair of states and every action in every state."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refusal, RefusalCode
from casework.rules import states
from models.vocabulary import CaseState, ReferralAction, ReferralKind, ReferralState
from tests.casework.refusals import refused

C, R, A = CaseState, ReferralState, ReferralAction
ENDED = {C.CLOSED, C.WITHDRAWN, C.MERGED, C.OUT_OF_SCOPE}

CASE_STEPS = {
    (C.NEW, C.SCREENING),
    (C.SCREENING, C.IN_PROGRESS),
    (C.IN_PROGRESS, C.WAITING_CITIZEN),
    (C.IN_PROGRESS, C.WAITING_AGENCY),
    (C.WAITING_CITIZEN, C.IN_PROGRESS),
    (C.WAITING_AGENCY, C.IN_PROGRESS),
    (C.IN_PROGRESS, C.RESOLVED),
    *product(
        (C.NEW, C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY),
        (C.WITHDRAWN, C.OUT_OF_SCOPE),
    ),
}
"""The steps of domain.md that are not verbs of their own."""

REFERRAL_STEPS = {
    (R.SENT, A.RECEIVE): R.RECEIVED,
    (R.SENT, A.REJECT): R.REJECTED,
    (R.SENT, A.RECALL): R.RECALLED,
    (R.RECEIVED, A.ACCEPT): R.ACCEPTED,
    (R.RECEIVED, A.REJECT): R.REJECTED,
    (R.RECEIVED, A.RECALL): R.RECALLED,
    (R.ACCEPTED, A.START): R.IN_PROGRESS,
    (R.IN_PROGRESS, A.COMPLETE): R.COMPLETED,
}


@pytest.mark.parametrize(("before", "after"), list(product(C, C)))
def test_a_case_makes_the_steps_of_the_domain_and_no_other(before: CaseState, after: CaseState) -> None:
    if (before, after) in CASE_STEPS:
        states.check_case_step(before, after)
    elif before in ENDED:
        with refused(RefusalCode.CASE_ENDED):
            states.check_case_step(before, after)
    else:
        with refused(RefusalCode.CASE_STEP_ILLEGAL, "input", "state"):
            states.check_case_step(before, after)


@pytest.mark.parametrize("state", C)
def test_nothing_is_done_to_an_ended_case(state: CaseState) -> None:
    if state in ENDED:
        with refused(RefusalCode.CASE_ENDED):
            states.check_case_goes_on(state)
    else:
        states.check_case_goes_on(state)


@pytest.mark.parametrize("state", C)
def test_a_case_is_referred_while_it_is_screened_worked_on_or_waits(state: CaseState) -> None:
    refusals = dict.fromkeys(ENDED, RefusalCode.CASE_ENDED)
    refusals |= {C.NEW: RefusalCode.CASE_NOT_SCREENED, C.RESOLVED: RefusalCode.CASE_STEP_ILLEGAL}
    if state in refusals:
        with refused(refusals[state]):
            states.check_referable(state)
    else:
        states.check_referable(state)


def test_a_case_is_resolved_when_every_problem_has_an_outcome_and_no_office_works() -> None:
    states.check_resolvable([], 0)
    with pytest.raises(Refusal) as caught:
        states.check_resolvable(["SEVERANCE", "UNPAID_WAGES"], 2)
    assert caught.value.code is RefusalCode.OUTCOME_MISSING
    assert caught.value.sentence(thai=True) == "ยังมีปัญหาที่ไม่มีผล: SEVERANCE, UNPAID_WAGES"
    with pytest.raises(Refusal) as caught:
        states.check_resolvable([], 2)
    assert caught.value.code is RefusalCode.REFERRALS_OPEN
    assert caught.value.facts == {"count": 2}


@pytest.mark.parametrize(("before", "action", "kind"), list(product(R, A, ReferralKind)))
def test_a_referral_makes_the_steps_of_the_domain_and_a_transfer_completes_when_accepted(
    before: ReferralState, action: ReferralAction, kind: ReferralKind
) -> None:
    after = REFERRAL_STEPS.get((before, action))
    if after is None:
        with refused(RefusalCode.REFERRAL_STEP_ILLEGAL):
            states.next_referral_state(before, action, kind)
        return
    if kind is ReferralKind.TRANSFER and after is R.ACCEPTED:
        after = R.COMPLETED
    assert states.next_referral_state(before, action, kind) is after


def test_open_referrals_are_those_that_some_action_can_still_move() -> None:
    assert {state for state, _ in REFERRAL_STEPS} == states.REFERRAL_OPEN


@pytest.mark.parametrize(
    ("before", "after"),
    [(R.SENT, R.RECALLED), (R.RECEIVED, R.RECALLED), (R.ACCEPTED, R.RETURNED), (R.IN_PROGRESS, R.RETURNED)],
)
def test_when_a_case_ends_a_referral_is_recalled_or_once_accepted_returned(
    before: ReferralState, after: ReferralState
) -> None:
    assert states.state_when_case_ends(before) is after


@given(st.lists(st.sampled_from(C), max_size=40))
def test_a_random_walk_never_leaves_the_machine_of_cases(wishes: list[CaseState]) -> None:
    state, ended = C.NEW, False
    for wish in wishes:
        try:
            states.check_case_step(state, wish)
        except Refusal:
            assert (state, wish) not in CASE_STEPS
            continue
        assert (state, wish) in CASE_STEPS
        assert not ended
        state = wish
        ended = state in ENDED or state is C.RESOLVED
    assert state not in {C.CLOSED, C.MERGED}


@given(st.sampled_from(ReferralKind), st.lists(st.sampled_from(A), max_size=40))
def test_a_random_walk_never_leaves_the_machine_of_referrals(kind: ReferralKind, wishes: list[ReferralAction]) -> None:
    state, steps = R.SENT, 0
    for wish in wishes:
        try:
            state = states.next_referral_state(state, wish, kind)
        except Refusal:
            assert (state, wish) not in REFERRAL_STEPS
            continue
        steps += 1
        assert state is not R.RETURNED
        assert kind is ReferralKind.REFER or state not in {R.ACCEPTED, R.IN_PROGRESS}
    assert steps <= 4
