"""Days of key events, as clients give them."""

from collections.abc import Sequence
from datetime import date

import strawberry

from casework.errors import Refusal, RefusalCode
from models.clock_words import KeyEvent


@strawberry.input(description="The day on which something happened that legal clocks count from, or that ends one.")
class KeyDateInput:
    event: KeyEvent = strawberry.field(description="What happened.")
    day: date = strawberry.field(description="The day in Thailand; a Christian year.")


def key_dates(given: Sequence[KeyDateInput], *path: str) -> dict[KeyEvent, date]:
    """Give the days by event, in the order given; refuse an event given twice."""
    days: dict[KeyEvent, date] = {}
    for at, each in enumerate(given):
        if each.event in days:
            raise Refusal(RefusalCode.KEY_DATE_REPEATED, *path, str(at), "event")
        days[each.event] = each.day
    return days
