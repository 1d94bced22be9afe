"""What the tables promise, read off the rows as they stand, apart from the door that the actions go through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import CASE_PERMISSIONS, REFERRAL_PERMISSIONS
from casework.policy.relations import Relation, relations_to_case, relations_to_referral
from casework.rules.states import CASE_STATES, ENDED, REFERRAL_KINDS, REFERRAL_STEPS, UNDER_WORK
from models.vocabulary import CaseAction, CaseState, Level, ReferralAction, ReferralKind, ReferralState, SeatKind
from tests.world import World

A, K, Code = CaseAction, SeatKind, RefusalCode
OF_AN_OFFICE = {K.OFFICER, K.OFFICE_HEAD, K.COORDINATOR}


@dataclass(frozen=True)
class Standing:
    """A case as one actor sees it."""

    state: CaseState
    level: int
    active: bool
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


_COPIED = tuple(name for name in Standing.__dataclass_fields__ if name not in {"state", "level", "active"})
_CASE = """SELECT c.*, (SELECT seat_id FROM assignment WHERE case_id = c.id AND state = 'PROPOSED') AS assigned_seat_id
           FROM "case" c WHERE id = :id"""
_PARTS = "SELECT seat_id, office_id, level, until IS NULL AS running FROM participation WHERE case_id = :id"


async def standings(world: World, case_id: int, actors: Sequence[Actor]) -> list[Standing | None]:
    """Give how the case stands to each actor; None where it is not there."""
    (case,) = await world.rows(_CASE, id=case_id)
    parts = await world.rows(_PARTS, id=case_id)
    return [_standing(case, parts, by) for by in actors]


async def standing(world: World, case_id: int, by: Actor) -> Standing | None:
    (found,) = await standings(world, case_id, [by])
    return found


def _standing(case: Any, parts: Sequence[Any], by: Actor) -> Standing | None:
    own = [part for part in parts if _counts(part, case, by)]
    levels = [part.level if part.running else Level.STATUS for part in own] + _by_position(case, by)
    if not levels or by.kind is K.ADMIN:
        return None
    copied = {name: getattr(case, name) for name in _COPIED}
    return Standing(CaseState(case.state), max(levels), any(part.running for part in own), **copied)


def _counts(part: Any, case: Any, by: Actor) -> bool:
    """The table "Who sees what": a colleague of the office sees a sensitive case only when trusted with those."""
    if part.seat_id is not None:
        return bool(part.seat_id == by.seat_id)
    trusted = by.kind is K.COORDINATOR or by.handles_sensitive or not case.sensitive
    return by.kind in OF_AN_OFFICE and part.office_id == by.office_id and trusted


def _by_position(case: Any, by: Actor) -> list[int]:
    if by.kind is K.AUDITOR:
        return [Level.ANONYMOUS]
    if by.kind is K.MENTOR and case.amphoe_code == by.amphoe_code:
        return [Level.STATUS if case.sensitive else Level.WORK]
    if by.kind is K.COORDINATOR and case.province_code == by.province_code:
        return [Level.WORK if case.sensitive else Level.FULL]
    return []


def refusal_on_case(by: Actor, action: CaseAction, case: Standing | None) -> RefusalCode | None:
    """What the tables answer to somebody who wants to do this to the case, with nothing wrong in the input."""
    if case is None:
        return Code.NOT_FOUND
    least, relations = CASE_PERMISSIONS[action]
    over = case.state in ENDED and case.state not in CASE_STATES[action]
    if case.level < least or not relations & relations_to_case(by, case):
        no = Code.ASSIGNMENT_MISSING if action is A.ANSWER_ASSIGNMENT else Code.NOT_PERMITTED
        return Code.CASE_ENDED if over else no
    if action is A.APPROVE_CLOSING and case.resolved_by_account_id == by.account_id:
        return Code.CASE_ENDED if over else Code.SECOND_PERSON_NEEDED
    return Code.CASE_ENDED if over else _refusal_in_state(action, case)


def _refusal_in_state(action: CaseAction, case: Standing) -> RefusalCode | None:
    if case.state not in CASE_STATES[action]:
        not_screened = (action, case.state) == (A.REFER, CaseState.NEW)
        return Code.CASE_NOT_SCREENED if not_screened else Code.NOT_IN_THIS_STATE
    if action is A.CONFIRM_CLOSING and case.sensitive:
        return Code.CLOSING_NEEDS_APPROVAL
    return Code.APPROVAL_NOT_NEEDED if action is A.APPROVE_CLOSING and not case.sensitive else None


def refusal_on_referral(
    by: Actor, action: ReferralAction, referral: Sending, case: Standing | None
) -> RefusalCode | None:
    """What the tables answer to somebody who wants to do this to the referral, with nothing wrong in the input."""
    if case is None:
        return Code.NOT_FOUND
    least, relations = REFERRAL_PERMISSIONS[action]
    own: frozenset[Relation] = relations_to_referral(by, referral) | relations_to_case(by, case)
    if case.level < least or not relations & own:
        return Code.NOT_PERMITTED
    if case.state in ENDED:
        return Code.CASE_ENDED
    if referral.state not in REFERRAL_STEPS[action] or referral.kind not in REFERRAL_KINDS[action]:
        return Code.REFERRAL_STEP_ILLEGAL
    return Code.CASE_RESOLVED if action is ReferralAction.DISPUTE and case.state not in UNDER_WORK else None
