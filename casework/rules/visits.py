"""When a visit can have been."""

from datetime import datetime

from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import bangkok_day, happened
from models.field_words import VisitOutcome


def visited_when(
    outcome: VisitOutcome,
    visited_at: datetime | None,
    *path: str,
    planned_at: datetime | None,
    captured_at: datetime | None,
    now: datetime,
) -> datetime | None:
    """Give when somebody went, when it was told unless they say so; nobody went on a visit that was cancelled.

    Refuses the future, the far past, Buddhist years, and a day before the one on which the visit was planned.
    """
    if outcome is VisitOutcome.CANCELLED:
        if visited_at is not None:
            raise Refusal(RefusalCode.VISITED_AT_UNWANTED, *path)
        return None
    at = happened(visited_at, *path, now=now) or captured_at or now
    if planned_at is not None and bangkok_day(at) < bangkok_day(planned_at):
        raise Refusal(RefusalCode.DATES_CONTRADICT, *path, earlier="Visit.madeAt", later="visitedAt")
    return at
