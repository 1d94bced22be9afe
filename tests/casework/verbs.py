"""Every verb on a case and on a referral, with an input in which nothing is wrong, to be tried and taken back."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.add_note import add_note
from casework.actions.add_party import Party, add_party
from casework.actions.answer_referral_info import answer_referral_info
from casework.actions.approve_closing import approve_closing
from casework.actions.assign_case import assign_case
from casework.actions.complete_referral import complete_referral
from casework.actions.confirm_closing import confirm_closing
from casework.actions.dispute_closing import dispute_closing
from casework.actions.dispute_referral import dispute_referral
from casework.actions.follow_case import follow_case
from casework.actions.merge_cases import merge_cases
from casework.actions.recall_referral import recall_referral
from casework.actions.receive_referral import receive_referral
from casework.actions.record_key_date import record_key_date
from casework.actions.record_outcome import record_outcome
from casework.actions.record_visit import Told, record_unplanned_visit
from casework.actions.refer_case import Sending, refer_case, send_referral
from casework.actions.reject_referral import reject_referral
from casework.actions.renew_disclosure import renew_disclosure
from casework.actions.renew_tracking_code import renew_tracking_code
from casework.actions.reopen_case import reopen_case
from casework.actions.request_referral_info import request_referral_info
from casework.actions.request_upload import AttachmentLimits, request_upload
from casework.actions.return_referral import return_referral
from casework.actions.start_referral import start_referral
from casework.actions.unmerge_cases import unmerge_cases
from casework.actions.update_case_status import update_case_status
from casework.desk import take_case_for
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result
from casework.rules.calendar import bangkok_day
from casework.rules.states import CASE_STEPS, ENDED_EARLY, WAITING
from casework.work import Work
from models.action_words import CaseAction, ReferralAction
from models.clock_words import KeyEvent
from models.field_words import VisitOutcome
from models.vocabulary import Audience, CaseState, LegalBasis, Outcome, PartyKind, ReasonCategory, ReferralKind
from tests.files import PHOTO
from tests.world import World

A, RA = CaseAction, ReferralAction
Verb = Callable[..., Awaitable[int]]
Call = tuple[Verb, dict[str, Any]]
REASON = "มีเหตุผล"
BECAUSE = {"reason": REASON, "category": ReasonCategory.NOT_COMPETENT}

ON_CASE: dict[CaseAction, Call] = {
    A.ANSWER_ASSIGNMENT: (accept_assignment, {}),
    A.CONFIRM_CLOSING: (confirm_closing, {"note": REASON}),
    A.DISPUTE_CLOSING: (dispute_closing, {"reason": REASON}),
    A.APPROVE_CLOSING: (approve_closing, {}),
    A.REOPEN: (reopen_case, {"reason": REASON}),
    A.UNMERGE: (unmerge_cases, {}),
    A.END: (update_case_status, {"state": CaseState.WITHDRAWN, "reason": REASON}),
    A.ADD_NOTE: (add_note, {"audience": Audience.CASE, "text": REASON}),
    A.ADD_ATTACHMENT: (request_upload, {"file": PHOTO.announced(), "limits": AttachmentLimits()}),
    A.ADD_PARTY: (add_party, {"party": Party(PartyKind.EMPLOYER, "หจก.โขงทรัพย์")}),
    A.KEEP_CLOCKS: (record_key_date, {"event": KeyEvent.COMPLAINT_FILED, "day": date(2026, 11, 2)}),
    A.FIELD_WORK: (record_unplanned_visit, {"told": Told(VisitOutcome.DONE)}),
    A.RENEW_TRACKING_CODE: (renew_tracking_code, {}),
    A.FOLLOW: (follow_case, {}),
}
"""Those whose input is the same for every case."""
WITHOUT_VERSION = {A.ADD_NOTE, A.ADD_ATTACHMENT, A.ADD_PARTY, A.KEEP_CLOCKS, A.FIELD_WORK, A.FOLLOW}

ON_REFERRAL: dict[ReferralAction, Call] = {
    RA.RECEIVE: (receive_referral, {}),
    RA.ACCEPT: (accept_referral, {}),
    RA.REJECT: (reject_referral, BECAUSE),
    RA.REQUEST_INFO: (request_referral_info, {"question": REASON}),
    RA.START: (start_referral, {}),
    RA.COMPLETE: (complete_referral, {"report": REASON}),
    RA.RETURN: (return_referral, BECAUSE),
    RA.ANSWER_INFO: (answer_referral_info, {"answer": REASON}),
    RA.RECALL: (recall_referral, BECAUSE),
    RA.DISPUTE: (dispute_referral, {"reason": REASON}),
}


async def on_case(
    world: World,
    action: CaseAction,
    case_id: int,
    *,
    into: int | None = None,
    seat: str = "volunteer 430101",
    state: CaseState | None = None,
    problem: str = "UNPAID_WAGES",
    office: str = "DOE-43",
    kind: ReferralKind = ReferralKind.REFER,
) -> Call:
    """Give the verb and all that it takes; what is not named is chosen so that only the tables can say no."""
    (case,) = await world.rows('SELECT state, version FROM "case" WHERE id = :id', id=case_id)
    given: dict[str, Any] = {"case_id": case_id, "expected_version": case.version}
    if action is A.MERGE:
        versions = {"expected_version": case.version, "expected_into_version": await world.version(into or 0)}
        return merge_cases, {"source_id": case_id, "target_id": into, **versions}
    if action is A.ASSIGN:
        return assign_case, {**given, "seat_id": (await world.actor(seat)).seat_id}
    if action is A.UPDATE_STATUS:
        return update_case_status, {**given, **_step(world, state or _next_state(CaseState(case.state)))}
    if action is A.RECORD_OUTCOME:
        return record_outcome, {**given, "problem_type_code": problem, "result": Result(Outcome.ADVISED)}
    if action in {A.REFER, A.REFER_TOGETHER}:
        kind = kind if action is A.REFER else ReferralKind.REFER
        sending = Sending(world.office(office), problem, kind, REASON, ReasonCategory.COMPETENCE, LegalBasis.CONSENT)
        given["sending"] = sending
        return (refer_case, given) if action is A.REFER else (_refer_together, given)
    if action in WITHOUT_VERSION:
        del given["expected_version"]
    verb, more = ON_CASE[action]
    return verb, {**given, **more}


async def _refer_together(work: Work, *, case_id: int, expected_version: int, sending: Sending) -> int:
    """What `refer_incident` does to each of its cases."""
    desk = await take_case_for(work, case_id, A.REFER_TOGETHER, expected_version=expected_version)
    return await send_referral(work, desk, sending)


async def on_referral(world: World, action: ReferralAction, referral_id: int) -> Call:
    version = await world.value("SELECT version FROM referral WHERE id = :id", id=referral_id)
    if action is RA.RENEW_DISCLOSURE:
        given = {"referral_id": referral_id, "expected_version": version, "expires_at": world.now + timedelta(days=30)}
        return renew_disclosure, given
    verb, more = ON_REFERRAL[action]
    return verb, {"referral_id": referral_id, "expected_version": version, **more}


def _next_state(before: CaseState) -> CaseState:
    """A step along the work that needs nothing but perhaps a review date; SCREENING where there is none."""
    steps = sorted(CASE_STEPS[before] - ENDED_EARLY - {CaseState.RESOLVED})
    return steps[0] if steps else CaseState.SCREENING


def _step(world: World, state: CaseState) -> dict[str, Any]:
    review = bangkok_day(world.now) + timedelta(days=3) if state in WAITING else None
    return {"state": state, "review_on": review, "reason": REASON if state in ENDED_EARLY else None}


async def attempt(world: World, by: str, call: Call) -> RefusalCode | None:
    """Give what the verb answers, None for a success; nothing of it stays."""
    verb, given = call
    async with world.trial(by) as work:
        try:
            await verb(work, **given)
        except Refusal as refusal:
            return refusal.code
    return None
