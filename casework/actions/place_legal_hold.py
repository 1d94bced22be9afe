"""Order that the personal data of a citizen stay, whatever else is due."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.work import Unit
from models import Citizen, LegalHold
from models.privacy_words import HoldGround
from models.vocabulary import EventKind


async def place_legal_hold(work: Unit, *, citizen_id: int, ground: HoldGround, note: str, by: str) -> bool:
    """Write the hold; False when one on this ground stands already, which stays as it is."""
    citizen = await work.session.get_one(Citizen, citizen_id, with_for_update=True, populate_existing=True)
    if await standing_hold(work, citizen_id, ground) is not None:
        return False
    hold = LegalHold(
        id=await work.new_id(), citizen_id=citizen_id, ground=ground, note=note, placed_by=by, placed_at=work.now
    )
    await work.save(hold)
    placed: journal.Payload = {"hold": hold.id, "ground": ground.value}
    await journal.append(work, citizen, EventKind.LEGAL_HOLD_PLACED, placed)
    return True


async def standing_hold(work: Unit, citizen_id: int, ground: HoldGround) -> LegalHold | None:
    standing = select(LegalHold).where(
        col(LegalHold.citizen_id) == citizen_id,
        col(LegalHold.ground) == ground,
        col(LegalHold.released_at).is_(None),
    )
    return (await work.session.scalars(standing)).first()
