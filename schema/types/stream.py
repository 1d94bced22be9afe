"""What streams of events say besides events: that they moved on, cannot go on, or are over."""

from typing import Any, Self

import strawberry

from models.stream_words import AccessEndReason, ResyncReason
from resolvers.context import Context
from resolvers.feed_points import FeedPoint
from schema.binding import worked_out
from schema.cursors import event_cursor
from schema.ids import seal_id


def cursor_of(told: Any, context: Context) -> str:
    """Give the cursor behind something that a stream tells."""
    return event_cursor(context, told.point)


_ANEW = {True: "กรุณาโหลดหน้าจอใหม่ แล้วเริ่มต่อจาก cursor", False: "Read your screens anew, and begin from `cursor`."}
_ON = {True: "กรุณาเริ่มต่อจาก cursor", False: "Begin again from `cursor`."}


@strawberry.type(
    description="Nothing more is news for you up to here. The first thing that a stream without `after` says, and said"
    " again when much has happened that does not concern you: keep the cursor in place of the last one."
)
class CursorMoved:
    point: strawberry.Private[FeedPoint]
    cursor: str = worked_out(cursor_of, "Give it back as `after` to continue from here.")

    @classmethod
    def to(cls, point: FeedPoint, context: Context) -> Self:  # noqa: ARG003 - as the other words of the service
        return cls(point=point)


@strawberry.type(
    description="The stream cannot go on. The last thing it says. Subscribe anew from `cursor`; unless the reason is"
    " FELL_BEHIND, what was missed is not known: then read your screens anew, and nothing is lost between the two."
)
class ResyncRequired:
    cursor: str = strawberry.field(description="The place from which to subscribe anew: now, or where you stopped.")
    reason: ResyncReason = strawberry.field(description="Why it cannot go on.")
    message: str = strawberry.field(
        description="The same as a sentence, with what to do next, in the language you accept."
    )

    @classmethod
    def because(cls, reason: ResyncReason, point: FeedPoint, context: Context) -> Self:
        why = reason.th if context.thai else reason.description
        then = _ON if reason is ResyncReason.FELL_BEHIND else _ANEW
        return cls(cursor=event_cursor(context, point), reason=reason, message=f"{why} {then[context.thai]}")


@strawberry.type(
    description="You heard the events of this case until now, and may no longer. The last thing the stream says."
)
class AccessEnded:
    case_id: strawberry.ID = strawberry.field(description="Id of the case.")
    why: AccessEndReason = strawberry.field(description="What you still see of it.")
    message: str = strawberry.field(description="The same as a sentence in the language you accept.")

    @classmethod
    def because(cls, reason: AccessEndReason, case_id: int, context: Context) -> Self:
        message = reason.th if context.thai else reason.description
        return cls(case_id=seal_id(context, "Case", case_id), why=reason, message=message)
