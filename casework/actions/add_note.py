"""Write a note on a case, for an audience."""

from casework import journal
from casework.desk import take_case_for, touch
from casework.rules import texts
from casework.tasks import refresh_tasks, told_citizen
from casework.work import Unit, Work
from models import Note
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind


async def write_note(work: Unit, case_id: int, *, audience: Audience, text: str, late: bool = False) -> int:
    """Write the row alone; `text` is clean already. Without a post as its author it is the citizen's own."""
    note = Note(
        id=await work.new_id(),
        case_id=case_id,
        author_seat_id=work.author.seat_id,
        author_agency_code=work.author.agency_code,
        audience=audience,
        text=text,
        written_at=work.now,
        captured_at=work.captured_at,
        late=late,
    )
    await work.save(note)
    return note.id


async def add_note(work: Work, *, case_id: int, audience: Audience, text: str) -> int:
    """Write the note and give its id. Takes and raises no version: several may write at once."""
    tidy = texts.clean(text, "input", "text", limit=texts.LONG)
    desk = await take_case_for(work, case_id, CaseAction.ADD_NOTE)
    note_id = await write_note(work, case_id, audience=audience, text=tidy)
    if audience is Audience.CITIZEN:
        await refresh_tasks(work, desk.case, reached=told_citizen(audience, work.captured_at or work.now))
    touch(work, desk.case, versioned=False)
    await journal.append(work, desk.case, EventKind.NOTE_ADDED, {"note": note_id}, audience=audience)
    return note_id
