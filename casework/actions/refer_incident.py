"""Refer the cases of an incident together to one office: all of them, or none."""

from collections.abc import AsyncIterator, Sequence
from itertools import count

from sqlalchemy import exists, select
from sqlmodel import col

from casework import journal
from casework.actions.refer_case import Sending, send_referral
from casework.desk import CaseOnDesk, take_case
from casework.errors import Refusal, RefusalCode
from casework.incidents import cases_of_incident, take_incident
from casework.policy.permissions import can_now
from casework.rules.states import REFERRAL_OPEN
from casework.work import Work
from models import CaseProblem, Referral
from models.action_words import CaseAction
from models.incident_words import IncidentState
from models.vocabulary import Audience, EventKind

MOST_CASES = 100
"""One transaction holds all of them locked."""
OF_A_CASE = frozenset(
    {
        RefusalCode.PROBLEM_NOT_OF_CASE,
        RefusalCode.OFFICE_IS_HOLDER,
        RefusalCode.OFFICE_OUTSIDE_COVERAGE,
        RefusalCode.REFERRAL_ALREADY_OPEN,
        RefusalCode.CITIZEN_ERASED,
    }
)
"""Refusals that are about one of the cases: the path of the answer names it by its reference."""


async def refer_incident(
    work: Work, *, incident_id: int, expected_version: int, sending: Sending, case_ids: Sequence[int] | None = None
) -> int:
    """Send a referral of each case and give the incident's id.

    Those named in `case_ids`; without it those of which the actor may refer this problem, and that the office does not
    have already. What then stands against one of them stands against all.
    """
    known = await cases_of_incident(work, incident_id)
    if case_ids is not None:
        for at, case_id in zip(count(), case_ids, strict=False):
            if case_id not in known:
                raise Refusal(RefusalCode.NOT_FOUND, "input", "cases", str(at))
    wanted = sorted(set(known if case_ids is None else case_ids))
    if len(wanted) > MOST_CASES:
        raise Refusal(RefusalCode.TOO_MANY, "input", "cases", limit=MOST_CASES)
    desks = [desk async for desk in _taken(work, wanted, sending, named=case_ids is not None)]
    incident = await take_incident(work, incident_id, expected_version=expected_version)
    if not desks:
        raise Refusal(RefusalCode.INCIDENT_EXHAUSTED)
    for desk in desks:
        referral_id = await _send(work, desk, sending)
        referred: journal.Payload = {"incident": incident_id, "referral": referral_id}
        await journal.append(work, desk.case, EventKind.INCIDENT_REFERRED, referred, audience=Audience.OWN_AGENCY)
    incident.state, incident.dismissal = IncidentState.REFERRED, None
    incident.decided_at, incident.dismissed_at = work.now, None
    incident.version += 1
    await work.session.flush()
    return incident_id


async def _taken(work: Work, case_ids: Sequence[int], sending: Sending, *, named: bool) -> AsyncIterator[CaseOnDesk]:
    """Lock the cases in the order of their ids, and give those to refer."""
    for case_id in case_ids:
        desk = await take_case(work, case_id)
        refused = can_now(work.by, CaseAction.REFER_TOGETHER, desk).refusal
        if named and refused is not None:
            raise Refusal(refused, *_path_to(desk), before=desk.state.value)
        if named or (refused is None and await _is_to_be_sent(work, desk, sending)):
            yield desk


async def _is_to_be_sent(work: Work, desk: CaseOnDesk, sending: Sending) -> bool:
    """Does the case have the problem, and the office does not have the case yet?"""
    there = exists().where(
        col(Referral.problem_id) == col(CaseProblem.id),
        col(Referral.to_office_id) == sending.office_id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    has_it = exists().where(
        col(CaseProblem.case_id) == desk.case.id,
        col(CaseProblem.problem_type_code) == sending.problem_type_code,
        ~there,
    )
    return desk.holder_office_id != sending.office_id and bool(await work.session.scalar(select(has_it)))


async def _send(work: Work, desk: CaseOnDesk, sending: Sending) -> int:
    try:
        return await send_referral(work, desk, sending)
    except Refusal as refused:
        if refused.code not in OF_A_CASE:
            raise
        raise Refusal(refused.code, *_path_to(desk), **refused.facts) from refused


def _path_to(desk: CaseOnDesk) -> tuple[str, str, str]:
    return "input", "cases", desk.case.reference
