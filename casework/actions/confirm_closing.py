"""Close a case because the citizen confirmed the result, as its volunteer has witnessed."""

from casework.actions.add_note import write_note
from casework.desk import take_case_for
from casework.ending import close_case
from casework.rules import texts
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import Audience, ClosingGround


async def confirm_closing(work: Work, *, case_id: int, expected_version: int, note: str) -> int:
    """RESOLVED → CLOSED; the note tells what the citizen said, and how. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.CONFIRM_CLOSING, expected_version=expected_version)
    witnessed = texts.clean(note, "input", "note", limit=texts.LONG)
    note_id = await write_note(work, case_id, audience=Audience.CASE, text=witnessed)
    await close_case(work, desk.case, ClosingGround.CONFIRMED, note_id=note_id)
    return case_id
