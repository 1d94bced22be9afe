"""End somebody's time in a post; access by the post ends with it, the cases stay with the post."""

from datetime import datetime

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import coming
from casework.seat_desk import change_seat, check_free, take_seat_for
from casework.work import Work
from models import Incumbency
from models.action_words import SeatAction
from models.vocabulary import EventKind, IncumbencyKind


async def end_incumbency(
    work: Work, *, seat_id: int, expected_version: int, incumbency_id: int, until: datetime | None = None
) -> int:
    """End it now, or at a coming time after its beginning. Gives the seat's id."""
    seat = await take_seat_for(work, seat_id, SeatAction.END_INCUMBENCY, expected_version=expected_version)
    incumbency = await work.session.get(Incumbency, incumbency_id)
    if incumbency is None or incumbency.seat_id != seat_id:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "incumbency")
    if incumbency.until is not None and incumbency.until <= work.now:
        raise Refusal(RefusalCode.INCUMBENCY_OVER, "input", "incumbency")
    end = coming(until, "input", "until", now=work.now)
    if end <= incumbency.since:
        raise Refusal(RefusalCode.PERIOD_EMPTY, "input", "until")
    if incumbency.kind is IncumbencyKind.PRIMARY and incumbency.until is not None and incumbency.until < end:
        await check_free(work, seat_id, incumbency.until, end)
    incumbency.until = end
    await work.session.flush()
    ended: journal.Payload = {"incumbency": incumbency_id, "account": incumbency.account_id, "until": end.isoformat()}
    await change_seat(work, seat, EventKind.INCUMBENCY_ENDED, ended)
    return seat_id
