"""Ask the sender of a referral for what is missing; the office's clock stands still until the answer."""

from casework import journal
from casework.actions.add_note import write_note
from casework.clocks import refresh_clocks
from casework.desk import take_referral_for, touch
from casework.rules import texts
from casework.rules.states import next_referral_state
from casework.work import Work
from models.action_words import ReferralAction
from models.vocabulary import Audience, EventKind


async def request_referral_info(work: Work, *, referral_id: int, expected_version: int, question: str) -> int:
    """RECEIVED, ACCEPTED or IN_PROGRESS → NEEDS_INFO; the question is a note. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.REQUEST_INFO, expected_version=expected_version
    )
    asked = texts.clean(question, "input", "question", limit=texts.LONG)
    before = referral.state
    referral.state = next_referral_state(before, ReferralAction.REQUEST_INFO, referral.kind)
    referral.asked_from, referral.asked_at = before, work.now
    referral.version += 1
    note_id = await write_note(work, referral.case_id, audience=Audience.CASE, text=asked)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=False)
    requested: journal.Payload = {"referral": referral_id, "office": referral.to_office_id, "note": note_id}
    await journal.append(work, desk.case, EventKind.REFERRAL_INFO_REQUESTED, requested)
    return referral_id
