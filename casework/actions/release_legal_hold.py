"""Release an order that the personal data of a citizen stay."""

from casework import journal
from casework.actions.place_legal_hold import standing_hold
from casework.work import Unit
from models import Citizen
from models.privacy_words import HoldGround
from models.vocabulary import EventKind


async def release_legal_hold(work: Unit, *, citizen_id: int, ground: HoldGround, by: str) -> bool:
    """End the hold; False when none stands on this ground. The row stays: that there was one is part of the record."""
    citizen = await work.session.get_one(Citizen, citizen_id, with_for_update=True, populate_existing=True)
    hold = await standing_hold(work, citizen_id, ground)
    if hold is None:
        return False
    hold.released_at, hold.released_by = work.now, by
    released: journal.Payload = {"hold": hold.id, "ground": ground.value}
    await journal.append(work, citizen, EventKind.LEGAL_HOLD_RELEASED, released)
    return True
