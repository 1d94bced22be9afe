"""Follow a case: it stands on the seat's own list; what the seat sees of it stays the same."""

from casework import journal
from casework.desk import take_case_for
from casework.work import Work
from models import Follow
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind


async def follow_case(work: Work, *, case_id: int) -> int:
    """Begin to follow; following already is no mistake. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.FOLLOW)
    if await work.session.get(Follow, (work.by.seat_id, case_id)) is None:
        await work.save(Follow(seat_id=work.by.seat_id, case_id=case_id, since=work.now))
        await journal.append(work, desk.case, EventKind.CASE_FOLLOWED, {}, audience=Audience.HOLDER_ONLY)
    return case_id
