"""The citizen's own way to a case: by reference and tracking code, to answer its result. No account, no post."""

from sqlalchemy import select
from sqlmodel import col

from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.policy.wall import enter_window
from casework.policy.window import CARD
from casework.rules.tracking import FIRST_GENERATION
from casework.tracking import opens
from casework.work import Unit
from models import Case


async def take_case_by_code(work: Unit, keys: Keys, *, reference: str | None, tracking_code: str) -> Case:
    """Lock the case that reference and code open; refuse all that is wrong alike, after the same steps."""
    card = (await work.session.execute(CARD, {"reference": reference or ""})).first()
    case_id, generation = (card.id, card.tracking_generation) if card else (None, FIRST_GENERATION)
    if not opens(keys, tracking_code, case_id, generation) or card is None:
        raise Refusal(RefusalCode.TRACKING_CODE_WRONG)
    await enter_window(work.session, case_id=card.id, generation=generation)
    lock = select(Case).where(col(Case.id) == card.id).with_for_update(key_share=True)
    case = (await work.session.scalars(lock)).first()
    if case is None or case.tracking_generation != generation:  # the code was renewed meanwhile
        raise Refusal(RefusalCode.TRACKING_CODE_WRONG)
    work.now = max(work.now, case.updated_at)
    return case
