"""The checklist of a case: what the citizen brings along."""

from datetime import datetime

from models.field_words import DocumentState
from resolvers.rows import ChecklistRow
from resolvers.seats import seats_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.types.seat import Seat
from schema.types.triage import TriageDocument


@noun(ChecklistRow, description="A document that the problems of a case ask for, and where it is.")
class ChecklistItem:
    document: TriageDocument = worked_out(
        lambda row, _: row.found, "What it is, for which problems of the case, and by which rule."
    )
    state: DocumentState = plain("Where it is; NEEDED until somebody said otherwise.")
    checked_at: datetime | None = plain("When somebody last said so; null before.")
    checked_by: Seat | None = linked(seats_by_ids, "The post that said so; null before.", of="checked_by_seat_id")
