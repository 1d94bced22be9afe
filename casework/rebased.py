"""A case on which an operation is done although it was decided on an older version."""

from casework.desk import take_case
from casework.errors import Refusal, RefusalCode
from casework.problems import problem_of_case
from casework.rules.rebasing import RESTS_ON, Ground, Present, Seen, may_rebase
from casework.versions import Versioned
from casework.work import Work
from models.action_words import CaseAction


async def version_to_rebase_on(
    work: Work, case_id: int, action: CaseAction, seen: Seen, *, problem_type_code: str | None = None
) -> int:
    """Lock the case and give its version, on which the action may be done; else refuse with a version conflict."""
    desk = await take_case(work, case_id)
    outcome = None
    if Ground.NO_OUTCOME in RESTS_ON[action] and problem_type_code is not None:
        outcome = (await problem_of_case(work, case_id, problem_type_code)).outcome
    present = Present(desk.state, desk.holder_seat_id, desk.holder_office_id, outcome)
    if not may_rebase(action, seen, present):
        raise Refusal(RefusalCode.VERSION_CONFLICT, "input", "expectedVersion", subject=(Versioned.CASE, case_id))
    return desk.case.version
