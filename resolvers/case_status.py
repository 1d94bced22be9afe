"""What a citizen is told of a case: the status card, for its reference and tracking code."""

from casework.errors import Refusal
from casework.policy.window import CARD, OFFICES, PROBLEMS
from casework.rate_limits import check_may_ask
from casework.rules.closing import answer_by, why_not_answered
from casework.rules.references import read_reference
from casework.rules.tracking import FIRST_GENERATION
from casework.tracking import opens
from models.action_words import CaseAction as A
from resolvers.context import Context
from resolvers.rows import StatusRow

MOST_COUNTED = 60
"""Characters of a reference that is none: enough to count it by."""


async def status_by_code(context: Context, reference: str, tracking_code: str) -> StatusRow | None:
    """Give the card; None after the same steps, whichever of the two is wrong."""
    return await card_by_code(context, await count_question(context, reference), tracking_code)


async def card_by_code(context: Context, reference: str | None, tracking_code: str) -> StatusRow | None:
    """Give the card to whoever was counted; `reference` is None when it is none."""
    found = await context.rows(CARD, {"reference": reference or ""})
    case = found[0] if found else None
    case_id, generation = (case.id, case.tracking_generation) if case else (None, FIRST_GENERATION)
    if not opens(context.keys, tracking_code, case_id, generation) or case is None:
        return None
    problems = await context.rows(PROBLEMS, {"case_id": case.id})
    offices = await context.rows(OFFICES, {"case_id": case.id})
    return StatusRow(
        reference=case.reference,
        state=case.state,
        opened_at=case.opened_at,
        updated_at=case.updated_at,
        due_at=case.due_at,
        awaits_confirmation=why_not_answered(A.CONFIRM_CLOSING, case.state, sensitive=case.sensitive) is None,
        may_dispute=why_not_answered(A.DISPUTE_CLOSING, case.state, sensitive=case.sensitive) is None,
        answer_by=answer_by(case.state, resolved_at=case.resolved_at, sensitive=case.sensitive),
        problem_type_codes=[row.problem_type_code for row in problems],
        office_ids=[row.office_id for row in offices],
    )


async def count_question(context: Context, reference: str) -> str | None:
    """Count a question or an answer about a reference, which it gives as it is kept; None when it is none.

    Outside the operation, which must not wait for a connection while it holds one.
    By address first: whoever asks too often does not use up what others may ask about the reference.
    """
    wanted = _readable(reference)
    counted = wanted or reference[:MOST_COUNTED]
    services, limits = context.services, context.services.status_limits
    await context.refresh()
    for who, most in (
        (f"address {context.address}", limits.per_address),
        (f"reference {counted}", limits.per_reference),
    ):
        await check_may_ask(services.writer, services.keys, who=who, most=most, now=services.clock())
    return wanted


def _readable(reference: str) -> str | None:
    try:
        return read_reference(reference)
    except Refusal:
        return None
