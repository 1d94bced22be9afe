"""Who may do what: the table of domain.md "Who may do what", as data, and the questions that read it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

from casework.errors import Refusal, RefusalCode
from casework.policy.actors import Actor
from casework.rules import states
from models.vocabulary import CaseAction, CaseState, Level, ReferralAction, ReferralState, SeatKind


class Relation(StrEnum):
    """How an actor stands to a case or a referral."""

    HOLDER = "HOLDER"
    MENTOR_OF_AMPHOE = "MENTOR_OF_AMPHOE"
    COORDINATOR_OF_PROVINCE = "COORDINATOR_OF_PROVINCE"
    PARTICIPANT = "PARTICIPANT"
    ASSIGNED = "ASSIGNED"
    OFFICE_ADDRESSED = "OFFICE_ADDRESSED"
    SENDER = "SENDER"


class Permission(NamedTuple):
    """The least level at which the case must be visible, and the relations of which one is needed."""

    level: Level
    relations: frozenset[Relation]


class Verdict(NamedTuple):
    """Allowed when `refusal` is None."""

    refusal: RefusalCode | None


R = Relation
OPENERS = frozenset({SeatKind.VOLUNTEER, SeatKind.MENTOR, SeatKind.OFFICER, SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR})
"""Kinds of seats that register citizens and open cases."""

CASE_PERMISSIONS: Mapping[CaseAction, Permission] = {
    CaseAction.ASSIGN: Permission(Level.STATUS, frozenset({R.HOLDER, R.MENTOR_OF_AMPHOE, R.COORDINATOR_OF_PROVINCE})),
    CaseAction.ANSWER_ASSIGNMENT: Permission(Level.STATUS, frozenset({R.ASSIGNED})),
    CaseAction.UPDATE_STATUS: Permission(Level.FULL, frozenset({R.HOLDER})),
    CaseAction.END: Permission(Level.STATUS, frozenset({R.HOLDER, R.COORDINATOR_OF_PROVINCE})),
    CaseAction.REFER: Permission(Level.FULL, frozenset({R.HOLDER})),
    CaseAction.ADD_NOTE: Permission(
        Level.WORK, frozenset({R.PARTICIPANT, R.MENTOR_OF_AMPHOE, R.COORDINATOR_OF_PROVINCE})
    ),
}

_OFFICE = Permission(Level.STATUS, frozenset({R.OFFICE_ADDRESSED}))
_SENDER = Permission(Level.STATUS, frozenset({R.SENDER, R.COORDINATOR_OF_PROVINCE}))

REFERRAL_PERMISSIONS: Mapping[ReferralAction, Permission] = {
    ReferralAction.RECEIVE: _OFFICE,
    ReferralAction.ACCEPT: _OFFICE,
    ReferralAction.REJECT: _OFFICE,
    ReferralAction.START: _OFFICE,
    ReferralAction.COMPLETE: _OFFICE,
    ReferralAction.RECALL: _SENDER,
}

_CASE_GOES_ON = frozenset(CaseState) - states.ENDED
CASE_STATES: Mapping[CaseAction, frozenset[CaseState]] = {
    CaseAction.ASSIGN: _CASE_GOES_ON,
    CaseAction.ANSWER_ASSIGNMENT: _CASE_GOES_ON,
    CaseAction.UPDATE_STATUS: frozenset(s for s, steps in states.CASE_STEPS.items() if steps - states.ENDED_EARLY),
    CaseAction.END: frozenset(s for s, steps in states.CASE_STEPS.items() if steps & states.ENDED_EARLY),
    CaseAction.REFER: states.REFERABLE,
    CaseAction.ADD_NOTE: _CASE_GOES_ON,
}
"""In which states of the case an action is possible at all; tells clients whether to show a button."""


class CaseStanding(Protocol):
    """What permissions need to know of a case as the actor sees it; rows of resolvers and actions both have it."""

    @property
    def state(self) -> CaseState: ...
    @property
    def level(self) -> int: ...
    @property
    def active(self) -> bool: ...
    @property
    def amphoe_code(self) -> str: ...
    @property
    def province_code(self) -> str: ...
    @property
    def holder_seat_id(self) -> int | None: ...
    @property
    def holder_office_id(self) -> int | None: ...
    @property
    def assigned_seat_id(self) -> int | None: ...


class ReferralStanding(Protocol):
    @property
    def state(self) -> ReferralState: ...
    @property
    def from_seat_id(self) -> int | None: ...
    @property
    def from_office_id(self) -> int | None: ...
    @property
    def to_office_id(self) -> int: ...


def relations_to_case(by: Actor, case: CaseStanding) -> frozenset[Relation]:
    found = {
        R.HOLDER: case.holder_seat_id == by.seat_id
        or (by.office_id is not None and case.holder_office_id == by.office_id),
        R.MENTOR_OF_AMPHOE: by.kind is SeatKind.MENTOR and case.amphoe_code == by.amphoe_code,
        R.COORDINATOR_OF_PROVINCE: by.kind is SeatKind.COORDINATOR and case.province_code == by.province_code,
        R.PARTICIPANT: case.active,
        R.ASSIGNED: case.assigned_seat_id == by.seat_id,
    }
    return frozenset(relation for relation, holds in found.items() if holds)


def relations_to_referral(by: Actor, referral: ReferralStanding) -> frozenset[Relation]:
    in_office = by.office_id is not None
    found = {
        R.OFFICE_ADDRESSED: in_office and referral.to_office_id == by.office_id,
        R.SENDER: referral.from_seat_id == by.seat_id or (in_office and referral.from_office_id == by.office_id),
    }
    return frozenset(relation for relation, holds in found.items() if holds)


def _judge(permission: Permission, level: int, relations: frozenset[Relation]) -> Verdict:
    allowed = level >= permission.level and not permission.relations.isdisjoint(relations)
    return Verdict(None if allowed else RefusalCode.NOT_PERMITTED)


def may(by: Actor, action: CaseAction, case: CaseStanding) -> Verdict:
    """May the actor do this to the case, whatever its state?"""
    relations = relations_to_case(by, case)
    if action is CaseAction.ANSWER_ASSIGNMENT and R.ASSIGNED not in relations:
        return Verdict(RefusalCode.ASSIGNMENT_MISSING)
    return _judge(CASE_PERMISSIONS[action], case.level, relations)


def may_handle(by: Actor, action: ReferralAction, referral: ReferralStanding, case: CaseStanding) -> Verdict:
    """May the actor do this to the referral, whatever its state?"""
    relations = relations_to_referral(by, referral) | relations_to_case(by, case)
    return _judge(REFERRAL_PERMISSIONS[action], case.level, relations)


def can_now(by: Actor, action: CaseAction, case: CaseStanding) -> Verdict:
    """May the actor do this to the case as it stands?"""
    if case.state in states.ENDED:
        return Verdict(RefusalCode.CASE_ENDED)
    verdict = may(by, action, case)
    if verdict.refusal is None and case.state not in CASE_STATES[action]:
        unscreened = action is CaseAction.REFER and case.state is CaseState.NEW
        return Verdict(RefusalCode.CASE_NOT_SCREENED if unscreened else RefusalCode.NOT_IN_THIS_STATE)
    return verdict


def can_handle_now(by: Actor, action: ReferralAction, referral: ReferralStanding, case: CaseStanding) -> Verdict:
    """May the actor do this to the referral as it and its case stand?"""
    verdict = may_handle(by, action, referral, case)
    if verdict.refusal is None and case.state in states.ENDED:
        return Verdict(RefusalCode.CASE_ENDED)
    if verdict.refusal is None and referral.state not in states.REFERRAL_STEPS[action]:
        return Verdict(RefusalCode.REFERRAL_STEP_ILLEGAL)
    return verdict


def check(verdict: Verdict) -> None:
    """Refuse what is not allowed."""
    if verdict.refusal is not None:
        raise Refusal(verdict.refusal)


def check_may_open(by: Actor) -> None:
    """Refuse seats that register no citizens and open no cases."""
    if by.kind not in OPENERS:
        raise Refusal(RefusalCode.NOT_PERMITTED)
