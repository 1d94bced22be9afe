"""Close a resolved case that nobody disputed in time: the system's own verb."""

from casework.ending import close_case
from casework.rules.closing import closes_by_itself
from casework.work import KEY_STAYS, Unit
from models import Case
from models.vocabulary import CaseState, ClosingGround


async def close_undisputed(work: Unit, *, case_id: int) -> bool:
    """RESOLVED → CLOSED; False when it went on meanwhile, is sensitive, or there is still time to dispute."""
    case = await work.session.get_one(Case, case_id, with_for_update=KEY_STAYS, populate_existing=True)
    work.now = max(work.now, case.updated_at)
    if case.state is not CaseState.RESOLVED or case.resolved_at is None:
        return False
    if not closes_by_itself(resolved_at=case.resolved_at, sensitive=case.sensitive, now=work.now):
        return False
    await close_case(work, case, ClosingGround.TIMED_OUT)
    return True
