"""End a referral by one of its verbs: its state, its reply, its time, the office's access, the case's clock."""

from sqlalchemy import func, select

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import CaseOnDesk, take_referral_for, touch
from casework.errors import Refusal, RefusalCode
from casework.participations import end_participations
from casework.rules import texts
from casework.rules.states import next_referral_state
from casework.work import Work
from models import Referral
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReasonCategory


async def end_referral(work: Work, referral: Referral, desk: CaseOnDesk, action: ReferralAction) -> None:
    """Leave the office level STATUS and the sender a status card for ever."""
    referral.state = next_referral_state(referral.state, action, referral.kind)
    referral.ended_at = work.now
    referral.version += 1
    await end_participations(work, referral.case_id, referral_id=referral.id)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=False)


async def write_reply(
    work: Work,
    referral: Referral,
    *,
    reason: str,
    category: ReasonCategory,
    suggested_office_id: int | None = None,
) -> None:
    """Keep why the referral was refused, given or taken back, and which office would be better."""
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    if suggested_office_id is not None and suggested_office_id not in work.reference.offices:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "suggestedOffice")
    await work.session.execute(select(func.answer_referral(referral.id, why, None)))
    referral.reply_category, referral.suggested_office_id = category, suggested_office_id


async def turn_down(
    work: Work,
    action: ReferralAction,
    kind: EventKind,
    *,
    referral_id: int,
    expected_version: int,
    reason: str,
    category: ReasonCategory,
    suggested_office_id: int | None,
) -> int:
    """Let the office refuse or give back, with a reason and perhaps a better office. Gives the referral's id."""
    referral, desk = await take_referral_for(work, referral_id, action, expected_version=expected_version)
    await write_reply(work, referral, reason=reason, category=category, suggested_office_id=suggested_office_id)
    await end_referral(work, referral, desk, action)
    payload: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "category": category.value,
        "suggestedOffice": suggested_office_id,
    }
    await journal.append(work, desk.case, kind, payload)
    return referral_id
