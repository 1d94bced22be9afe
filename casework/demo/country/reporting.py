"""How referrals end: by a report, given back, or by silence; and outcomes that holders record."""

from decimal import Decimal

from casework.demo.country.case_rows import ProblemRow
from casework.demo.country.dossier import Dossier, Sent
from casework.demo.country.posts import Post
from casework.demo.country.referring import end, named
from casework.journal import Payload
from models.vocabulary import EventKind, Outcome, ReasonCategory, ReferralState


def complete(
    dossier: Dossier,
    sent: Sent,
    problem: ProblemRow,
    *,
    by: Post,
    report: str,
    outcome: Outcome | None,
    claimed: Decimal | None,
    recovered: Decimal | None,
) -> None:
    sent.content.report = report
    if outcome is not None:
        write_outcome(dossier, problem, outcome, claimed=claimed, recovered=recovered)
    end(dossier, sent, ReferralState.COMPLETED)
    completed: Payload = {
        **named(sent.row),
        "problemType": problem.problem_type_code,
        "outcome": outcome.value if outcome else None,
    }
    dossier.append(EventKind.REFERRAL_COMPLETED, completed, by=by)


def write_outcome(
    dossier: Dossier, problem: ProblemRow, outcome: Outcome, *, claimed: Decimal | None, recovered: Decimal | None
) -> None:
    problem.outcome, problem.outcome_at = outcome, dossier.country.now
    problem.amount_claimed, problem.amount_recovered = claimed, recovered


def give_back(
    dossier: Dossier,
    sent: Sent,
    kind: EventKind,
    state: ReferralState,
    *,
    by: Post,
    reply: str,
    category: ReasonCategory,
) -> None:
    """Reject, recall or return it, with a reason."""
    sent.content.reply, sent.row.reply_category = reply, category
    end(dossier, sent, state)
    payload: Payload = {**named(sent.row), "category": category.value}
    if kind is not EventKind.REFERRAL_RECALLED:
        payload["suggestedOffice"] = None
    dossier.append(kind, payload, by=by)


def lapse(dossier: Dossier, sent: Sent) -> None:
    """Nobody answered: the system gives it back."""
    end(dossier, sent, ReferralState.LAPSED)
    dossier.append(EventKind.REFERRAL_LAPSED, named(sent.row), by=None)


def record_outcome(
    dossier: Dossier,
    problem: ProblemRow,
    outcome: Outcome,
    *,
    by: Post,
    claimed: Decimal | None,
    recovered: Decimal | None,
) -> None:
    """The holder knows it without a referral."""
    write_outcome(dossier, problem, outcome, claimed=claimed, recovered=recovered)
    dossier.touch(versioned=True)
    recorded: Payload = {"problemType": problem.problem_type_code, "outcome": outcome.value}
    dossier.append(EventKind.OUTCOME_RECORDED, recorded, by=by)
