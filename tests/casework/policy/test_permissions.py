"""The table "Who may do what" of domain.md: each action, each relation, each level."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from casework.errors import RefusalCode
from casework.policy.actors import Actor
from casework.policy.permissions import (
    can_handle_now,
    can_now,
    check,
    check_may_open,
    may,
    may_handle,
    may_with_citizen,
)
from models.action_words import CaseAction, CitizenAction, ReferralAction
from models.vocabulary import CaseState, Level, ReferralKind, ReferralState, SeatKind
from tests.casework.policy.actors import COORDINATOR, HEAD, MENTOR, OFFICER, VOLUNTEER
from tests.casework.refusals import refused

A, RA, C, R, K = CaseAction, ReferralAction, CaseState, ReferralState, SeatKind
AT = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
STATUS, WORK, FULL = Level.STATUS, Level.WORK, Level.FULL
NOT_PERMITTED = RefusalCode.NOT_PERMITTED


@dataclass(frozen=True)
class Standing:
    """A case of amphoe 4301, as somebody without any relation sees it."""

    state: CaseState = C.IN_PROGRESS
    level: int = FULL
    active: bool = False
    expired: bool = False
    sensitive: bool = False
    amphoe_code: str = "4301"
    province_code: str = "43"
    holder_seat_id: int | None = 900
    holder_office_id: int | None = None
    volunteer_seat_id: int | None = None
    assigned_seat_id: int | None = None
    resolved_by_account_id: int | None = None
    erased_at: datetime | None = None


@dataclass(frozen=True)
class Sending:
    kind: ReferralKind = ReferralKind.REFER
    state: ReferralState = ReferralState.SENT
    from_seat_id: int | None = 900
    from_office_id: int | None = None
    to_office_id: int = 800
    disclosure_expires_at: datetime = AT + timedelta(days=1)


CASE = Standing()
RELATIONS = {
    "none": (VOLUNTEER, CASE),
    "holder, a seat": (VOLUNTEER, replace(CASE, holder_seat_id=10)),
    "holder, an office": (OFFICER, replace(CASE, holder_seat_id=None, holder_office_id=80)),
    "head of the office that holds": (HEAD, replace(CASE, holder_seat_id=None, holder_office_id=80)),
    "head of another office": (HEAD, CASE),
    "its volunteer": (VOLUNTEER, replace(CASE, volunteer_seat_id=10)),
    "participant": (VOLUNTEER, replace(CASE, active=True)),
    "asked": (VOLUNTEER, replace(CASE, assigned_seat_id=10)),
    "mentor of the amphoe": (MENTOR, CASE),
    "mentor of another": (replace(MENTOR, amphoe_code="4302"), CASE),
    "volunteer of the amphoe": (VOLUNTEER, CASE),
    "coordinator of the province": (COORDINATOR, CASE),
    "coordinator of another": (replace(COORDINATOR, province_code="10"), CASE),
    "officer of the province": (OFFICER, CASE),
    "national": (Actor(1, 14, K.AUDITOR, "OPS"), CASE),
}
HOLDERS = {"holder, a seat", "holder, an office", "head of the office that holds"}
OVERSIGHT = HOLDERS | {"coordinator of the province"}
ALLOWED = {
    A.ASSIGN: (STATUS, OVERSIGHT | {"mentor of the amphoe"}),
    A.ANSWER_ASSIGNMENT: (STATUS, {"asked"}),
    A.UPDATE_STATUS: (FULL, HOLDERS),
    A.END: (STATUS, OVERSIGHT),
    A.RECORD_OUTCOME: (FULL, HOLDERS),
    A.CONFIRM_CLOSING: (WORK, {"its volunteer"}),
    A.DISPUTE_CLOSING: (WORK, {"its volunteer"}),
    A.APPROVE_CLOSING: (WORK, {"head of the office that holds", "coordinator of the province"}),
    A.REOPEN: (STATUS, OVERSIGHT),
    A.MERGE: (WORK, OVERSIGHT),
    A.UNMERGE: (STATUS, OVERSIGHT),
    A.REFER: (FULL, HOLDERS),
    A.REFER_TOGETHER: (FULL, {"coordinator of the province"}),
    A.ADD_ATTACHMENT: (WORK, {"participant"}),
    A.ADD_NOTE: (WORK, {"participant", "mentor of the amphoe", "coordinator of the province"}),
    A.ADD_PARTY: (WORK, {"participant"}),
    A.KEEP_CLOCKS: (WORK, {"participant"}),
    A.FIELD_WORK: (WORK, {"participant"}),
    A.RENEW_TRACKING_CODE: (FULL, HOLDERS | {"its volunteer"}),
    A.FOLLOW: (STATUS, set(RELATIONS)),
}
"""The least level, and which relations suffice. A holder's participation makes it a participant."""


@pytest.mark.parametrize(("action", "relation", "level"), list(product(A, RELATIONS, Level)))
def test_an_action_on_a_case_needs_one_of_its_relations_at_its_level(
    action: CaseAction, relation: str, level: Level
) -> None:
    by, case = RELATIONS[relation]
    least, relations = ALLOWED[action]
    no = RefusalCode.ASSIGNMENT_MISSING if action is A.ANSWER_ASSIGNMENT else NOT_PERMITTED
    allowed = relation in relations and level >= least
    assert may(by, action, replace(case, level=level)).refusal is (None if allowed else no)


def test_an_office_whose_packet_has_ended_is_told_to_have_it_renewed() -> None:
    takes_part = replace(CASE, active=True, expired=True)
    for level in (STATUS, Level.ANONYMOUS):
        answer = may(OFFICER, A.ADD_NOTE, replace(takes_part, level=level)).refusal
        assert answer is RefusalCode.DISCLOSURE_EXPIRED
        assert may(OFFICER, A.REFER, replace(takes_part, level=level)).refusal is NOT_PERMITTED
    assert may(OFFICER, A.ADD_NOTE, replace(takes_part, level=WORK)).refusal is None


def test_an_office_that_nobody_names_is_no_holder() -> None:
    """A volunteer has no office, and a case held by a seat names none: that must not be taken as equal."""
    assert may(VOLUNTEER, A.REFER, replace(CASE, holder_seat_id=None, holder_office_id=None)).refusal is NOT_PERMITTED
    assert may_handle(VOLUNTEER, RA.RECALL, replace(Sending(), from_seat_id=None), CASE).refusal is NOT_PERMITTED


SENDING = Sending()
REFERRAL_RELATIONS = {
    "none": (VOLUNTEER, SENDING),
    "office addressed": (OFFICER, replace(SENDING, to_office_id=80)),
    "coordinator's own office addressed": (COORDINATOR, replace(SENDING, to_office_id=81)),
    "sending seat": (VOLUNTEER, replace(SENDING, from_seat_id=10)),
    "sending office": (OFFICER, replace(SENDING, from_seat_id=None, from_office_id=80)),
    "mentor of the amphoe": (MENTOR, SENDING),
    "coordinator of the province": (COORDINATOR, SENDING),
    "coordinator of another": (replace(COORDINATOR, province_code="10"), SENDING),
    "another office": (OFFICER, SENDING),
}
ADDRESSED = {"office addressed", "coordinator's own office addressed"}
BY_THE_SENDER = {RA.RECALL, RA.ANSWER_INFO, RA.DISPUTE, RA.RENEW_DISCLOSURE}
SENDERS = {
    "sending seat",
    "sending office",
    "coordinator of the province",
    "coordinator's own office addressed",  # by the province
}


@pytest.mark.parametrize(("action", "relation", "level"), list(product(RA, REFERRAL_RELATIONS, Level)))
def test_a_referral_is_handled_by_the_office_addressed_and_taken_back_by_the_side_that_sent(
    action: ReferralAction, relation: str, level: Level
) -> None:
    by, referral = REFERRAL_RELATIONS[relation]
    allowed = relation in (SENDERS if action in BY_THE_SENDER else ADDRESSED)
    if action is RA.RENEW_DISCLOSURE:
        allowed = allowed and level >= WORK
    verdict = may_handle(by, action, referral, replace(CASE, level=level))
    assert verdict.refusal is (None if allowed else NOT_PERMITTED)


def test_a_closing_is_approved_by_somebody_else_than_the_one_who_resolved() -> None:
    case = replace(CASE, sensitive=True, state=C.RESOLVED, resolved_by_account_id=1)
    assert may(COORDINATOR, A.APPROVE_CLOSING, case).refusal is RefusalCode.SECOND_PERSON_NEEDED
    assert may(VOLUNTEER, A.APPROVE_CLOSING, case).refusal is NOT_PERMITTED
    assert may(COORDINATOR, A.APPROVE_CLOSING, replace(case, resolved_by_account_id=2)).refusal is None


OPEN = {C.NEW, C.SCREENING, C.IN_PROGRESS, C.WAITING_CITIZEN, C.WAITING_AGENCY}
NOW = {
    A.ASSIGN: OPEN | {C.RESOLVED},
    A.ANSWER_ASSIGNMENT: OPEN | {C.RESOLVED},
    A.UPDATE_STATUS: OPEN,
    A.END: OPEN,
    A.RECORD_OUTCOME: OPEN - {C.NEW},
    A.CONFIRM_CLOSING: {C.RESOLVED},
    A.DISPUTE_CLOSING: {C.RESOLVED},
    A.APPROVE_CLOSING: {C.RESOLVED},
    A.REOPEN: {C.RESOLVED, C.CLOSED},
    A.MERGE: OPEN,
    A.UNMERGE: {C.MERGED},
    A.REFER: OPEN - {C.NEW},
    A.REFER_TOGETHER: OPEN - {C.NEW},
    A.ADD_NOTE: OPEN | {C.RESOLVED},
    A.ADD_ATTACHMENT: OPEN | {C.RESOLVED},
    A.ADD_PARTY: OPEN | {C.RESOLVED},
    A.KEEP_CLOCKS: OPEN | {C.RESOLVED},
    A.FIELD_WORK: OPEN | {C.RESOLVED},
    A.RENEW_TRACKING_CODE: set(C),
    A.FOLLOW: set(C),
}


@pytest.mark.parametrize(("action", "state"), list(product(A, C)))
def test_what_can_be_done_now_depends_on_the_state_too(action: CaseAction, state: CaseState) -> None:
    sensitive = action is A.APPROVE_CLOSING
    by = replace(HEAD, account_id=2) if sensitive else VOLUNTEER
    by = COORDINATOR if action is A.REFER_TOGETHER else by
    mine = {"holder_seat_id": None, "holder_office_id": 80} if sensitive else {"holder_seat_id": 10}
    case = replace(
        CASE, state=state, active=True, assigned_seat_id=10, volunteer_seat_id=10, sensitive=sensitive, **mine
    )
    expected = None if state in NOW[action] else RefusalCode.NOT_IN_THIS_STATE
    if expected is not None and state in {C.CLOSED, C.WITHDRAWN, C.MERGED, C.OUT_OF_SCOPE}:
        expected = RefusalCode.CASE_ENDED
    elif action in {A.REFER, A.REFER_TOGETHER} and state is C.NEW:
        expected = RefusalCode.CASE_NOT_SCREENED
    assert can_now(by, action, case).refusal is expected


@pytest.mark.parametrize(
    ("action", "sensitive", "refusal"),
    [
        (A.CONFIRM_CLOSING, True, RefusalCode.CLOSING_NEEDS_APPROVAL),
        (A.CONFIRM_CLOSING, False, None),
        (A.APPROVE_CLOSING, False, RefusalCode.APPROVAL_NOT_NEEDED),
        (A.APPROVE_CLOSING, True, None),
    ],
)
def test_sensitive_cases_are_closed_by_approval_and_all_others_without(
    action: CaseAction, *, sensitive: bool, refusal: RefusalCode | None
) -> None:
    by = replace(COORDINATOR, seat_id=10)
    case = replace(CASE, state=C.RESOLVED, sensitive=sensitive, volunteer_seat_id=10)
    assert can_now(by, action, case).refusal is refusal


STEPS = {
    RA.RECEIVE: {R.SENT},
    RA.ACCEPT: {R.RECEIVED},
    RA.REJECT: {R.SENT, R.RECEIVED},
    RA.REQUEST_INFO: {R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS},
    RA.START: {R.ACCEPTED, R.DISPUTED},
    RA.COMPLETE: {R.IN_PROGRESS},
    RA.RETURN: {R.ACCEPTED, R.IN_PROGRESS},
    RA.ANSWER_INFO: {R.NEEDS_INFO},
    RA.RECALL: {R.SENT, R.RECEIVED},
    RA.DISPUTE: {R.COMPLETED},
    RA.RENEW_DISCLOSURE: {R.SENT, R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED},
}


@pytest.mark.parametrize(("action", "state"), list(product(RA, R)))
def test_what_can_be_done_to_a_referral_now_depends_on_its_state_and_its_cases(
    action: ReferralAction, state: ReferralState
) -> None:
    referral = Sending(state=state, from_seat_id=None, from_office_id=80, to_office_id=80)
    expected = None if state in STEPS[action] else RefusalCode.REFERRAL_STEP_ILLEGAL
    assert can_handle_now(OFFICER, action, referral, CASE, now=AT).refusal is expected
    assert can_handle_now(VOLUNTEER, action, referral, CASE, now=AT).refusal is NOT_PERMITTED
    ended = replace(CASE, state=C.WITHDRAWN)
    assert can_handle_now(OFFICER, action, referral, ended, now=AT).refusal is RefusalCode.CASE_ENDED
    assert can_handle_now(VOLUNTEER, action, referral, ended, now=AT).refusal is NOT_PERMITTED


@pytest.mark.parametrize(("action", "state"), list(product(RA, R)))
def test_without_a_packet_an_office_asks_or_gives_back_but_does_not_work(
    action: ReferralAction, state: ReferralState
) -> None:
    over = Sending(state=state, from_seat_id=None, from_office_id=80, to_office_id=80, disclosure_expires_at=AT)
    possible = state in STEPS[action]
    works = action in {RA.ACCEPT, RA.START, RA.COMPLETE}
    expired = RefusalCode.DISCLOSURE_EXPIRED if works else None
    expected = expired if possible else RefusalCode.REFERRAL_STEP_ILLEGAL
    assert can_handle_now(OFFICER, action, over, CASE, now=AT).refusal is expected
    a_moment_before = AT - timedelta(microseconds=1)
    assert can_handle_now(OFFICER, action, over, CASE, now=a_moment_before).refusal is (
        None if possible else RefusalCode.REFERRAL_STEP_ILLEGAL
    )


def test_a_report_is_not_disputed_once_the_citizen_was_told() -> None:
    referral = Sending(state=R.COMPLETED, from_seat_id=10)
    told = replace(CASE, state=C.RESOLVED)
    assert can_handle_now(VOLUNTEER, RA.DISPUTE, referral, told, now=AT).refusal is RefusalCode.CASE_RESOLVED


@pytest.mark.parametrize(("kind", "level", "action"), list(product(K, Level, CitizenAction)))
def test_those_who_open_cases_change_a_citizens_record_and_coordinators_do_the_rest_if_they_see_all_of_it(
    kind: SeatKind, level: Level, action: CitizenAction
) -> None:
    by_coordinators_only = action in {CitizenAction.READ_ACCESS_LOG, CitizenAction.MERGE, CitizenAction.UNMERGE}
    posts = {K.COORDINATOR} if by_coordinators_only else set(K) - {K.AUDITOR, K.ADMIN}
    allowed = kind in posts and level is FULL
    by = replace(VOLUNTEER, kind=kind)
    alone = RefusalCode.CITIZEN_NOT_MERGED if action is CitizenAction.UNMERGE else None
    over = None if action is CitizenAction.READ_ACCESS_LOG else RefusalCode.CITIZEN_ERASED
    elsewhere = None if action in {CitizenAction.READ_ACCESS_LOG, CitizenAction.UNMERGE} else RefusalCode.CITIZEN_MERGED
    for erased, merged, refused_by_state in ((False, False, alone), (True, False, over), (False, True, elsewhere)):
        verdict = may_with_citizen(by, action, level, erased=erased, merged=merged)
        assert verdict.refusal is (refused_by_state if allowed else NOT_PERMITTED)


@pytest.mark.parametrize(
    ("action", "state"), [(A.REOPEN, C.CLOSED), (A.UNMERGE, C.MERGED), (A.RENEW_TRACKING_CODE, C.WITHDRAWN)]
)
def test_what_leads_out_of_an_end_is_over_once_the_citizen_is_erased(action: CaseAction, state: CaseState) -> None:
    case = replace(CASE, state=state, holder_seat_id=10, erased_at=datetime(2026, 11, 16, tzinfo=UTC))
    assert can_now(VOLUNTEER, action, case).refusal is RefusalCode.CITIZEN_ERASED
    assert can_now(VOLUNTEER, A.FOLLOW, case).refusal is None
    assert can_now(MENTOR, action, case).refusal is NOT_PERMITTED


@pytest.mark.parametrize("action", A)
def test_a_stranger_can_do_nothing_now(action: CaseAction) -> None:
    if action is A.FOLLOW:
        return  # whoever sees it
    expected = RefusalCode.ASSIGNMENT_MISSING if action is A.ANSWER_ASSIGNMENT else NOT_PERMITTED
    case = replace(CASE, state=C.MERGED if action is A.UNMERGE else C.IN_PROGRESS)
    assert can_now(VOLUNTEER, action, case).refusal is expected
    with refused(expected):
        check(can_now(VOLUNTEER, action, case))


def test_a_verdict_without_refusal_passes() -> None:
    check(may(MENTOR, A.ASSIGN, CASE))


@pytest.mark.parametrize("kind", K)
def test_all_but_auditors_and_admins_open_cases_and_register_citizens(kind: SeatKind) -> None:
    by = replace(VOLUNTEER, kind=kind)
    if kind in {K.AUDITOR, K.ADMIN}:
        with refused(NOT_PERMITTED):
            check_may_open(by)
    else:
        check_may_open(by)
