"""Dispute what an office reported: it reads the case again and takes the matter up anew."""

from typing import Any

from sqlalchemy import exists, select
from sqlmodel import col

from casework import journal
from casework.actions.add_note import write_note
from casework.clocks import clocks_told, refresh_clocks
from casework.desk import CaseOnDesk, take_referral_for, touch
from casework.disclosures import show_case_to_office
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.rules.deadlines import ReferralTimes, result_time
from casework.rules.disclosures import expiry_by_rule
from casework.rules.states import REFERRAL_OPEN, next_referral_state, why_not_disputed
from casework.tasks import refresh_tasks
from casework.work import Work
from models import Referral
from models.action_words import ReferralAction
from models.vocabulary import Audience, EventKind


async def dispute_referral(work: Work, *, referral_id: int, expected_version: int, reason: str) -> int:
    """COMPLETED → DISPUTED, with a new time for the result and a packet that lasts as long; the reason is a note.

    Gives the referral's id.
    """
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.DISPUTE, expected_version=expected_version
    )
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    state = next_referral_state(referral.state, ReferralAction.DISPUTE, referral.kind)
    await _check_possible(work, referral, desk)
    referral.state, referral.ended_at = state, None
    standards = work.reference.standards
    about: Any = {"kind": referral.kind, "priority": desk.case.priority, "holidays": work.reference.holidays}
    referral.result_by = result_time(standards, **about, since=work.now)
    times = ReferralTimes(None, referral.result_by)
    by_rule = expiry_by_rule(standards, **about, times=times, sent_at=work.now)
    referral.disclosure_expires_at = max(referral.disclosure_expires_at, by_rule)
    referral.version += 1
    await show_case_to_office(work, referral)
    note_id = await write_note(work, referral.case_id, audience=Audience.CASE, text=why)
    await refresh_clocks(work, desk.case)
    await refresh_tasks(work, desk.case)
    touch(work, desk.case, versioned=False)
    disputed: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "note": note_id,
        "disclosureExpiresAt": referral.disclosure_expires_at.isoformat(),
        **clocks_told(referral),
    }
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
