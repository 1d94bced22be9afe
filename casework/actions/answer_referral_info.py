"""Answer what the office asked; the referral goes back to where it stood, its times moved on by the waiting."""

from casework import journal
from casework.actions.add_note import write_note
from casework.clocks import clocks_told, refresh_clocks
from casework.desk import take_referral_for, touch
from casework.rules import texts
from casework.rules.deadlines import UNANSWERED, moved_on
from casework.rules.states import next_referral_state
from casework.work import Work
from models import Referral
from models.action_words import ReferralAction
from models.vocabulary import Audience, EventKind


async def answer_referral_info(work: Work, *, referral_id: int, expected_version: int, answer: str) -> int:
    """NEEDS_INFO → the state before; the answer is a note. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.ANSWER_INFO, expected_version=expected_version
    )
    told = texts.clean(answer, "input", "answer", limit=texts.LONG)
    referral.state = next_referral_state(
        referral.state, ReferralAction.ANSWER_INFO, referral.kind, asked_from=referral.asked_from
    )
    _move_times_on(work, referral)
    referral.asked_from = referral.asked_at = None
    referral.version += 1
    note_id = await write_note(work, referral.case_id, audience=Audience.CASE, text=told)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=False)
    answered: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "note": note_id,
        **clocks_told(referral),
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_INFO_ANSWERED, answered)
    return referral_id


def _move_times_on(work: Work, referral: Referral) -> None:
    pause = {
        "asked_at": referral.asked_at or work.now,
        "answered_at": work.now,
    }
    if referral.state in UNANSWERED:
        referral.respond_by = moved_on(referral.respond_by, **pause, holidays=work.reference.holidays)
    referral.result_by = moved_on(referral.result_by, **pause, holidays=work.reference.holidays)
