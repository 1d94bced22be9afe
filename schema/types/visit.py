"""Visits of a case."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.rules.calendar import thai_date
from models.field_words import VisitState
from resolvers.cases import cases_by_ids
from resolvers.rows import VisitRow
from resolvers.seats import seats_by_ids
from resolvers.timeline import notes_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.note import Note
from schema.types.seat import Seat

if TYPE_CHECKING:
    from schema.types.labour_case import Case


@noun(VisitRow, description="A visit to the citizen, planned or made. Shown from level WORK on.")
class Visit(Node):
    id: strawberry.ID = identity("Visit")
    state: VisitState = plain("How it stands.")
    planned_for: date | None = plain("The day in Thailand for which it was planned; null when nobody had planned it.")
    planned_for_thai: str | None = worked_out(
        lambda row, _: thai_date(row.planned_for) if row.planned_for else None, "The same in the Buddhist Era."
    )
    visited_at: datetime | None = plain("When somebody went; null before, and when it was cancelled.")
    note: Note | None = linked(
        notes_by_ids, "What was said there, if it was written down and you may read it.", of="note_id"
    )
    made_at: datetime = plain("When it was planned, or told of: on the phone, if that was earlier.")
    made_by: Seat = linked(seats_by_ids, "The post that planned it, or told of it.", of="made_by_seat_id")
    recorded_at: datetime | None = plain("When it was recorded how it went; null before.")
    recorded_by: Seat | None = linked(
        seats_by_ids, "The post that recorded how it went; null before.", of="recorded_by_seat_id"
    )
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        cases_by_ids, "The case it belongs to.", of="case_id"
    )


VisitConnection = Connection[Visit]
