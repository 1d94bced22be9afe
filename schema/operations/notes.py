"""Mutations about notes."""

from typing import Annotated, Any

import strawberry

from casework.actions.add_note import add_note
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import Audience
from resolvers.context import Context
from resolvers.timeline import notes_by_ids
from schema.binding import Info
from schema.changing import CaseRef, Intent, Intention, answer, given_as, intent
from schema.rules_in_words import case_rule
from schema.types.note import Note


@strawberry.input(description="A note on a case. It takes and raises no version: several may write at once.")
class AddNoteInput(Intent):
    case: CaseRef = strawberry.field(description="Which case.")
    text: str = strawberry.field(description="What to write; at most 10000 characters.")
    audience: Audience = strawberry.field(default=Audience.CASE, description="Whom it is written for.")


@strawberry.type(description="The note was written.")
class AddNotePayload:
    note: Note = strawberry.field(description="The new note.")


def to_add_note(context: Context, given: AddNoteInput) -> Intention:
    async def act(work: Work) -> int:
        case_id = await given.case.find(work, context)
        return await add_note(work, case_id=case_id, audience=given.audience, text=given.text)

    return Intention("addNote", given, act, notes_by_ids, lambda row: AddNotePayload(note=row))


async def _add_note(info: Info, input: Annotated[AddNoteInput, given_as("The note.")]) -> Any:
    return await answer(info, to_add_note(info.context, input))


@strawberry.type
class NoteMutations:
    add_note = intent(_add_note, AddNotePayload, f"Write a note. {case_rule(CaseAction.ADD_NOTE)}", versioned=False)
