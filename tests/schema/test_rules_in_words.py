"""The contract tells the rules as the tables have them."""

import pytest

from models.action_words import ReferralAction
from models.vocabulary import CaseState, ReferralState
from schema.rules_in_words import referral_rule, steps_from, ways_from_case, ways_from_referral

OFFICE = "Who: everybody of the office addressed."


@pytest.mark.parametrize(
    ("action", "told"),
    [
        (ReferralAction.RECEIVE, "From SENT to RECEIVED; INFORM: to COMPLETED."),
        (ReferralAction.ACCEPT, "From RECEIVED to ACCEPTED; TRANSFER: to COMPLETED."),
        (ReferralAction.REJECT, "From SENT, RECEIVED to REJECTED. Kinds: REFER, TRANSFER, CONSULT."),
        (ReferralAction.COMPLETE, "From IN_PROGRESS to COMPLETED."),
    ],
)
def test_an_action_on_a_referral_tells_where_it_leads_each_kind(action: ReferralAction, told: str) -> None:
    assert referral_rule(action) == f"{OFFICE} {told}"


def test_a_referral_that_needs_info_tells_every_way_out() -> None:
    told = "RECEIVED (answerReferralInfo), ACCEPTED (answerReferralInfo), IN_PROGRESS (answerReferralInfo), "
    told += "RECALLED (the end of the case), RETURNED (the end of the case)"
    assert steps_from(ways_from_referral(ReferralState.NEEDS_INFO)) == f" Leads to {told}."


def test_a_way_that_several_verbs_make_is_told_once() -> None:
    told = "CLOSED (confirmClosing or approveClosing or the system), IN_PROGRESS (disputeClosing or reopenCase)"
    assert steps_from(ways_from_case(CaseState.RESOLVED)) == f" Leads to {told}."


def test_a_state_without_a_way_out_says_nothing() -> None:
    assert steps_from(ways_from_referral(ReferralState.LAPSED)) == ""
