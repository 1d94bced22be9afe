"""What tests of the citizen's own window share: the question, and what the citizen was told to ask it with."""

from typing import Any

from casework.tracking import tracking_code
from tests.world import World

SHORT = """query ($reference: String!, $code: String!) {
  caseStatus(reference: $reference, trackingCode: $code) { state } }"""


async def told(world: World, case_id: int) -> dict[str, Any]:
    """What the citizen was told: reference and code."""
    (case,) = await world.rows('SELECT reference, tracking_generation FROM "case" WHERE id = :id', id=case_id)
    return {"reference": case.reference, "code": tracking_code(world.keys, case_id, case.tracking_generation)}
