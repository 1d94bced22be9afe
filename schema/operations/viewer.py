"""Queries about the one who asks, and for anything by its id."""

from collections import defaultdict
from datetime import date
from typing import Annotated, Any, NamedTuple

import strawberry

from casework.errors import Refusal, RefusalCode
from resolvers.activities import activities_by_ids
from resolvers.attachments import attachments_by_ids
from resolvers.case_parts import problems_by_ids
from resolvers.cases import cases_by_ids
from resolvers.cases_then import things_then
from resolvers.citizens import citizens_by_ids
from resolvers.context import Context
from resolvers.deadlines import deadlines_by_ids
from resolvers.exports import EXPORTS, exports_by_ids, own_exports
from resolvers.feed_points import end_of_feed
from resolvers.handovers import handovers_by_ids
from resolvers.incidents import incidents_by_ids
from resolvers.incumbencies import incumbencies_by_ids
from resolvers.notices import INBOX, inbox, notices_by_ids
from resolvers.paging import MOST
from resolvers.participants import participants_by_ids
from resolvers.parties import parties_by_ids
from resolvers.referrals import referrals_by_ids
from resolvers.seats import seats_by_ids
from resolvers.tasks import OWN, tasks_by_ids, tasks_of_viewers
from resolvers.timeline import events_by_ids, notes_by_ids
from resolvers.visits import visits_by_ids
from resolvers.webhooks import deliveries_by_ids, own_notice_address, own_webhooks, webhooks_by_ids
from schema.binding import SIZE, Info, each, linked, noun, worked_out
from schema.cursors import event_cursor
from schema.ids import read_ids, read_then
from schema.queue_owner import queue_owner
from schema.types.agency import Agency, Office, office_of
from schema.types.connection import After, Before, First, Last, asked_page
from schema.types.export import ExportConnection
from schema.types.node import Node
from schema.types.notice import NoticeConnection
from schema.types.seat import Person, Seat
from schema.types.task import TaskConnection
from schema.types.webhook import Webhook


async def _inbox(info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None) -> Any:
    return await inbox(info.context, asked_page(info, INBOX, first, last, after, before))


class ViewerRow(NamedTuple):
    seat_id: int
    office_id: int | None
    agency_code: str | None


async def _inbox_cursor(_parent: strawberry.Parent[ViewerRow], info: Info) -> str:
    return event_cursor(info.context, await end_of_feed(info.context))


async def _own_person(parent: strawberry.Parent[ViewerRow], info: Info) -> Any:
    (seat,) = await seats_by_ids([parent.seat_id], context=info.context)
    return seat.incumbent if seat else None


def _own_tasks(
    parent: strawberry.Parent[ViewerRow],
    info: Info,
    due_by: Annotated[
        date | None, strawberry.argument(description="Only those due on this day or before, overdue ones too.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Any:
    page = asked_page(info, OWN, first, last, after, before)
    return each(parent, info.context, tasks_of_viewers, due_by=due_by, page=page)


async def _own_exports(
    info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None
) -> Any:
    return await own_exports(info.context, asked_page(info, EXPORTS, first, last, after, before))


async def _own_webhooks(info: Info) -> Any:
    return await own_webhooks(info.context)


async def _own_address(info: Info) -> str | None:
    return await own_notice_address(info.context)


@noun(ViewerRow, description="You: the post in which you ask.")
class Viewer:
    person: Person | None = strawberry.field(resolver=_own_person, description="Who fills the post now.")
    seat: Seat = linked(seats_by_ids, "Your post.", of="seat_id")
    office: Office | None = worked_out(
        lambda row, context: office_of(row.office_id, context), "Your office; none for volunteers and mentors."
    )
    queue_owner: strawberry.ID = worked_out(
        lambda _row, context: queue_owner(context),
        "Your account in your post. Keep it with all that you capture offline: `applyOperations` asks for it.",
    )
    agency: Agency | None = worked_out(
        lambda row, context: context.reference.agencies[row.agency_code] if row.agency_code else None,
        "The agency of your office; none for volunteers, mentors and national posts.",
    )
    inbox_cursor: str = strawberry.field(
        resolver=_inbox_cursor,
        description="Give it to `inboxEvents` as `after`: you then hear of all that this answer does not show.",
    )
    notices: NoticeConnection = strawberry.field(
        resolver=_inbox,
        description="What your post or your office was told about cases that you see, and is still the matter; the"
        " latest first.",
    )
    tasks: TaskConnection = strawberry.field(
        resolver=_own_tasks,
        description="What is to be done by your post, or by your office, in all cases that you see at level WORK; the"
        " first to be due first.",
    )
    webhooks: list[Webhook] = strawberry.field(
        resolver=_own_webhooks,
        description="The webhooks of your office, the first one first; none unless you are its head or coordinator.",
    )
    exports: ExportConnection = strawberry.field(
        resolver=_own_exports, description="The files that you have asked for in this post, the latest first."
    )
    notice_address: str | None = strawberry.field(
        resolver=_own_address, description="Where you are told of notices by e-mail; see `setNoticeAddress`."
    )


def _viewer(info: Info) -> Any:
    by = info.context.by
    return None if by is None else ViewerRow(by.seat_id, by.office_id, by.agency_code)


async def _offices_by_ids(ids: list[int], *, context: Context) -> list[Any]:
    return [context.reference.offices.get(id_) for id_ in ids]


_LOOK_UPS: dict[str, Any] = {
    "Case": cases_by_ids,
    "Referral": referrals_by_ids,
    "Citizen": citizens_by_ids,
    "Note": notes_by_ids,
    "Visit": visits_by_ids,
    "Task": tasks_by_ids,
    "Attachment": attachments_by_ids,
    "Problem": problems_by_ids,
    "TimelineEvent": events_by_ids,
    "Seat": seats_by_ids,
    "Party": parties_by_ids,
    "Incident": incidents_by_ids,
    "Incumbency": incumbencies_by_ids,
    "Deadline": deadlines_by_ids,
    "Notice": notices_by_ids,
    "Handover": handovers_by_ids,
    "Webhook": webhooks_by_ids,
    "Export": exports_by_ids,
    "WebhookDelivery": deliveries_by_ids,
    "Activity": activities_by_ids,
    "ActivityParticipant": participants_by_ids,
    "Office": _offices_by_ids,
}


async def _find(ids: list[strawberry.ID], context: Context) -> list[Any]:
    """Fetch each kind's rows in one statement; what is no id, not there or not visible is null alike."""
    if len(ids) > MOST:
        raise Refusal(RefusalCode.IDS_TOO_MANY, "ids", limit=MOST)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, text in enumerate(ids):
        found = read_ids(context, tuple(_LOOK_UPS), text)
        if found is not None:
            places[found[0]].append((place, found[1]))
    answers = await _find_then(ids, context)
    for kind, wanted in places.items():
        rows = await _LOOK_UPS[kind]([number for _, number in wanted], context=context)
        for (place, _), row in zip(wanted, rows, strict=True):
            answers[place] = row
    return answers


_TOLD = ("Case", "Referral", "Problem")
"""What may be told as of an instant; then it has an id of its own."""


async def _find_then(ids: list[strawberry.ID], context: Context) -> list[Any]:
    """Find what stood at an instant, each in its place."""
    read = [read_then(context, _TOLD, text) for text in ids]
    places = [place for place, found in enumerate(read) if found is not None]
    told = await things_then([found[1:] for found in read if found is not None], context=context) if places else []
    answers: list[Any] = [None] * len(ids)
    for place, row in zip(places, told, strict=True):
        answers[place] = row
    return answers


async def _node(
    info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Any id from an answer.")]
) -> Any:
    (row,) = await _find([id], info.context)
    return row


async def _nodes(
    info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="At most 100 ids.")]
) -> Any:
    return await _find(ids, info.context)


@strawberry.type
class ViewerQueries:
    viewer: Viewer | None = strawberry.field(
        resolver=_viewer, description="You, or null when nobody is signed in or the account fills no post."
    )
    node: Node | None = strawberry.field(
        resolver=_node, description="Anything by its id; null when it is not there or not for you."
    )
    nodes: list[Node | None] = strawberry.field(
        resolver=_nodes,
        description="Several things by their ids, in that order; a miss is null at its place.",
        metadata={SIZE: MOST},
    )
