"""What the tables promise, read off the rows as they stand, apart from the door that the actions go through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import CASE_PERMISSIONS, REFERRAL_PERMISSIONS
from casework.policy.relations import Relation, relations_to_case, relations_to_referral
from casework.rules.states import CASE_STATES, ENDED, REFERRAL_KINDS, REFERRAL_STATES, UNDER_WORK
from models.action_words import CaseAction, ReferralAction
from models.vocabulary import CaseState, ReferralKind, ReferralState
from tests.oracle.seeing import is_own, level_of
from tests.world import World

A, Code = CaseAction, RefusalCode
WORK_ITSELF = {ReferralAction.ACCEPT, ReferralAction.START, ReferralAction.COMPLETE}
"""What an office does not do for somebody whom it may not know any more."""


@dataclass(frozen=True)
class Standing:
    """A case as one actor sees it."""

    state: CaseState
    level: int
    active: bool
    expired: bool
    sensitive: bool
    amphoe_code: str
    province_code: str
    holder_seat_id: int | None
    holder_office_id: int | None
    volunteer_seat_id: int | None
    assigned_seat_id: int | None
    resolved_by_account_id: int | None
    erased_at: datetime | None = None


@dataclass(frozen=True)
class Sending:
    kind: ReferralKind
    state: ReferralState
    from_seat_id: int | None
    from_office_id: int | None
    to_office_id: int
    disclosure_expires_at: datetime


_COPIED = tuple(name for name in Standing.__dataclass_fields__ if name not in {"state", "level", "active", "expired"})
_CASE = """SELECT c.*, (SELECT seat_id FROM assignment WHERE case_id = c.id AND state = 'PROPOSED') AS assigned_seat_id
           FROM "case" c WHERE id = :id"""
_PARTS = "SELECT seat_id, office_id, level, until, expires_at FROM participation WHERE case_id = :id"


async def standings(world: World, case_id: int, actors: Sequence[Actor]) -> list[Standing | None]:
    """Give how the case stands to each actor; None where it is not there."""
    (case,) = await world.rows(_CASE, id=case_id)
    parts = await world.rows(_PARTS, id=case_id)
    return [_standing(case, parts, by, now=world.now) for by in actors]


async def standing(world: World, case_id: int, by: Actor) -> Standing | None:
    (found,) = await standings(world, case_id, [by])
    return found


def _standing(case: Any, parts: Sequence[Any], by: Actor, *, now: datetime) -> Standing | None:
    level = level_of(by, case, parts, now=now)
    if level is None:
        return None
    copied = {name: getattr(case, name) for name in _COPIED}
    running = [part for part in parts if part.until is None and is_own(by, case, part)]
    expired = any(part.expires_at is not None and part.expires_at <= now for part in running)
    return Standing(CaseState(case.state), level, bool(running), expired, **copied)


def refusal_on_case(by: Actor, action: CaseAction, case: Standing | None) -> RefusalCode | None:
    """What the tables answer to somebody who wants to do this to the case, with nothing wrong in the input."""
    if case is None:
        return Code.NOT_FOUND
    least, relations = CASE_PERMISSIONS[action]
    over = case.state in ENDED and case.state not in CASE_STATES[action]
    if case.level < least or not relations & relations_to_case(by, case):
        related = relations & relations_to_case(by, case)
        no = Code.DISCLOSURE_EXPIRED if related and case.expired else Code.NOT_PERMITTED
        no = Code.ASSIGNMENT_MISSING if action is A.ANSWER_ASSIGNMENT else no
        return Code.CASE_ENDED if over else no
    if action is A.APPROVE_CLOSING and case.resolved_by_account_id == by.account_id:
        return Code.CASE_ENDED if over else Code.SECOND_PERSON_NEEDED
    return Code.CASE_ENDED if over else _refusal_in_state(action, case)


def _refusal_in_state(action: CaseAction, case: Standing) -> RefusalCode | None:
    if case.state not in CASE_STATES[action]:
        not_screened = action in {A.REFER, A.REFER_TOGETHER} and case.state is CaseState.NEW
        return Code.CASE_NOT_SCREENED if not_screened else Code.NOT_IN_THIS_STATE
    if action is A.CONFIRM_CLOSING and case.sensitive:
        return Code.CLOSING_NEEDS_APPROVAL
    return Code.APPROVAL_NOT_NEEDED if action is A.APPROVE_CLOSING and not case.sensitive else None


def refusal_on_referral(
    by: Actor, action: ReferralAction, referral: Sending, case: Standing | None, *, now: datetime
) -> RefusalCode | None:
    """What the tables answer to somebody who wants to do this to the referral, with nothing wrong in the input."""
    if case is None:
        return Code.NOT_FOUND
    least, relations = REFERRAL_PERMISSIONS[action]
    own: frozenset[Relation] = relations_to_referral(by, referral) | relations_to_case(by, case)
    if case.level < least or not relations & own:
        return Code.DISCLOSURE_EXPIRED if relations & own and case.expired else Code.NOT_PERMITTED
    if case.state in ENDED:
        return Code.CASE_ENDED
    if referral.state not in REFERRAL_STATES[action] or referral.kind not in REFERRAL_KINDS[action]:
        return Code.REFERRAL_STEP_ILLEGAL
    if action in WORK_ITSELF and referral.disclosure_expires_at <= now:
        return Code.DISCLOSURE_EXPIRED
    return Code.CASE_RESOLVED if action is ReferralAction.DISPUTE and case.state not in UNDER_WORK else None
