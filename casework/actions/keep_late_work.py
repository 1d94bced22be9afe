"""Keep what somebody did offline in a case that was no longer theirs: as a late note for its present holder."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import col

from casework import journal
from casework.actions.add_note import write_note
from casework.desk import take_case, touch
from casework.errors import Refusal, RefusalCode
from casework.policy.permissions import why_not_now
from casework.rules import texts
from casework.work import Work
from models import Operation, Participation
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind, Level


async def keep_late_work(work: Work, *, case_id: int, verb: str, text: str, left_at: datetime | None = None) -> int:
    """Write the note and give its id. Only who once took part at level WORK, and does so no more, may leave one.

    Who left the post at an instant took part as long as the post did until then.
    """
    tidy = texts.clean(text, "input", limit=2 * texts.LONG)
    desk = await take_case(work, case_id)
    if not await _took_part(work, case_id, left_at):
        raise Refusal(RefusalCode.NOT_PERMITTED)
    against = why_not_now(CaseAction.ADD_NOTE, desk)
    if against is not None:
        raise Refusal(against, before=desk.state.value)
    note_id = await write_note(work, case_id, audience=Audience.HOLDER_ONLY, text=tidy, late=True)
    touch(work, desk.case, versioned=False)
    told: journal.Payload = {"note": note_id, "late": verb}
    await journal.append(work, desk.case, EventKind.NOTE_ADDED, told, audience=Audience.HOLDER_ONLY)
    return note_id


async def _took_part(work: Work, case_id: int, left_at: datetime | None) -> bool:
    """Had the one who asks a part in the case, through the post or its office, that is over or shows no person now?"""
    part = select(col(Participation.id)).where(
        col(Participation.case_id) == case_id,
        or_(
            col(Participation.seat_id) == work.by.seat_id,
            col(Participation.office_id) == work.by.office_id,
        ),
        col(Participation.level) >= int(Level.WORK),
        _is_over(work) if left_at is None else _was_before(work, case_id, left_at),
    )
    return (await work.session.execute(part.limit(1))).first() is not None


def _is_over(work: Work) -> ColumnElement[bool]:
    return or_(col(Participation.until).is_not(None), col(Participation.expires_at) <= work.now)


def _was_before(work: Work, case_id: int, left_at: datetime) -> ColumnElement[bool]:
    """Did the part begin before the account left, or with the case that the account has opened itself?"""
    opened = exists().where(
        col(Operation.account_id) == work.by.account_id,
        col(Operation.name) == "openCase",
        col(Operation.result_id) == case_id,
    )
    return or_(col(Participation.since) <= left_at, opened)
