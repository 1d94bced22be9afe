"""Cancel a planned absence, or end it early: the cover leaves the post."""

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.seat_desk import change_seat, take_seat_for
from casework.work import Work
from models import Incumbency
from models.action_words import SeatAction
from models.vocabulary import EventKind


async def cancel_absence(work: Work, *, seat_id: int, expected_version: int, incumbency_id: int) -> int:
    """End the cover now, or before it begins. Gives the seat's id."""
    seat = await take_seat_for(work, seat_id, SeatAction.PLAN_ABSENCE, expected_version=expected_version)
    cover = await work.session.get(Incumbency, incumbency_id)
    if cover is None or cover.seat_id != seat_id or cover.absent_account_id is None or cover.until is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "incumbency")
    if cover.until <= max(work.now, cover.since):
        raise Refusal(RefusalCode.INCUMBENCY_OVER, "input", "incumbency")
    cover.until = max(work.now, cover.since)
    await work.session.flush()
    cancelled: journal.Payload = {"incumbency": incumbency_id, "until": cover.until.isoformat()}
    await change_seat(work, seat, EventKind.ABSENCE_CANCELLED, cancelled)
    return seat_id
