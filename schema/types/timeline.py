"""What happened to a case, from the journal."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from casework.rules.calendar import thai_instant
from models.vocabulary import CaseState, ClosingGround, EventKind, Outcome
from resolvers.attachments import attachments_by_ids
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.parties import parties_by_ids
from resolvers.referrals import referrals_by_ids
from resolvers.rows import EventRow
from resolvers.rows_of_posts import SeatRow
from resolvers.seats import seats_by_ids
from resolvers.tasks import tasks_by_ids
from resolvers.timeline import notes_by_ids
from resolvers.visits import visits_by_ids
from schema.binding import Info, each, linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.agency import Agency, Office, office_of
from schema.types.attachment import Attachment
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.note import Note
from schema.types.party import Party
from schema.types.seat import Seat, seat_name, seat_name_en

if TYPE_CHECKING:
    from schema.types.labour_case import Case
    from schema.types.referral import Referral
    from schema.types.task import Task
    from schema.types.visit import Visit


def _payload(name: str, read: Any) -> Any:
    """Read one entry of the payload; absent ones are null."""

    def value(row: EventRow, context: Context) -> Any:
        found = row.payload.get(name)
        return None if found is None else read(found, context)

    return value


def _link(name: str, resolver: Any) -> Any:
    def ask(parent: strawberry.Parent[EventRow], info: Info) -> Any:
        found = parent.payload.get(name)
        return None if found is None else each(found, info.context, resolver)

    return ask


async def _summary(parent: strawberry.Parent[EventRow], info: Info) -> str:
    """Say what happened in one sentence without a word about the citizen."""
    context = info.context
    seat: SeatRow | None = None
    if parent.payload.get("seat") is not None:
        seat = await each(parent.payload["seat"], info.context, seats_by_ids)
    words = [parent.kind.th if context.thai else parent.kind.description.rstrip(".")]
    words += _state_words(parent, context)
    office = office_of(parent.payload.get("office"), context)
    if office is not None:
        words.append(office.name_th if context.thai else office.name_en)
    if seat is not None:
        words.append(seat_name(seat, context) if context.thai else seat_name_en(seat, context))
    return " · ".join(words)


def _state_words(event: EventRow, context: Context) -> list[str]:
    words = []
    if "from" in event.payload and "to" in event.payload:
        before, after = CaseState(event.payload["from"]), CaseState(event.payload["to"])
        words.append(f"{before.th} → {after.th}" if context.thai else f"{before.value} → {after.value}")
    if event.payload.get("outcome"):
        outcome = Outcome(event.payload["outcome"])
        words.append(outcome.th if context.thai else outcome.value)
    return words


@noun(EventRow, description="Something that happened to a case. Seen from level ANONYMOUS on, within its audience.")
class TimelineEvent(Node):
    id: strawberry.ID = identity("TimelineEvent")
    kind: EventKind = plain("What happened.")
    summary: str = strawberry.field(
        resolver=_summary, description="What happened, as a line in the language you accept; names no citizen."
    )
    recorded_at: datetime = plain("When the service recorded it.")
    recorded_at_thai: str = worked_out(lambda row, _: thai_instant(row.recorded_at), "The same in Bangkok time, B.E.")
    captured_at: datetime | None = plain("When it happened on the phone, if the phone said so.")
    actor: Seat | None = linked(
        seats_by_ids,
        "The post that did it; null where the citizen did, by tracking code, or the system.",
        of="actor_seat_id",
    )
    actor_agency: Agency | None = worked_out(
        lambda row, context: context.reference.agencies[row.actor_agency_code] if row.actor_agency_code else None,
        "The agency of the post that did it; none for volunteers, mentors and national posts.",
    )
    from_state: CaseState | None = worked_out(_payload("from", lambda v, _: CaseState(v)), "The case's state before.")
    to_state: CaseState | None = worked_out(_payload("to", lambda v, _: CaseState(v)), "The case's state after.")
    office: Office | None = worked_out(_payload("office", office_of), "The office it concerns.")
    seat: Seat | None = strawberry.field(resolver=_link("seat", seats_by_ids), description="The post it concerns.")
    note: Note | None = strawberry.field(
        resolver=_link("note", notes_by_ids), description="The note or reason written with it, if you may read it."
    )
    attachment: Attachment | None = strawberry.field(
        resolver=_link("attachment", attachments_by_ids), description="The file it concerns, if it is meant for you."
    )
    ground: ClosingGround | None = worked_out(
        _payload("ground", lambda v, _: ClosingGround(v)), "Why the case could be closed."
    )
    other_case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] | None = strawberry.field(
        resolver=_link("case", cases_by_ids),
        description="The case it was merged with, if you may see it.",
    )
    party: Party | None = strawberry.field(
        resolver=_link("party", parties_by_ids), description="The other party that was named, if you may know of it."
    )
    visit: Annotated["Visit", strawberry.lazy("schema.types.visit")] | None = strawberry.field(
        resolver=_link("visit", visits_by_ids),
        description="The visit that was planned or recorded, from level WORK on.",
    )
    task: Annotated["Task", strawberry.lazy("schema.types.task")] | None = strawberry.field(
        resolver=_link("task", tasks_by_ids), description="The task that was made or ended, from level WORK on."
    )
    referral: Annotated["Referral", strawberry.lazy("schema.types.referral")] | None = strawberry.field(
        resolver=_link("referral", referrals_by_ids), description="The referral it concerns."
    )


TimelineConnection = Connection[TimelineEvent]
