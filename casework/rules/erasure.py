"""Whether the personal data of a citizen may be erased, and what is over with them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from casework.errors import RefusalCode
from casework.rules.states import ENDED, REFERRAL_OPEN
from models.action_words import CaseAction, CitizenAction
from models.privacy_words import ErasureGround, Obstacle
from models.vocabulary import CaseState, ReferralState

WITHIN_RETENTION = frozenset(
    {ErasureGround.CONSENT_WITHDRAWN, ErasureGround.OBJECTION, ErasureGround.UNLAWFUL},
)
"""Grounds of the person's own right: they do not wait for the end of the retention time."""
STILL_POSSIBLE = frozenset({CaseAction.FOLLOW, CitizenAction.READ_ACCESS_LOG})
"""All that can be done with an erased citizen and the cases."""


def obstacles(
    ground: ErasureGround,
    *,
    held: bool,
    cases: Collection[CaseState],
    referrals: Collection[ReferralState],
    kept_until: datetime,
    now: datetime,
) -> Sequence[Obstacle]:
    """Name everything that stands against the erasure, the gravest first; nothing means that it may be done."""
    found = {
        Obstacle.LEGAL_HOLD: held,
        Obstacle.OPEN_CASE: any(state not in ENDED for state in cases),
        Obstacle.OPEN_REFERRAL: any(state in REFERRAL_OPEN for state in referrals),
        Obstacle.RETENTION_RUNS: ground not in WITHIN_RETENTION and now < kept_until,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def why_not(action: CaseAction | CitizenAction, *, erased: bool) -> RefusalCode | None:
    """Tell what an erasure has against an action; None where there was none."""
    return RefusalCode.CITIZEN_ERASED if erased and action not in STILL_POSSIBLE else None
