"""Follow a case no longer."""

from casework import journal
from casework.desk import take_case_for
from casework.work import Work
from models import Follow
from models.action_words import CaseAction
from models.vocabulary import Audience, EventKind


async def unfollow_case(work: Work, *, case_id: int) -> int:
    """Stop following; not following is no mistake. Gives the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.FOLLOW)
    follow = await work.session.get(Follow, (work.by.seat_id, case_id))
    if follow is not None:
        await work.session.delete(follow)
        await journal.append(work, desk.case, EventKind.CASE_UNFOLLOWED, {}, audience=Audience.HOLDER_ONLY)
    return case_id
