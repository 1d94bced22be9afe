"""Subscriptions: the events of a case, and of a post's inbox, as they happen, continued by cursor."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.feed_points import FeedPoint
from resolvers.feeds import CaughtUp, Ended, Moved, Resync, Told, follow_case, follow_inbox
from schema.binding import Info, linked, worked_out
from schema.cursors import read_event_cursor
from schema.ids import wanted_id
from schema.refusals import InvalidInput, NotFound, NotPermitted, as_data
from schema.types.labour_case import Case
from schema.types.stream import AccessEnded, CursorMoved, ResyncRequired, cursor_of
from schema.types.timeline import TimelineEvent


@strawberry.type(description="Something happened to the case.")
class CaseEvent:
    point: strawberry.Private[FeedPoint]
    cursor: str = worked_out(cursor_of, "Give it back as `after` to continue exactly behind this event.")
    event: TimelineEvent = strawberry.field(description="What happened.")
    case_id: strawberry.Private[int]
    case: Case | None = linked(cases_by_ids, "The case as it stands now.", of="case_id")


@strawberry.type(description="Something happened to a case with which your post or office has to do.")
class InboxEvent:
    point: strawberry.Private[FeedPoint]
    cursor: str = worked_out(cursor_of, "Give it back as `after` to continue exactly behind this event.")
    event: TimelineEvent = strawberry.field(description="What happened.")
    case_id: strawberry.Private[int]
    case: Case | None = linked(
        cases_by_ids, "The case as it stands now; null if you have lost sight of it this moment.", of="case_id"
    )


CaseEventsResult = Annotated[
    CaseEvent | AccessEnded | ResyncRequired | NotFound | NotPermitted | InvalidInput,
    strawberry.union(
        "CaseEventsResult",
        description="What `caseEvents` delivers; whatever is no event is the last thing it says.",
    ),
]
InboxEventsResult = Annotated[
    InboxEvent | CursorMoved | ResyncRequired | NotPermitted | InvalidInput,
    strawberry.union(
        "InboxEventsResult",
        description="What `inboxEvents` delivers; a refusal or `ResyncRequired` is the last thing it says.",
    ),
]


def _place(context: Context, after: str | None) -> FeedPoint | None:
    return None if after is None else read_event_cursor(context, after)


def _unheard(said: CaughtUp) -> Any:
    """Hand on what the service wants to know and no client hears; server/execution.py never executes it."""
    return said


async def _case_events(
    info: Info,
    case_id: Annotated[strawberry.ID, strawberry.argument(description="Id of the case.")],
    after: Annotated[
        str | None,
        strawberry.argument(description="A cursor from an event or from `Case.eventsCursor`; without it, from now on."),
    ] = None,
) -> AsyncGenerator[CaseEventsResult, None]:
    context = info.context
    try:
        number = wanted_id(context, "Case", case_id, "caseId")
        async for news in follow_case(context, number, _place(context, after)):
            match news:
                case Told(event, point):
                    row: Any = event
                    yield CaseEvent(point=point, event=row, case_id=number)
                case Resync(reason, point):
                    yield ResyncRequired.because(reason, point, context)
                case Ended(why):
                    yield AccessEnded.because(why, number, context)
                case CaughtUp():
                    yield _unheard(news)
    except Refusal as refused:
        yield await as_data(refused, context)


async def _inbox_events(
    info: Info,
    after: Annotated[
        str | None,
        strawberry.argument(
            description="A cursor of this stream, of `caseEvents` or from `Case.eventsCursor`; without it, from now on."
        ),
    ] = None,
) -> AsyncGenerator[InboxEventsResult, None]:
    context = info.context
    try:
        async for news in follow_inbox(context, _place(context, after)):
            match news:
                case Told(event, point):
                    row: Any = event
                    yield InboxEvent(point=point, event=row, case_id=event.case_id)
                case Moved(point):
                    yield CursorMoved(point=point)
                case Resync(reason, point):
                    yield ResyncRequired.because(reason, point, context)
                case CaughtUp():
                    yield _unheard(news)
    except Refusal as refused:
        yield await as_data(refused, context)


@strawberry.type
class EventSubscriptions:
    case_events: AsyncGenerator[CaseEventsResult, None] = strawberry.subscription(
        resolver=_case_events,
        description="The events of a case that you may see, each once and in order, until you leave.",
    )
    inbox_events: AsyncGenerator[InboxEventsResult, None] = strawberry.subscription(
        resolver=_inbox_events,
        description="What is news for your post: events of cases in which it or its office took part when they"
        " happened, about which either had been told a matter that was open, or which your post followed. Each once and"
        " in order; not what your post did itself, nor notices to others. From level ANONYMOUS on.",
    )
