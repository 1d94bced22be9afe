"""Handovers of posts: the receipt of what lay with a post when a person left it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.rules.calendar import thai_instant
from models.post_words import HandoverItemKind, HandoverReason
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.deadlines import deadlines_by_ids
from resolvers.handovers import ITEMS
from resolvers.incumbencies import incumbencies_by_ids
from resolvers.referrals import referrals_by_ids
from resolvers.rows_of_posts import HandoverCountsRow, HandoverItemRow, HandoverRow
from resolvers.seats import seats_by_ids
from resolvers.tasks import tasks_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.connection import Connection, pages_of
from schema.types.node import Node

if TYPE_CHECKING:
    from schema.types.deadline import Deadline
    from schema.types.labour_case import Case
    from schema.types.referral import Referral
    from schema.types.seat import Incumbency, Seat
    from schema.types.task import Task


@noun(HandoverCountsRow, description="How much of each kind was handed over, whether or not you see the cases.")
class HandoverCounts:
    cases: int = plain("Cases that had not ended.")
    proposals: int = plain("Assignments that nobody had answered.")
    referrals: int = plain("Referrals whose answer or result was awaited.")
    questions: int = plain("Questions of offices that waited for an answer.")
    promises: int = plain("Days on which the post had said it would look again.")
    deadlines: int = plain("Clocks that had not ended.")
    tasks: int = plain("What the post was to do.")
    follows: int = plain("Cases that the post followed.")


def _due_at_thai(row: HandoverItemRow, _context: Context) -> str | None:
    return None if row.due_at is None else thai_instant(row.due_at)


@noun(HandoverItemRow, description="One thing that lay with the post when it was handed over.")
class HandoverItem:
    kind: HandoverItemKind = plain("What it is.")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] | None = linked(
        cases_by_ids, "The case it belongs to, as it stands now and as you see it.", of="case_id"
    )
    due_at: datetime | None = plain("By when it was due; null where it had no date.")
    due_at_thai: str | None = worked_out(_due_at_thai, "The same in Bangkok time, Buddhist Era.")
    deadline: Annotated["Deadline", strawberry.lazy("schema.types.deadline")] | None = linked(
        deadlines_by_ids, "Of a DEADLINE: the clock as it stands now.", of="deadline_id"
    )
    task: Annotated["Task", strawberry.lazy("schema.types.task")] | None = linked(
        tasks_by_ids, "Of a TASK: the task as it stands now, to who sees its case at level WORK.", of="task_id"
    )
    referral: Annotated["Referral", strawberry.lazy("schema.types.referral")] | None = linked(
        referrals_by_ids, "Of a REFERRAL or a QUESTION: the referral as it stands now.", of="referral_id"
    )


HandoverItemConnection = Connection[HandoverItem]


_INCUMBENCY = Annotated["Incumbency", strawberry.lazy("schema.types.seat")]
_SEAT = Annotated["Seat", strawberry.lazy("schema.types.seat")]


@noun(
    HandoverRow,
    description="A post passed from one person to the next, with a receipt of all that lay with it. No case moved: what"
    " the post had, it has. Told to the post, its mentor, its coordinator and the administrator.",
)
class Handover(Node):
    id: strawberry.ID = identity("Handover")
    seat: _SEAT = linked(seats_by_ids, "The post.", of="seat_id")
    from_incumbency: _INCUMBENCY | None = linked(
        incumbencies_by_ids, "Whose time in the post ended; null when it was empty.", of="from_incumbency_id"
    )
    to_incumbency: _INCUMBENCY | None = linked(
        incumbencies_by_ids,
        "Whose time in the post began; null when it was left empty: its mentor sees to it then.",
        of="to_incumbency_id",
    )
    reason: HandoverReason = plain("Why.")
    at: datetime = plain("When.")
    by: _SEAT = linked(seats_by_ids, "The post that handed it over.", of="by_seat_id")
    confirmed_at: datetime | None = plain("When whoever took it over confirmed it; null until then.")
    counts: HandoverCounts = plain("How much of each kind was handed over.")
    items: HandoverItemConnection = strawberry.field(
        resolver=pages_of(ITEMS.name, ITEMS.pages),
        description="The receipt as far as you see the cases, what is due first.",
    )


HandoverConnection = Connection[Handover]
