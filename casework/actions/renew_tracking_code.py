"""Give the citizen of a case a new tracking code: the one before opens nothing from now on."""

from casework import journal
from casework.desk import take_case_for, touch
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import EventKind


async def renew_tracking_code(work: Work, *, case_id: int, expected_version: int) -> int:
    """Raise the generation that the code is made from; the code itself is written nowhere. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.RENEW_TRACKING_CODE, expected_version=expected_version)
    desk.case.tracking_generation += 1
    touch(work, desk.case, versioned=True)
    renewed: journal.Payload = {"generation": desk.case.tracking_generation}
    await journal.append(work, desk.case, EventKind.TRACKING_CODE_RENEWED, renewed)
    return case_id
