"""Dispute a frozen statement of the own post, with a reason."""

from datetime import date

from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.statement_desk import dispute_of, take_statement, tell_of_statement
from casework.work import Work
from models import StatementDispute, StatementDisputeText
from models.action_words import SeatAction
from models.statement_words import StatementDisputeState
from models.vocabulary import EventKind


async def dispute_statement(work: Work, *, seat_id: int, month: date, reason: str) -> int:
    """Write the dispute of the last version of a day's month; each version is disputed once.

    Takes and raises no version of the post. Gives the dispute's id.
    """
    why = texts.clean(reason, "input", "reason", limit=texts.LONG)
    desk = await take_statement(work, seat_id, month, SeatAction.DISPUTE_STATEMENT)
    if await dispute_of(work, desk) is not None:
        raise Refusal(RefusalCode.STATEMENT_DISPUTED_ALREADY, "input", "month")
    dispute = StatementDispute(
        id=await work.new_id(),
        seat_id=seat_id,
        month=desk.month,
        version=desk.version,
        state=StatementDisputeState.PENDING,
        disputed_at=work.now,
        disputed_by_account_id=work.by.account_id,
    )
    await work.save(dispute, StatementDisputeText(dispute_id=dispute.id, reason=why))
    await tell_of_statement(work, desk, EventKind.STATEMENT_DISPUTED, version=desk.version, dispute=dispute.id)
    return dispute.id
