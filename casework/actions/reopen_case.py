"""Open a resolved or closed case again: its holder goes on, and the history stays."""

from casework import journal
from casework.actions.add_note import write_note
from casework.desk import take_case_for, touch
from casework.ending import revive_case
from casework.rules import texts
from casework.work import Unit, Work
from models import Case
from models.action_words import CaseAction
from models.vocabulary import Audience, CaseState, EventKind


async def reopen_case(work: Work, *, case_id: int, expected_version: int, reason: str) -> int:
    """RESOLVED or CLOSED → IN_PROGRESS; outcomes stay until they are recorded anew. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.REOPEN, expected_version=expected_version)
    await go_on(work, desk.case, EventKind.CASE_REOPENED, reason=reason)
    return case_id


async def go_on(work: Unit, case: Case, kind: EventKind, *, reason: str, audience: Audience = Audience.CASE) -> None:
    """Lead a case back to work, and keep why: the note is for `audience`."""
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    before, case.state = case.state, CaseState.IN_PROGRESS
    await revive_case(work, case)
    note_id = await write_note(work, case.id, audience=audience, text=why)
    touch(work, case, versioned=True)
    reopened: journal.Payload = {"from": before.value, "to": case.state.value, "note": note_id}
    await journal.append(work, case, kind, reopened)
