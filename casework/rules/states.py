"""The two state machines, as data: which step leads where, and what it needs."""

from collections.abc import Collection, Mapping

from casework.errors import Refusal, RefusalCode
from models.vocabulary import CaseState, ReferralAction, ReferralKind, ReferralState

C = CaseState
R = ReferralState

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
"""Steps of `updateCaseStatus`. Confirming, closing, reopening and merging are verbs of their own."""

WAITING = frozenset({C.WAITING_CITIZEN, C.WAITING_AGENCY})
"""States that need a review date."""
ENDED_EARLY = frozenset({C.WITHDRAWN, C.OUT_OF_SCOPE})
"""Ends that `updateCaseStatus` reaches, with a reason."""
ENDED = frozenset({C.CLOSED, C.WITHDRAWN, C.MERGED, C.OUT_OF_SCOPE})
"""States in which nothing more is done to a case."""
REFERABLE = frozenset({C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY})

REFERRAL_STEPS: Mapping[ReferralAction, Mapping[ReferralState, ReferralState]] = {
    ReferralAction.RECEIVE: {R.SENT: R.RECEIVED},
    ReferralAction.ACCEPT: {R.RECEIVED: R.ACCEPTED},
    ReferralAction.REJECT: {R.SENT: R.REJECTED, R.RECEIVED: R.REJECTED},
    ReferralAction.START: {R.ACCEPTED: R.IN_PROGRESS},
    ReferralAction.COMPLETE: {R.IN_PROGRESS: R.COMPLETED},
    ReferralAction.RECALL: {R.SENT: R.RECALLED, R.RECEIVED: R.RECALLED},
}
REFERRAL_OPEN = frozenset({R.SENT, R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS})


def check_case_goes_on(state: CaseState) -> None:
    """Refuse anything done to a case that has ended."""
    if state in ENDED:
        raise Refusal(RefusalCode.CASE_ENDED)


def check_case_step(before: CaseState, after: CaseState) -> None:
    """Refuse a step that the machine does not know."""
    check_case_goes_on(before)
    if after not in CASE_STEPS[before]:
        raise Refusal(RefusalCode.CASE_STEP_ILLEGAL, "input", "state", before=before.value, after=after.value)


def check_referable(state: CaseState) -> None:
    """Refuse to refer a case that nobody has screened or that is past its work."""
    check_case_goes_on(state)
    if state is C.NEW:
        raise Refusal(RefusalCode.CASE_NOT_SCREENED)
    if state not in REFERABLE:
        raise Refusal(RefusalCode.CASE_STEP_ILLEGAL, before=state.value, after="REFERRED")


def check_resolvable(problems_without_outcome: Collection[str], open_referrals: int) -> None:
    """Refuse RESOLVED while a problem has no outcome or an office still works."""
    if problems_without_outcome:
        raise Refusal(RefusalCode.OUTCOME_MISSING, problems=", ".join(problems_without_outcome))
    if open_referrals:
        raise Refusal(RefusalCode.REFERRALS_OPEN, count=open_referrals)


def next_referral_state(before: ReferralState, action: ReferralAction, kind: ReferralKind) -> ReferralState:
    """Give the state that follows; accepting a transfer completes it."""
    after = REFERRAL_STEPS[action].get(before)
    if after is None:
        raise Refusal(RefusalCode.REFERRAL_STEP_ILLEGAL, before=before.value)
    return R.COMPLETED if after is R.ACCEPTED and kind is ReferralKind.TRANSFER else after


def state_when_case_ends(before: ReferralState) -> ReferralState:
    """Give the state of an open referral whose case ends: taken back if nobody accepted it, else returned."""
    return R.RECALLED if before in {R.SENT, R.RECEIVED} else R.RETURNED
