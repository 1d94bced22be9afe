"""A case's problems, found by their type."""

from sqlalchemy import select
from sqlmodel import col

from casework.errors import Refusal, RefusalCode
from casework.work import Work
from models import CaseProblem


async def problem_of_case(work: Work, case_id: int, problem_type_code: str) -> CaseProblem:
    """Give the case's problem of this type; refuse unknown types and those that the case does not have."""
    if problem_type_code not in work.reference.problem_types:
        raise Refusal(RefusalCode.PROBLEM_TYPE_UNKNOWN, "input", "problemType")
    wanted = select(CaseProblem).where(
        col(CaseProblem.case_id) == case_id,
        col(CaseProblem.problem_type_code) == problem_type_code,
    )
    problem = (await work.session.scalars(wanted)).first()
    if problem is None:
        raise Refusal(RefusalCode.PROBLEM_NOT_OF_CASE, "input", "problemType")
    return problem
