"""Confirm that one has taken a post over, with all that its receipt lists."""

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.seat_desk import take_seat
from casework.work import Work
from models import Handover, Incumbency
from models.action_words import SeatAction
from models.vocabulary import EventKind


async def confirm_handover(work: Work, *, handover_id: int) -> int:
    """Note when it was confirmed; confirmed already is no mistake. Takes and raises no version.

    Gives the handover's id.
    """
    handover = await work.session.get(Handover, handover_id)
    if handover is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "handover")
    seat = await take_seat(work, handover.seat_id, SeatAction.CONFIRM_HANDOVER)
    await _check_receiver(work, handover)
    await work.session.refresh(handover)
    if handover.confirmed_at is None:
        handover.confirmed_at, handover.confirmed_by_account_id = work.now, work.by.account_id
        confirmed: journal.Payload = {"handover": handover_id, "account": work.by.account_id}
        await journal.append(work, seat, EventKind.HANDOVER_CONFIRMED, confirmed)
    return handover_id


async def _check_receiver(work: Work, handover: Handover) -> None:
    """Only who took it over confirms; of a post left empty, its mentor or whoever fills it by now."""
    if handover.to_incumbency_id is None:
        return
    taking = await work.session.get_one(Incumbency, handover.to_incumbency_id)
    if (work.by.seat_id, work.by.account_id) != (handover.seat_id, taking.account_id):
        raise Refusal(RefusalCode.NOT_PERMITTED)
