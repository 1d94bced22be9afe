"""Answer a dispute by saying why the figures stand."""

from datetime import date

from casework.rules import texts
from casework.statement_desk import answer_dispute, dispute_to_answer, take_statement, tell_of_statement
from casework.work import Work
from models.action_words import SeatAction
from models.statement_words import StatementDisputeState
from models.vocabulary import EventKind


async def uphold_statement(work: Work, *, seat_id: int, month: date, answer: str) -> int:
    """PENDING → UPHELD; the version stays the last. Gives the dispute's id."""
    tidy = texts.clean(answer, "input", "answer", limit=texts.LONG)
    desk = await take_statement(work, seat_id, month, SeatAction.ANSWER_STATEMENT)
    dispute = await dispute_to_answer(work, desk)
    await answer_dispute(work, dispute, StatementDisputeState.UPHELD, answer=tidy)
    await tell_of_statement(work, desk, EventKind.STATEMENT_UPHELD, version=desk.version, dispute=dispute.id)
    return dispute.id
