"""Notes that participants write on a case."""

from datetime import datetime

import strawberry

from casework.rules.calendar import thai_instant
from models.vocabulary import Audience
from resolvers.rows import NoteRow
from resolvers.seats import seats_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.seat import Seat


@noun(NoteRow, description="A note on a case, for an audience. You see those meant for you, from level WORK on.")
class Note(Node):
    id: strawberry.ID = identity("Note")
    text: str = plain("What was written.")
    audience: Audience = plain("Whom it is written for.")
    author: Seat | None = linked(
        seats_by_ids, "The post that wrote it; null for what the citizen wrote, by tracking code.", of="author_seat_id"
    )
    written_at: datetime = plain("When the service received it.")
    written_at_thai: str = worked_out(lambda note, _: thai_instant(note.written_at), "The same in Bangkok time, B.E.")
    captured_at: datetime | None = plain("When it was written on the phone, if the phone said so.")
    late: bool = plain(
        "Whether it tells what the author did offline in a case that was no longer theirs when it arrived."
    )


NoteConnection = Connection[Note]
