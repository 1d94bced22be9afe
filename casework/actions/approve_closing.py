"""Close a sensitive case: a second person has looked at it."""

from casework.desk import take_case_for
from casework.ending import close_case
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import ClosingGround


async def approve_closing(work: Work, *, case_id: int, expected_version: int) -> int:
    """RESOLVED → CLOSED, by another account than the one that resolved it. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.APPROVE_CLOSING, expected_version=expected_version)
    await close_case(work, desk.case, ClosingGround.APPROVED)
    return case_id
