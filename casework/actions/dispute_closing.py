"""Take a resolved case up again because the citizen disputes the result."""

from casework.actions.reopen_case import go_on
from casework.desk import take_case_for
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import EventKind


async def dispute_closing(work: Work, *, case_id: int, expected_version: int, reason: str) -> int:
    """RESOLVED → IN_PROGRESS; the reason is a note. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.DISPUTE_CLOSING, expected_version=expected_version)
    await go_on(work, desk.case, EventKind.CLOSING_DISPUTED, reason=reason)
    return case_id
