"""Record what came of a problem: the holder knows it without a referral, or better than the report said."""

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result, write_result
from casework.problems import problem_of_case
from casework.work import Work
from models.action_words import CaseAction
from models.vocabulary import EventKind


async def record_outcome(
    work: Work, *, case_id: int, expected_version: int, problem_type_code: str, result: Result
) -> int:
    """Set the outcome of the case's problem of this type, in place of an earlier one. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.RECORD_OUTCOME, expected_version=expected_version)
    problem = await problem_of_case(work, case_id, problem_type_code)
    if result.outcome is None:
        raise Refusal(RefusalCode.OUTCOME_NEEDED, "input", "outcome")
    write_result(work, problem, result)
    await refresh_clocks(work, desk.case)
    touch(work, desk.case, versioned=True)
    recorded: journal.Payload = {"problemType": problem_type_code, "outcome": result.outcome.value}
    await journal.append(work, desk.case, EventKind.OUTCOME_RECORDED, recorded)
    return case_id
