"""Take a resolved case up again because its citizen disputes the result by reference and tracking code."""

from casework.actions.reopen_case import go_on
from casework.errors import Refusal
from casework.rules.closing import why_not_answered
from casework.work import Unit
from models import Case
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind


async def dispute_closing_by_code(work: Unit, case: Case, *, reason: str) -> None:
    """RESOLVED → IN_PROGRESS; the reason is a note of the citizen's. The code was right, the case is locked."""
    against = why_not_answered(CaseAction.DISPUTE_CLOSING, case.state, sensitive=case.sensitive)
    if against is not None:
        raise Refusal(against)
    await go_on(work, case, EventKind.CLOSING_DISPUTED, reason=reason, audience=Audience.CITIZEN)
