"""Who may do what: the table of domain.md "Who may do what", as data, and the questions that read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from casework.errors import Refusal, RefusalCode
from casework.policy.actors import Actor
from casework.policy.relations import (
    LEADERS,
    CaseStanding,
    ReferralStanding,
    Relation,
    SeatStanding,
    relations_to_case,
    relations_to_referral,
    relations_to_seat,
)
from casework.rules import closing, erasure, joining, states
from casework.rules.disclosures import why_not_shown
from models.action_words import CaseAction, CitizenAction, ReferralAction, SeatAction
from models.vocabulary import Level, SeatKind


class Permission(NamedTuple):
    """The least level at which the case must be visible, and the relations of which one is needed."""

    level: Level
    relations: frozenset[Relation]


class CitizenPermission(NamedTuple):
    """The least level at which the citizen must be visible, and the kinds of seats."""

    level: Level
    kinds: frozenset[SeatKind]


class Verdict(NamedTuple):
    """Allowed when `refusal` is None."""

    refusal: RefusalCode | None


R = Relation
OPENERS = frozenset({SeatKind.VOLUNTEER, SeatKind.MENTOR, SeatKind.OFFICER, SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR})
"""Kinds of seats that register citizens and open cases."""


def _permission(level: Level, *relations: Relation) -> Permission:
    return Permission(level, frozenset(relations))


CASE_PERMISSIONS: Mapping[CaseAction, Permission] = {
    CaseAction.ASSIGN: _permission(Level.STATUS, R.HOLDER, R.MENTOR_OF_AMPHOE, R.COORDINATOR_OF_PROVINCE),
    CaseAction.ANSWER_ASSIGNMENT: _permission(Level.STATUS, R.ASSIGNED),
    CaseAction.UPDATE_STATUS: _permission(Level.FULL, R.HOLDER),
    CaseAction.END: _permission(Level.STATUS, R.HOLDER, R.COORDINATOR_OF_PROVINCE),
    CaseAction.RECORD_OUTCOME: _permission(Level.FULL, R.HOLDER),
    CaseAction.CONFIRM_CLOSING: _permission(Level.WORK, R.VOLUNTEER_OF_CASE),
    CaseAction.DISPUTE_CLOSING: _permission(Level.WORK, R.VOLUNTEER_OF_CASE),
    CaseAction.APPROVE_CLOSING: _permission(Level.WORK, R.HEAD_OF_HOLDER, R.COORDINATOR_OF_PROVINCE),
    CaseAction.REOPEN: _permission(Level.STATUS, R.HOLDER, R.COORDINATOR_OF_PROVINCE),
    CaseAction.MERGE: _permission(Level.WORK, R.HOLDER, R.COORDINATOR_OF_PROVINCE),
    CaseAction.UNMERGE: _permission(Level.STATUS, R.HOLDER, R.COORDINATOR_OF_PROVINCE),
    CaseAction.REFER: _permission(Level.FULL, R.HOLDER),
    CaseAction.REFER_TOGETHER: _permission(Level.FULL, R.COORDINATOR_OF_PROVINCE),
    CaseAction.ADD_NOTE: _permission(Level.WORK, R.PARTICIPANT, R.MENTOR_OF_AMPHOE, R.COORDINATOR_OF_PROVINCE),
    CaseAction.ADD_ATTACHMENT: _permission(Level.WORK, R.PARTICIPANT),
    CaseAction.ADD_PARTY: _permission(Level.WORK, R.PARTICIPANT),
    CaseAction.KEEP_CLOCKS: _permission(Level.WORK, R.PARTICIPANT),
    CaseAction.FIELD_WORK: _permission(Level.WORK, R.PARTICIPANT),
    CaseAction.RENEW_TRACKING_CODE: _permission(Level.FULL, R.HOLDER, R.VOLUNTEER_OF_CASE),
    CaseAction.FOLLOW: _permission(Level.STATUS, R.WHOEVER_SEES_IT),
}

_OFFICE = _permission(Level.STATUS, R.OFFICE_ADDRESSED)
_SENDER = _permission(Level.STATUS, R.SENDER, R.COORDINATOR_OF_PROVINCE)

REFERRAL_PERMISSIONS: Mapping[ReferralAction, Permission] = {
    ReferralAction.RECEIVE: _OFFICE,
    ReferralAction.ACCEPT: _OFFICE,
    ReferralAction.REJECT: _OFFICE,
    ReferralAction.REQUEST_INFO: _OFFICE,
    ReferralAction.START: _OFFICE,
    ReferralAction.COMPLETE: _OFFICE,
    ReferralAction.RETURN: _OFFICE,
    ReferralAction.ANSWER_INFO: _SENDER,
    ReferralAction.RECALL: _SENDER,
    ReferralAction.DISPUTE: _SENDER,
    ReferralAction.RENEW_DISCLOSURE: _permission(Level.WORK, R.SENDER, R.COORDINATOR_OF_PROVINCE),
}

CITIZEN_PERMISSIONS: Mapping[CitizenAction, CitizenPermission] = {
    CitizenAction.UPDATE: CitizenPermission(Level.FULL, OPENERS),
    CitizenAction.OPEN_CASE: CitizenPermission(Level.FULL, OPENERS),
    CitizenAction.REVEAL_IDENTIFIER: CitizenPermission(Level.FULL, OPENERS),
    CitizenAction.READ_ACCESS_LOG: CitizenPermission(Level.FULL, frozenset({SeatKind.COORDINATOR})),
    CitizenAction.MERGE: CitizenPermission(Level.FULL, frozenset({SeatKind.COORDINATOR})),
    CitizenAction.UNMERGE: CitizenPermission(Level.FULL, frozenset({SeatKind.COORDINATOR})),
}

SEAT_PERMISSIONS: Mapping[SeatAction, frozenset[Relation]] = {
    SeatAction.CREATE: frozenset({R.ADMINISTRATOR, R.COORDINATOR_OF_POST}),
    SeatAction.APPOINT: frozenset({R.ADMINISTRATOR, R.COORDINATOR_OF_POST}),
    SeatAction.END_INCUMBENCY: frozenset({R.ADMINISTRATOR, R.COORDINATOR_OF_POST}),
    SeatAction.PLAN_ABSENCE: frozenset({R.OWN_POST, R.COORDINATOR_OF_POST}),
    SeatAction.READ_LOAD: frozenset({R.OWN_POST, R.MENTOR_OF_POST, R.COORDINATOR_OF_POST}),
    SeatAction.HAND_OVER: frozenset({R.ADMINISTRATOR, R.COORDINATOR_OF_POST}),
    SeatAction.CONFIRM_HANDOVER: frozenset({R.OWN_POST, R.MENTOR_OF_POST}),
    SeatAction.READ_HANDOVERS: frozenset({R.ADMINISTRATOR, R.OWN_POST, R.MENTOR_OF_POST, R.COORDINATOR_OF_POST}),
    SeatAction.READ_STATEMENTS: frozenset(
        {R.OWN_POST, R.MENTOR_OF_POST, R.COORDINATOR_OF_POST, R.LEADER_OF_POST, R.AUDITOR_OF_POST}
    ),
    SeatAction.DISPUTE_STATEMENT: frozenset({R.OWN_POST}),
    SeatAction.ANSWER_STATEMENT: frozenset({R.MENTOR_OF_POST, R.COORDINATOR_OF_POST, R.LEADER_OF_POST}),
}


def _judge(permission: Permission, case: CaseStanding, relations: frozenset[Relation]) -> Verdict:
    if permission.relations.isdisjoint(relations):
        return Verdict(RefusalCode.NOT_PERMITTED)
    if case.level >= permission.level:
        return Verdict(None)
    return Verdict(RefusalCode.DISCLOSURE_EXPIRED if case.expired else RefusalCode.NOT_PERMITTED)


def may(by: Actor, action: CaseAction, case: CaseStanding) -> Verdict:
    """May the actor do this to the case, whatever its state?"""
    relations = relations_to_case(by, case)
    if action is CaseAction.ANSWER_ASSIGNMENT and R.ASSIGNED not in relations:
        return Verdict(RefusalCode.ASSIGNMENT_MISSING)
    verdict = _judge(CASE_PERMISSIONS[action], case, relations)
    if action is CaseAction.APPROVE_CLOSING and verdict.refusal is None:
        return Verdict(RefusalCode.SECOND_PERSON_NEEDED if case.resolved_by_account_id == by.account_id else None)
    return verdict


def may_handle(by: Actor, action: ReferralAction, referral: ReferralStanding, case: CaseStanding) -> Verdict:
    """May the actor do this to the referral, whatever its state?"""
    relations = relations_to_referral(by, referral) | relations_to_case(by, case)
    return _judge(REFERRAL_PERMISSIONS[action], case, relations)


def may_with_post(by: Actor, action: SeatAction, seat: SeatStanding) -> Verdict:
    """May the actor make such a post, decide who fills it, or do this with it?"""
    allowed = not SEAT_PERMISSIONS[action].isdisjoint(relations_to_seat(by, seat))
    return Verdict(None if allowed else RefusalCode.NOT_PERMITTED)


def may_with_citizen(by: Actor, action: CitizenAction, level: int, *, erased: bool, merged: bool) -> Verdict:
    """May the actor do this with a citizen whom it sees at this level?

    With an erased one nothing is done any more; a merged one is changed where it goes on.
    """
    permission = CITIZEN_PERMISSIONS[action]
    if by.kind not in permission.kinds or level < permission.level:
        return Verdict(RefusalCode.NOT_PERMITTED)
    return Verdict(erasure.why_not(action, erased=erased) or joining.why_not(action, merged=merged))


def may_watch(by: Actor, *, province: str, agency: str | None) -> Verdict:
    """May the actor ask where cases of a province wait, at all offices (`agency` None) or at those of one agency?

    Officers ask about the offices of their own agency; what they are told then still begins with what they see.
    """
    allowed = {
        SeatKind.AUDITOR: True,
        SeatKind.COORDINATOR: province == by.province_code,
        SeatKind.OFFICE_HEAD: agency == by.agency_code,
        SeatKind.OFFICER: agency == by.agency_code,
    }
    return Verdict(None if allowed.get(by.kind) else RefusalCode.WAITING_NOT_SHOWN)


def may_see_reach(by: Actor, *, area: str, own_tambon: str | None) -> Verdict:
    """May the actor ask whom the service reaches in an area? Volunteers in their tambon, mentors in their amphoe."""
    allowed = {
        SeatKind.VOLUNTEER: area == own_tambon,
        SeatKind.MENTOR: by.amphoe_code is not None and area.startswith(by.amphoe_code),
        SeatKind.AUDITOR: True,
        **dict.fromkeys((SeatKind.OFFICER, SeatKind.OFFICE_HEAD, SeatKind.COORDINATOR), area[:2] == by.province_code),
    }
    return Verdict(None if allowed.get(by.kind) else RefusalCode.REACH_NOT_SHOWN)


def may_lead_webhooks(by: Actor, office_id: int | None) -> Verdict:
    """May the actor register and look after webhooks of this office?"""
    allowed = by.kind in LEADERS and office_id is not None and by.office_id == office_id
    return Verdict(None if allowed else RefusalCode.NOT_PERMITTED)


def may_export(by: Actor) -> Verdict:
    """May the actor have the cases that it sees written into a file? Whoever is listed any: not administrators."""
    return Verdict(RefusalCode.NOT_PERMITTED if by.kind is SeatKind.ADMIN else None)


def why_not_now(action: CaseAction, case: CaseStanding) -> RefusalCode | None:
    """What in the state of the case stands against the action?"""
    return (
        states.why_not_now(action, case.state)
        or closing.why_not(action, sensitive=case.sensitive)
        or erasure.why_not(action, erased=case.erased_at is not None)
    )


def is_over(action: CaseAction, case: CaseStanding) -> bool:
    """Has the case ended, and the action does not lead out of that?"""
    return case.state in states.ENDED and case.state not in states.CASE_STATES[action]


def can_now(by: Actor, action: CaseAction, case: CaseStanding) -> Verdict:
    """May the actor do this to the case as it stands?"""
    if is_over(action, case):
        return Verdict(RefusalCode.CASE_ENDED)
    verdict = may(by, action, case)
    return verdict if verdict.refusal is not None else Verdict(why_not_now(action, case))


def can_handle_now(
    by: Actor, action: ReferralAction, referral: ReferralStanding, case: CaseStanding, *, now: datetime
) -> Verdict:
    """May the actor do this to the referral as it and its case stand?"""
    verdict = may_handle(by, action, referral, case)
    if verdict.refusal is not None:
        return verdict
    if case.state in states.ENDED:
        return Verdict(RefusalCode.CASE_ENDED)
    if not states.can_step(action, referral.state, referral.kind):
        return Verdict(RefusalCode.REFERRAL_STEP_ILLEGAL)
    if action is ReferralAction.DISPUTE:
        return Verdict(states.why_not_disputed(case.state))
    return Verdict(
        why_not_shown(action, referral.state, referral.kind, expires_at=referral.disclosure_expires_at, now=now)
    )


def check(verdict: Verdict) -> None:
    """Refuse what is not allowed."""
    if verdict.refusal is not None:
        raise Refusal(verdict.refusal)


def check_may_open(by: Actor) -> None:
    """Refuse seats that register no citizens and open no cases."""
    if by.kind not in OPENERS:
        raise Refusal(RefusalCode.NOT_PERMITTED)
