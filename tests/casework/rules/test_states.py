"""The two state machines, every pair of states and every action in every state."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import Refusal, RefusalCode
from casework.rules import states
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import CaseState, ReferralKind, ReferralState
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
    (R.RECEIVED, A.REQUEST_INFO): R.NEEDS_INFO,
    (R.ACCEPTED, A.REQUEST_INFO): R.NEEDS_INFO,
    (R.IN_PROGRESS, A.REQUEST_INFO): R.NEEDS_INFO,
    (R.ACCEPTED, A.START): R.IN_PROGRESS,
    (R.DISPUTED, A.START): R.IN_PROGRESS,
    (R.IN_PROGRESS, A.COMPLETE): R.COMPLETED,
    (R.ACCEPTED, A.RETURN): R.RETURNED,
    (R.IN_PROGRESS, A.RETURN): R.RETURNED,
    (R.COMPLETED, A.DISPUTE): R.DISPUTED,
    **{
        (state, A.RENEW_DISCLOSURE): state
        for state in (R.SENT, R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED)
    },
}
"""Without the answer to a question, which leads back to where the office asked."""
K = ReferralKind
WITHOUT = {(K.INFORM, A.REJECT), (K.INFORM, A.DISPUTE), (K.TRANSFER, A.DISPUTE), (K.INFORM, A.RENEW_DISCLOSURE)}
COMPLETING = {(K.TRANSFER, A.ACCEPT), (K.INFORM, A.RECEIVE)}


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
    refusals |= {C.NEW: RefusalCode.CASE_NOT_SCREENED, C.RESOLVED: RefusalCode.NOT_IN_THIS_STATE}
    assert states.why_not_now(CaseAction.REFER, state) is refusals.get(state)


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


def expected_step(before: ReferralState, action: ReferralAction, kind: ReferralKind) -> ReferralState | None:
    if (kind, action) in WITHOUT or (before, action) not in REFERRAL_STEPS:
        return None
    return R.COMPLETED if (kind, action) in COMPLETING else REFERRAL_STEPS[before, action]


@pytest.mark.parametrize(("before", "action", "kind"), list(product(R, [a for a in A if a is not A.ANSWER_INFO], K)))
def test_a_referral_makes_the_steps_of_the_domain_and_what_it_is_for_completes_it(
    before: ReferralState, action: ReferralAction, kind: ReferralKind
) -> None:
    after = expected_step(before, action, kind)
    assert states.can_step(action, before, kind) is (after is not None)
    if after is None:
        with refused(RefusalCode.REFERRAL_STEP_ILLEGAL):
            states.next_referral_state(before, action, kind)
    else:
        assert states.next_referral_state(before, action, kind) is after


@pytest.mark.parametrize("asked_from", [R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS])
def test_an_answer_leads_back_to_where_the_office_asked(asked_from: ReferralState) -> None:
    assert states.next_referral_state(R.NEEDS_INFO, A.ANSWER_INFO, K.REFER, asked_from=asked_from) is asked_from
    with refused(RefusalCode.REFERRAL_STEP_ILLEGAL):
        states.next_referral_state(asked_from, A.ANSWER_INFO, K.REFER)


WHEN_IT_ENDS = {
    (R.SENT, None): R.RECALLED,
    (R.RECEIVED, None): R.RECALLED,
    (R.ACCEPTED, None): R.RETURNED,
    (R.IN_PROGRESS, None): R.RETURNED,
    (R.DISPUTED, None): R.RETURNED,
    (R.NEEDS_INFO, R.RECEIVED): R.RECALLED,
    (R.NEEDS_INFO, R.ACCEPTED): R.RETURNED,
    (R.NEEDS_INFO, R.IN_PROGRESS): R.RETURNED,
}


@pytest.mark.parametrize(("before", "asked_from"), WHEN_IT_ENDS)
def test_when_a_case_ends_a_referral_is_recalled_or_once_accepted_returned(
    before: ReferralState, asked_from: ReferralState | None
) -> None:
    assert states.state_when_case_ends(before, asked_from) is WHEN_IT_ENDS[before, asked_from]
    assert before in states.REFERRAL_OPEN


def test_every_open_state_of_a_referral_has_an_end_when_its_case_ends() -> None:
    assert {before for before, _ in WHEN_IT_ENDS} == states.REFERRAL_OPEN


OPEN = {C.NEW, C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY}
VERBS = {
    CaseAction.CONFIRM_CLOSING: {(C.RESOLVED, C.CLOSED)},
    CaseAction.APPROVE_CLOSING: {(C.RESOLVED, C.CLOSED)},
    CaseAction.DISPUTE_CLOSING: {(C.RESOLVED, C.IN_PROGRESS)},
    CaseAction.REOPEN: {(C.RESOLVED, C.IN_PROGRESS), (C.CLOSED, C.IN_PROGRESS)},
    CaseAction.MERGE: {(state, C.MERGED) for state in OPEN},
}


def test_the_verbs_of_their_own_lead_where_the_domain_says() -> None:
    assert {action: set(steps.items()) for action, steps in states.CASE_VERBS.items()} == VERBS


@pytest.mark.parametrize(("state", "after"), [(s, C.IN_PROGRESS if s in states.WAITING else s) for s in C if s in OPEN])
def test_a_case_that_is_parted_again_goes_on_where_it_stood(state: CaseState, after: CaseState) -> None:
    assert states.state_after_unmerging(state) is after


@pytest.mark.parametrize("state", C)
def test_a_report_is_disputed_while_the_case_is_worked_on(state: CaseState) -> None:
    under_work = state in {C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY}
    assert states.why_not_disputed(state) is (None if under_work else RefusalCode.CASE_RESOLVED)


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


@given(st.sampled_from(ReferralKind), st.lists(st.sampled_from(sorted(set(A) - {A.ANSWER_INFO})), max_size=40))
def test_a_random_walk_never_leaves_the_machine_of_referrals(kind: ReferralKind, wishes: list[ReferralAction]) -> None:
    state = R.SENT
    for wish in wishes:
        after = expected_step(state, wish, kind)
        try:
            state = states.next_referral_state(state, wish, kind)
        except Refusal:
            assert after is None
            continue
        assert state is after
        assert kind is not K.INFORM or state in {R.COMPLETED, R.RECALLED}
        assert kind is not K.TRANSFER or state not in {R.ACCEPTED, R.IN_PROGRESS, R.DISPUTED, R.RETURNED}
