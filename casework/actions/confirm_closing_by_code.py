"""Close a case because its citizen confirmed the result by reference and tracking code."""

from casework.ending import close_case
from casework.errors import Refusal
from casework.rules.closing import why_not_answered
from casework.work import Unit
from models import Case
from models.action_words import CaseAction
from models.vocabulary import ClosingGround


async def confirm_closing_by_code(work: Unit, case: Case) -> None:
    """RESOLVED → CLOSED; a sensitive case waits for a second person instead. The code was right, the case is locked."""
    against = why_not_answered(CaseAction.CONFIRM_CLOSING, case.state, sensitive=case.sensitive)
    if against is not None:
        raise Refusal(against)
    await close_case(work, case, ClosingGround.CONFIRMED)
