"""Keep what somebody did offline in a case that was no longer theirs: as a late note for its present holder."""

from sqlalchemy import or_, select
from sqlmodel import col

from casework import journal
from casework.actions.add_note import write_note
from casework.desk import take_case, touch
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import why_not_now
from casework.rules import texts
from casework.work import Work
from models import Participation
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind, Level


async def keep_late_work(work: Work, *, case_id: int, verb: str, text: str) -> int:
    """Write the note and give its id. Only who once took part at level WORK, and does so no more, may leave one."""
    tidy = texts.clean(text, "input", limit=2 * texts.LONG)
    desk = await take_case(work, case_id)
    if not await _took_part(work, case_id):
        raise Refusal(RefusalCode.NOT_PERMITTED)
    against = why_not_now(CaseAction.ADD_NOTE, desk)
    if against is not None:
        raise Refusal(against, before=desk.state.value)
    note_id = await write_note(work, case_id, audience=Audience.HOLDER_ONLY, text=tidy, late=True)
    touch(work, desk.case, versioned=False)
    told: journal.Payload = {"note": note_id, "late": verb}
    await journal.append(work, desk.case, EventKind.NOTE_ADDED, told, audience=Audience.HOLDER_ONLY)
    return note_id


async def _took_part(work: Work, case_id: int) -> bool:
    """Has the post, or its office, a part in the case that ended, or that shows no person any more?"""
    part = select(col(Participation.id)).where(
        col(Participation.case_id) == case_id,
        or_(
            col(Participation.seat_id) == work.by.seat_id,
            col(Participation.office_id) == work.by.office_id,
        ),
        col(Participation.level) >= int(Level.WORK),
        or_(col(Participation.until).is_not(None), col(Participation.expires_at) <= work.now),
    )
    return (await work.session.execute(part.limit(1))).first() is not None
