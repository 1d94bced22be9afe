"""Report the result of a referral, and with it the outcome of its problem."""

from dataclasses import dataclass
from decimal import Decimal

from casework import journal
from casework.actions.end_referral import end_referral
from casework.desk import take_referral_for
from casework.errors import Refusal, RefusalCode
from casework.rules import texts
from casework.rules.amounts import amount
from casework.work import Work
from models import CaseProblem, ReferralContent
from models.vocabulary import EventKind, Outcome, ReferralAction


@dataclass(frozen=True, slots=True)
class Result:
    """The office's report; an outcome, if one was reached, with amounts in baht.

    Of several reports on one problem the last outcome stands, and each amount as last given.
    """

    report: str
    outcome: Outcome | None = None
    amount_claimed: Decimal | None = None
    amount_recovered: Decimal | None = None


async def complete_referral(work: Work, *, referral_id: int, expected_version: int, result: Result) -> int:
    """IN_PROGRESS → COMPLETED. Gives the referral's id."""
    referral, desk = await take_referral_for(
        work, referral_id, ReferralAction.COMPLETE, expected_version=expected_version
    )
    report = texts.clean(result.report, "input", "report", limit=texts.LONG)
    claimed = amount(result.amount_claimed, "input", "amountClaimed")
    recovered = amount(result.amount_recovered, "input", "amountRecovered")
    if result.outcome is None and (claimed is not None or recovered is not None):
        raise Refusal(RefusalCode.OUTCOME_NEEDED, "input", "outcome")
    content = await work.session.get_one(ReferralContent, referral_id)
    content.report = report
    problem = await work.session.get_one(CaseProblem, referral.problem_id)
    if result.outcome is not None:
        problem.outcome, problem.outcome_at = result.outcome, work.now
    if claimed is not None:
        problem.amount_claimed = claimed
    if recovered is not None:
        problem.amount_recovered = recovered
    await end_referral(work, referral, desk, ReferralAction.COMPLETE)
    completed: journal.Payload = {
        "referral": referral_id,
        "office": referral.to_office_id,
        "problemType": problem.problem_type_code,
        "outcome": result.outcome.value if result.outcome else None,
    }
    await journal.append(work, desk.case, EventKind.REFERRAL_COMPLETED, completed)
    return referral_id
