"""Move a case along its states: the work, the waiting, the result, or an early end."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from casework import journal
from casework.actions.add_note import write_note
from casework.clocks import refresh_clocks
from casework.desk import take_case_for, touch
from casework.ending import end_case
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.rules.calendar import coming_day
from casework.rules.states import (
    ENDED_EARLY,
    REFERRAL_OPEN,
    WAITING,
    check_case_step,
    check_resolvable,
)
from casework.tasks import refresh_tasks
from casework.work import Work
from models import CaseProblem, Referral
from models.action_words import CaseAction
from models.vocabulary import Audience, CaseState, EventKind

LONGEST_WAIT = timedelta(days=366)


async def update_case_status(
    work: Work,
    *,
    case_id: int,
    state: CaseState,
    expected_version: int,
    review_on: date | None = None,
    reason: str | None = None,
) -> int:
    """Make one step of the state machine; give the case's id.

    A waiting state needs a review date; WITHDRAWN and OUT_OF_SCOPE need a reason and end what is still open.
    """
    action = CaseAction.END if state in ENDED_EARLY else CaseAction.UPDATE_STATUS
    desk = await take_case_for(work, case_id, action, expected_version=expected_version)
    before = desk.state
    check_case_step(before, state)
    review = _review(work, state, review_on)
    why = _reason(state, reason)
    if state is CaseState.RESOLVED:
        await _check_resolvable(work, case_id)
        desk.case.resolved_at, desk.case.resolved_by_account_id = work.now, work.by.account_id
    desk.case.state, desk.case.review_on = state, review
    changed: journal.Payload = {"from": before.value, "to": state.value}
    if review is not None:
        changed["reviewOn"] = review.isoformat()
    if why is not None:
        changed["note"] = await write_note(work, case_id, audience=Audience.CASE, text=why)
    touch(work, desk.case, versioned=True)
    if state in ENDED_EARLY:
        await end_case(work, desk.case)
    else:
        await refresh_clocks(work, desk.case)
        await refresh_tasks(work, desk.case)
    await journal.append(work, desk.case, EventKind.CASE_STATUS_CHANGED, changed)
    return case_id


def _review(work: Work, state: CaseState, review_on: date | None) -> date | None:
    if state in WAITING:
        if review_on is None:
            raise Refusal(RefusalCode.REVIEW_DATE_MISSING, "input", "reviewOn")
        return coming_day(review_on, "input", "reviewOn", now=work.now, within=LONGEST_WAIT)
    if review_on is not None:
        raise Refusal(RefusalCode.REVIEW_DATE_UNWANTED, "input", "reviewOn")
    return None


def _reason(state: CaseState, reason: str | None) -> str | None:
    if state in ENDED_EARLY:
        if reason is None:
            raise Refusal(RefusalCode.REASON_MISSING, "input", "reason")
        return texts.clean(reason, "input", "reason", limit=texts.LONG)
    if reason is not None:
        raise Refusal(RefusalCode.REASON_UNWANTED, "input", "reason")
    return None


async def _check_resolvable(work: Work, case_id: int) -> None:
    missing = select(col(CaseProblem.problem_type_code)).where(
        col(CaseProblem.case_id) == case_id,
        col(CaseProblem.outcome).is_(None),
    )
    open_ones = select(func.count()).where(
        col(Referral.case_id) == case_id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    check_resolvable(sorted(await work.session.scalars(missing)), (await work.session.execute(open_ones)).scalar_one())
