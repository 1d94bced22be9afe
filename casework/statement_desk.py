"""A monthly statement taken onto the desk: its post locked, its last version, the dispute that waits."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, func, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.policy.relations import LEADERS, WITHOUT_CASES
from casework.rules.months import check_over, end_of_month, month_of
from casework.seat_desk import take_seat
from casework.work import Work
from models import Seat, Statement, StatementDispute, StatementDisputeText
from models.action_words import SeatAction
from models.statement_words import StatementDisputeState
from models.vocabulary import EventKind

_BEGINS = select(func.seat_begins(bindparam("seat", type_=BigInteger())))


class StatementOnDesk(NamedTuple):
    """The last version of a post's month, frozen; the post is locked."""

    seat: Seat
    month: date
    version: int


async def take_statement(work: Work, seat_id: int, day: date, action: SeatAction) -> StatementOnDesk:
    """Take the statement of a day's month: permitted, over, frozen, and one that somebody can answer for; else refuse.

    A month before the post existed has none.
    """
    seat = await take_seat(work, seat_id, action)
    if seat.kind in LEADERS:
        raise Refusal(RefusalCode.STATEMENT_UNANSWERABLE, "input", "seat")
    month = month_of(day, "input", "month", now=work.now)
    check_over(month, "input", "month", now=work.now)
    last = select(func.max(col(Statement.version))).where(
        col(Statement.seat_id) == seat_id, col(Statement.month) == month
    )
    version = await work.session.scalar(last)
    if version is None:
        begins = await work.session.scalar(_BEGINS, {"seat": seat_id})
        existed = seat.kind not in WITHOUT_CASES and begins is not None and begins < end_of_month(month)
        raise Refusal(RefusalCode.STATEMENT_NOT_FROZEN if existed else RefusalCode.NOT_FOUND, "input", "month")
    return StatementOnDesk(seat, month, version)


async def dispute_of(work: Work, desk: StatementOnDesk) -> StatementDispute | None:
    """Give the dispute of this version, however it stands."""
    found = select(StatementDispute).where(
        col(StatementDispute.seat_id) == desk.seat.id,
        col(StatementDispute.month) == desk.month,
        col(StatementDispute.version) == desk.version,
    )
    return (await work.session.scalars(found)).first()


async def dispute_to_answer(work: Work, desk: StatementOnDesk) -> StatementDispute:
    """Give the dispute that waits; nobody answers their own, in whatever post."""
    dispute = await dispute_of(work, desk)
    if dispute is None or dispute.state is not StatementDisputeState.PENDING:
        raise Refusal(RefusalCode.STATEMENT_NOT_DISPUTED, "input", "month")
    if dispute.disputed_by_account_id == work.by.account_id:
        raise Refusal(RefusalCode.DISPUTE_OF_ONESELF)
    return dispute


async def answer_dispute(
    work: Work, dispute: StatementDispute, state: StatementDisputeState, *, answer: str | None
) -> None:
    dispute.state, dispute.answered_at = state, work.now
    dispute.answered_by_seat_id, dispute.answered_by_account_id = work.by.seat_id, work.by.account_id
    if answer is not None:
        (await work.session.get_one(StatementDisputeText, dispute.id)).answer = answer
    await work.session.flush()


async def tell_of_statement(work: Work, desk: StatementOnDesk, kind: EventKind, *, version: int, dispute: int) -> None:
    """Write into the post's chain what became of the version; its words stand in the dispute's row."""
    told: journal.Payload = {"month": desk.month.isoformat(), "version": version, "dispute": dispute}
    await journal.append(work, desk.seat, kind, told)
