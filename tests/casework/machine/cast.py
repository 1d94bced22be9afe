"""Who plays in a random sequence, and how a step chooses."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from casework.errors import Refusal
from casework.errors import RefusalCode as Code
from models.action_words import CaseAction as A
from models.action_words import ReferralAction
from tests.casework import verbs
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, DOE, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

T = TypeVar("T")
VOLUNTEERS = (VOLUNTEER, OTHER_VOLUNTEER, "volunteer 430101")
OFFICES = ("DLPW-43", "SSO-43", "DOE-43")
OFFICERS = (DLPW, "head DLPW-43", SSO, "officer SSO-43 2", DOE, "head DOE-43")
CAST = (*VOLUNTEERS, MENTOR, COORDINATOR, *OFFICERS, AUDITOR, ADMIN)
FURTHER: dict[A | ReferralAction, set[Code]] = {
    A.ASSIGN: {Code.SEAT_ALREADY_VOLUNTEER},
    A.UPDATE_STATUS: {Code.OUTCOME_MISSING, Code.REFERRALS_OPEN, Code.CASE_STEP_ILLEGAL},
    A.END: {Code.CASE_STEP_ILLEGAL},
    A.REFER: {
        Code.REFERRAL_ALREADY_OPEN,
        Code.TRANSFER_ALREADY_OPEN,
        Code.TRANSFER_CYCLE,
        Code.OFFICE_IS_HOLDER,
    },
    A.REFER_TOGETHER: {Code.REFERRAL_ALREADY_OPEN, Code.OFFICE_IS_HOLDER},
    A.MERGE: {
        Code.CASES_SAME,
        Code.CASES_OF_TWO_CITIZENS,
        Code.NOT_FOUND,
        Code.NOT_PERMITTED,
        Code.CASE_ENDED,
        Code.NOT_IN_THIS_STATE,
    },
    A.UNMERGE: {Code.MERGE_CHANGED, Code.NOT_PERMITTED, Code.NOT_FOUND},
    ReferralAction.DISPUTE: {Code.OFFICE_IS_HOLDER, Code.REFERRAL_ALREADY_OPEN},
}
"""What the rows, or the other one of two cases, can have against a verb that the tables allow."""


class Step(NamedTuple):
    """Numbers that choose; a `wise` step does what the tables allow, any other one tries whatever comes."""

    who: int
    more: int
    wise: bool


def pick(among: Sequence[T], number: int) -> T:
    return among[number % len(among)]


async def trial(world: World, by: str, call: verbs.Call) -> Code | None:
    """Give the refusal, which has changed nothing; None when it was done."""
    before = await world.fingerprint()
    verb, given = call
    try:
        await world.act(by, verb, **given)
    except Refusal as refusal:
        assert await world.fingerprint() == before, (by, verb)
        return refusal.code
    return None
