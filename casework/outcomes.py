"""What came of a problem: the outcome and the amounts, checked and written."""

from dataclasses import dataclass
from decimal import Decimal

from casework.errors import Refusal, RefusalCode
from casework.rules.amounts import amount
from casework.work import Work
from models import CaseProblem
from models.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome, if one was reached, with amounts in baht.

    Of several results of one problem the last outcome stands, and each amount as last given.
    """

    outcome: Outcome | None = None
    amount_claimed: Decimal | None = None
    amount_recovered: Decimal | None = None


def write_result(work: Work, problem: CaseProblem, result: Result) -> None:
    """Refuse amounts without an outcome, negative ones, and those finer than a satang."""
    claimed = amount(result.amount_claimed, "input", "amountClaimed")
    recovered = amount(result.amount_recovered, "input", "amountRecovered")
    if result.outcome is None:
        if claimed is not None or recovered is not None:
            raise Refusal(RefusalCode.OUTCOME_NEEDED, "input", "outcome")
        return
    problem.outcome, problem.outcome_at = result.outcome, work.now
    if claimed is not None:
        problem.amount_claimed = claimed
    if recovered is not None:
        problem.amount_recovered = recovered
