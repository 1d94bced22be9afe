"""The two state machines, as data: which step leads where, and what it needs."""

from collections.abc import Collection, Mapping

from casework.errors import Refusal, RefusalCode
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import CaseState, ReferralKind, ReferralState

C = CaseState
R = ReferralState
A = CaseAction

CASE_STEPS: Mapping[CaseState, frozenset[CaseState]] = {
    C.NEW: frozenset({C.SCREENING, C.WITHDRAWN, C.OUT_OF_SCOPE}),
    C.SCREENING: frozenset({C.IN_PROGRESS, C.WITHDRAWN, C.OUT_OF_SCOPE}),
    C.IN_PROGRESS: frozenset({C.WAITING_CITIZEN, C.WAITING_AGENCY, C.RESOLVED, C.WITHDRAWN, C.OUT_OF_SCOPE}),
    C.WAITING_CITIZEN: frozenset({C.IN_PROGRESS, C.WITHDRAWN, C.OUT_OF_SCOPE}),
    C.WAITING_AGENCY: frozenset({C.IN_PROGRESS, C.WITHDRAWN, C.OUT_OF_SCOPE}),
    C.RESOLVED: frozenset(),
    C.CLOSED: frozenset(),
    C.WITHDRAWN: frozenset(),
    C.MERGED: frozenset(),
    C.OUT_OF_SCOPE: frozenset(),
}
"""Steps of `updateCaseStatus`."""

WAITING = frozenset({C.WAITING_CITIZEN, C.WAITING_AGENCY})
"""States that need a review date."""
ENDED_EARLY = frozenset({C.WITHDRAWN, C.OUT_OF_SCOPE})
"""Ends that `updateCaseStatus` reaches, with a reason."""
ENDED = frozenset({C.CLOSED, C.WITHDRAWN, C.MERGED, C.OUT_OF_SCOPE})
"""States in which nothing more is done to a case but what leads out of them."""
UNDER_WORK = frozenset({C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY})
"""States in which problems are worked on: referred, disputed, and given an outcome."""
OPEN = UNDER_WORK | {C.NEW}
"""States before the result: a case can still be withdrawn, found out of scope, or merged."""

CASE_VERBS: Mapping[CaseAction, Mapping[CaseState, CaseState]] = {
    A.CONFIRM_CLOSING: {C.RESOLVED: C.CLOSED},
    A.DISPUTE_CLOSING: {C.RESOLVED: C.IN_PROGRESS},
    A.APPROVE_CLOSING: {C.RESOLVED: C.CLOSED},
    A.REOPEN: {C.RESOLVED: C.IN_PROGRESS, C.CLOSED: C.IN_PROGRESS},
    A.MERGE: dict.fromkeys(sorted(OPEN), C.MERGED),
}
"""Steps that are verbs of their own."""

CLOSES_BY_ITSELF: Mapping[CaseState, CaseState] = {C.RESOLVED: C.CLOSED}
"""What the system does when nobody disputes the result."""
UNMERGES_TO = frozenset({C.NEW, C.SCREENING, C.IN_PROGRESS})
"""Where `unmergeCases` leads: back to where the case stood; what it waited for has passed."""

CASE_STATES: Mapping[CaseAction, frozenset[CaseState]] = {
    A.ASSIGN: frozenset(C) - ENDED,
    A.ANSWER_ASSIGNMENT: frozenset(C) - ENDED,
    A.UPDATE_STATUS: frozenset(state for state, steps in CASE_STEPS.items() if steps - ENDED_EARLY),
    A.END: frozenset(state for state, steps in CASE_STEPS.items() if steps & ENDED_EARLY),
    A.RECORD_OUTCOME: UNDER_WORK,
    **{action: frozenset(steps) for action, steps in CASE_VERBS.items()},
    A.UNMERGE: frozenset({C.MERGED}),
    A.REFER: UNDER_WORK,
    A.REFER_TOGETHER: UNDER_WORK,
    A.ADD_NOTE: frozenset(C) - ENDED,
    A.ADD_ATTACHMENT: frozenset(C) - ENDED,
    A.ADD_PARTY: frozenset(C) - ENDED,
    A.KEEP_CLOCKS: frozenset(C) - ENDED,
    A.FIELD_WORK: frozenset(C) - ENDED,
    A.RENEW_TRACKING_CODE: frozenset(C),
    A.FOLLOW: frozenset(C),
}
"""In which states of the case an action is possible at all."""

REFERRAL_STEPS: Mapping[ReferralAction, Mapping[ReferralState, Collection[ReferralState]]] = {
    ReferralAction.RECEIVE: {R.SENT: (R.RECEIVED,)},
    ReferralAction.ACCEPT: {R.RECEIVED: (R.ACCEPTED,)},
    ReferralAction.REJECT: {R.SENT: (R.REJECTED,), R.RECEIVED: (R.REJECTED,)},
    ReferralAction.REQUEST_INFO: dict.fromkeys((R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS), (R.NEEDS_INFO,)),
    ReferralAction.START: {R.ACCEPTED: (R.IN_PROGRESS,), R.DISPUTED: (R.IN_PROGRESS,)},
    ReferralAction.COMPLETE: {R.IN_PROGRESS: (R.COMPLETED,)},
    ReferralAction.RETURN: {R.ACCEPTED: (R.RETURNED,), R.IN_PROGRESS: (R.RETURNED,)},
    ReferralAction.ANSWER_INFO: {R.NEEDS_INFO: (R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS)},
    ReferralAction.RECALL: {R.SENT: (R.RECALLED,), R.RECEIVED: (R.RECALLED,)},
    ReferralAction.DISPUTE: {R.COMPLETED: (R.DISPUTED,)},
}
"""Where an action leads; an answer leads back to the state in which the office asked."""
LAPSES: Mapping[ReferralState, ReferralState] = {R.SENT: R.LAPSED, R.RECEIVED: R.LAPSED}
"""What the system does when nobody answers."""
COMPLETED_BY: Mapping[ReferralKind, ReferralAction] = {
    ReferralKind.REFER: ReferralAction.COMPLETE,
    ReferralKind.TRANSFER: ReferralAction.ACCEPT,
    ReferralKind.CONSULT: ReferralAction.COMPLETE,
    ReferralKind.INFORM: ReferralAction.RECEIVE,
}
"""The action with which a referral has done what it is for."""
REJECTABLE = frozenset(ReferralKind) - {ReferralKind.INFORM}
DISPUTABLE = frozenset({ReferralKind.REFER, ReferralKind.CONSULT})
"""A transfer is given back by another one; an information has no result."""
DISCLOSING = frozenset(ReferralKind) - {ReferralKind.INFORM}
REFERRAL_KINDS: Mapping[ReferralAction, frozenset[ReferralKind]] = {
    **dict.fromkeys(ReferralAction, frozenset(ReferralKind)),
    ReferralAction.REJECT: REJECTABLE,
    ReferralAction.DISPUTE: DISPUTABLE,
    ReferralAction.RENEW_DISCLOSURE: DISCLOSING,
}
"""Of which kinds of referrals an action is possible."""
REFERRAL_OPEN = frozenset({R.SENT, R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED})
REFERRAL_STATES: Mapping[ReferralAction, frozenset[ReferralState]] = {
    **{action: frozenset(steps) for action, steps in REFERRAL_STEPS.items()},
    ReferralAction.RENEW_DISCLOSURE: REFERRAL_OPEN,
}
"""In which states of the referral an action is possible at all; renewing moves it nowhere."""


def check_case_goes_on(state: CaseState) -> None:
    """Refuse anything done to a case that has ended."""
    if state in ENDED:
        raise Refusal(RefusalCode.CASE_ENDED)


def why_not_now(action: CaseAction, state: CaseState) -> RefusalCode | None:
    """Tell what stands against an action in a state of the case; None when it is possible."""
    if state in CASE_STATES[action]:
        return None
    if state in ENDED:
        return RefusalCode.CASE_ENDED
    if action in {A.REFER, A.REFER_TOGETHER} and state is C.NEW:
        return RefusalCode.CASE_NOT_SCREENED
    return RefusalCode.NOT_IN_THIS_STATE


def why_not_disputed(state: CaseState) -> RefusalCode | None:
    """Tell what stands against disputing a report: when the citizen was told, the case is reopened first."""
    return None if state in UNDER_WORK else RefusalCode.CASE_RESOLVED


def check_case_step(before: CaseState, after: CaseState) -> None:
    """Refuse a step that the machine does not know."""
    check_case_goes_on(before)
    if after not in CASE_STEPS[before]:
        raise Refusal(RefusalCode.CASE_STEP_ILLEGAL, "input", "state", before=before.value, after=after.value)


def check_resolvable(problems_without_outcome: Collection[str], open_referrals: int) -> None:
    """Refuse RESOLVED while a problem has no outcome or an office still works."""
    if problems_without_outcome:
        raise Refusal(RefusalCode.OUTCOME_MISSING, problems=", ".join(problems_without_outcome))
    if open_referrals:
        raise Refusal(RefusalCode.REFERRALS_OPEN, count=open_referrals)


def state_after_unmerging(before: CaseState) -> CaseState:
    """Give the state in which a case goes on by itself: what it waited for has passed."""
    return before if before in UNMERGES_TO else C.IN_PROGRESS


def can_step(action: ReferralAction, before: ReferralState, kind: ReferralKind) -> bool:
    return before in REFERRAL_STATES[action] and kind in REFERRAL_KINDS[action]


def next_referral_state(
    before: ReferralState, action: ReferralAction, kind: ReferralKind, *, asked_from: ReferralState | None = None
) -> ReferralState:
    """Give the state that follows: what completes the kind of referral, completes it."""
    if not can_step(action, before, kind):
        raise Refusal(RefusalCode.REFERRAL_STEP_ILLEGAL, before=before.value)
    if action not in REFERRAL_STEPS:
        return before
    if action is COMPLETED_BY[kind]:
        return R.COMPLETED
    if asked_from is not None:
        return asked_from
    (after,) = REFERRAL_STEPS[action][before]
    return after


def state_when_case_ends(before: ReferralState, asked_from: ReferralState | None = None) -> ReferralState:
    """Give the state of an open referral whose case ends: taken back if nobody accepted it, else returned."""
    return R.RECALLED if (asked_from or before) in {R.SENT, R.RECEIVED} else R.RETURNED
