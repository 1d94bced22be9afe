"""Decline an assignment, with a reason for the one who asked."""

from casework import journal
from casework.actions.accept_assignment import answer_proposal
from casework.actions.add_note import write_note
from casework.desk import take_case_for, touch
from casework.rules import texts
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import AssignmentState, Audience, EventKind


async def decline_assignment(work: Work, *, case_id: int, expected_version: int, reason: str) -> int:
    """Leave the case where it is; the seat keeps level STATUS. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.ANSWER_ASSIGNMENT, expected_version=expected_version)
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    await answer_proposal(work, case_id, AssignmentState.DECLINED)
    note_id = await write_note(work, case_id, audience=Audience.CASE, text=why)
    touch(work, desk.case, versioned=True)
    declined: journal.Payload = {"seat": work.by.seat_id, "note": note_id}
    await journal.append(work, desk.case, EventKind.ASSIGNMENT_DECLINED, declined)
    return case_id
