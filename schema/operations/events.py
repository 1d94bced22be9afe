"""Subscriptions: a case's events as they happen, continued by cursor."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any

import strawberry

from casework.errors import Refusal
from resolvers.cases import cases_by_ids
from resolvers.feeds import follow_case
from schema.binding import Info, linked
from schema.cursors import event_cursor, read_event_cursor
from schema.ids import wanted_id
from schema.refusals import InvalidInput, NotFound, NotPermitted, as_data
from schema.types.labour_case import Case
from schema.types.timeline import TimelineEvent


@strawberry.type(description="Something happened to the case.")
class CaseEvent:
    cursor: str = strawberry.field(description="Give it back as `after` to continue exactly behind this event.")
    event: TimelineEvent = strawberry.field(description="What happened.")
    case_id: strawberry.Private[int]
    case: Case | None = linked(cases_by_ids, "The case as it stands now.", of="case_id")


CaseEventsResult = Annotated[
    CaseEvent | NotFound | NotPermitted | InvalidInput,
    strawberry.union(
        "CaseEventsResult", description="What `caseEvents` delivers; a refusal is the last thing it says."
    ),
]


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
        position = None if after is None else read_event_cursor(context, after)
        async for event, at in follow_case(context, number, position):
            row: Any = event
            yield CaseEvent(cursor=event_cursor(context, at), event=row, case_id=number)
    except Refusal as refused:
        yield await as_data(refused, context)


@strawberry.type(description="What is delivered as it happens, over graphql-transport-ws.")
class Subscription:
    case_events: AsyncGenerator[CaseEventsResult, None] = strawberry.subscription(
        resolver=_case_events,
        description="The events of a case that you may see, each once and in order, until you leave.",
    )
