"""Dispute what an office reported: it reads the case again and takes the matter up anew."""

from sqlalchemy import exists, select
from sqlmodel import col

from casework import journal
from casework.actions.add_note import write_note
from casework.desk import CaseOnDesk, take_referral_for, touch
from casework.disclosures import show_case_to_office
from casework.due import refresh_due
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.rules.deadlines import result_time
from casework.rules.states import REFERRAL_OPEN, next_referral_state, why_not_disputed
from casework.work import Work
from models import Referral
from models.vocabulary import Audience, EventKind, ReferralAction


async def dispute_referral(work: Work, *, referral_id: int, expected_version: int, reason: str) -> int:
    """COMPLETED → DISPUTED, with a new time for the result; the reason is a note. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.DISPUTE, expected_version=expected_version
    )
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    state = next_referral_state(referral.state, ReferralAction.DISPUTE, referral.kind)
    await _check_possible(work, referral, desk)
    referral.state, referral.ended_at = state, None
    referral.result_by = result_time(
        work.reference.standards,
        kind=referral.kind,
        priority=desk.case.priority,
        since=work.now,
        holidays=work.reference.holidays,
    )
    referral.version += 1
    await show_case_to_office(work, referral)
    note_id = await write_note(work, referral.case_id, audience=Audience.CASE, text=why)
    await refresh_due(work, desk.case)
    touch(work, desk.case, versioned=False)
    disputed: journal.Payload = {"referral": referral_id, "office": referral.to_office_id, "note": note_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_DISPUTED, disputed)
    return referral_id


async def _check_possible(work: Work, referral: Referral, desk: CaseOnDesk) -> None:
    against = why_not_disputed(desk.state)
    if against is not None:
        raise Refusal(against)
    if desk.case.holder_office_id == referral.to_office_id:
        raise Refusal(RefusalCode.OFFICE_IS_HOLDER)
    another = exists().where(
        col(Referral.problem_id) == referral.problem_id,
        col(Referral.to_office_id) == referral.to_office_id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    if await work.session.scalar(select(another)):
        raise Refusal(RefusalCode.REFERRAL_ALREADY_OPEN)
