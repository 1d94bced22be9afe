"""What a citizen is told of a case: the status card, for its reference and tracking code."""

from casework.errors import Refusal
from casework.policy.window import CARD, OFFICES, PROBLEMS
from casework.rate_limits import check_may_ask
from casework.rules.references import read_reference
from casework.tracking import opens
from resolvers.context import Context
from resolvers.rows import StatusRow

FIRST = 1
"""The generation of a code that nobody has renewed."""
MOST_COUNTED = 60
"""Characters of a reference that is none: enough to count it by."""


async def status_by_code(context: Context, reference: str, tracking_code: str) -> StatusRow | None:
    """Give the card; None after the same steps, whichever of the two is wrong."""
    wanted = _readable(reference)
    await _count(context, wanted or reference[:MOST_COUNTED])
    found = await context.rows(CARD, {"reference": wanted or ""})
    case = found[0] if found else None
    case_id, generation = (case.id, case.tracking_generation) if case else (None, FIRST)
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
        problem_type_codes=[row.problem_type_code for row in problems],
        office_ids=[row.office_id for row in offices],
    )


async def _count(context: Context, reference: str) -> None:
    """Count the question outside the operation, which must not wait for a connection while it holds one.

    By address first: whoever asks too often does not use up what others may ask about the reference.
    """
    services, limits = context.services, context.services.status_limits
    await context.refresh()
    for who, most in (
        (f"address {context.address}", limits.per_address),
        (f"reference {reference}", limits.per_reference),
    ):
        await check_may_ask(services.writer, services.keys, who=who, most=most, now=services.clock())


def _readable(reference: str) -> str | None:
    try:
        return read_reference(reference)
    except Refusal:
        return None
