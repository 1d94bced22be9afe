"""Mutations about notes."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from casework.actions.add_note import add_note
from casework.work import Work
from models.vocabulary import Audience
from resolvers.timeline import notes_by_ids
from schema.binding import Info
from schema.changing import CAPTURED_AT, OPERATION_ID, CaseRef, carry_out
from schema.refusals import Refusals
from schema.types.note import Note


@strawberry.input(description="A note on a case. It takes and raises no version: several may write at once.")
class AddNoteInput:
    operation_id: UUID = strawberry.field(description=OPERATION_ID)
    case: CaseRef = strawberry.field(description="Which case.")
    text: str = strawberry.field(description="What to write; at most 10000 characters.")
    audience: Audience = strawberry.field(default=Audience.CASE, description="Whom it is written for.")
    captured_at: datetime | None = strawberry.field(default=None, description=CAPTURED_AT)


@strawberry.type(description="The note was written.")
class AddNotePayload:
    note: Note = strawberry.field(description="The new note.")


AddNoteResult = Annotated[
    AddNotePayload | Refusals, strawberry.union("AddNoteResult", description="What `addNote` answers.")
]


async def _add_note(info: Info, input: Annotated[AddNoteInput, strawberry.argument(description="The note.")]) -> Any:
    async def act(work: Work) -> int:
        case_id = await input.case.find(work, info.context)
        return await add_note(work, case_id=case_id, audience=input.audience, text=input.text)

    return await carry_out(info, input, act, look_up=notes_by_ids, payload=lambda row: AddNotePayload(note=row))


@strawberry.type
class NoteMutations:
    add_note: AddNoteResult = strawberry.field(
        resolver=_add_note, description="Write a note. Anyone who takes part in the case, from level WORK on."
    )
