"""Answer a dispute by counting the month anew, as the next version; nobody types a figure."""

from datetime import date

from sqlalchemy import BigInteger, bindparam, func, select

from casework.rules import texts
from casework.statement_desk import answer_dispute, dispute_to_answer, take_statement, tell_of_statement
from casework.work import Work
from models.action_words import SeatAction
from models.statement_words import StatementDisputeState
from models.vocabulary import EventKind

_DRAW_UP = select(func.correct_statement(bindparam("dispute", type_=BigInteger())))


async def correct_statement(work: Work, *, seat_id: int, month: date, answer: str | None = None) -> int:
    """PENDING → CORRECTED; the version before stays as it was. Gives the dispute's id."""
    tidy = texts.clean_optional(answer, "input", "answer", limit=texts.LONG)
    desk = await take_statement(work, seat_id, month, SeatAction.ANSWER_STATEMENT)
    dispute = await dispute_to_answer(work, desk)
    version: int = (await work.session.execute(_DRAW_UP, {"dispute": dispute.id})).scalar_one()
    await answer_dispute(work, dispute, StatementDisputeState.CORRECTED, answer=tidy)
    await tell_of_statement(work, desk, EventKind.STATEMENT_CORRECTED, version=version, dispute=dispute.id)
    return dispute.id
