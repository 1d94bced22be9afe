"""Report the result of a referral, and with it the outcome of its problem."""

from sqlalchemy import func, select

from casework import journal
from casework.actions.end_referral import end_referral
from casework.desk import take_referral_for
from casework.errors import Refusal, RefusalCode
from casework.outcomes import Result, write_result
from casework.rules import texts
from casework.tasks import refresh_tasks
from casework.work import Work
from models import CaseProblem
from models.action_words import ReferralAction
from models.vocabulary import EventKind, ReferralKind

NO_RESULT = Result()


async def complete_referral(
    work: Work, *, referral_id: int, expected_version: int, report: str, result: Result = NO_RESULT
) -> int:
    """IN_PROGRESS → COMPLETED; an opinion sets no outcome. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.COMPLETE, expected_version=expected_version
    )
    told = texts.clean(report, "input", "report", limit=texts.LONG)
    if referral.kind is ReferralKind.CONSULT and result != NO_RESULT:
        raise Refusal(RefusalCode.OUTCOME_UNWANTED, "input", "outcome")
    await work.session.execute(select(func.answer_referral(referral_id, None, told)))
    problem = await work.session.get_one(CaseProblem, referral.problem_id)
    write_result(work, problem, result)
    await end_referral(work, referral, desk, ReferralAction.COMPLETE)
    await refresh_tasks(work, desk.case)
    completed: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "problemType": problem.problem_type_code,
        "outcome": result.outcome.value if result.outcome else None,
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_COMPLETED, completed)
    return referral_id
