"""Give a referral back to its sender because nobody answered: the system's own verb."""

from casework import journal
from casework.clocks import refresh_clocks
from casework.desk import touch
from casework.participations import end_participations
from casework.rules.deadlines import lapses_at
from casework.rules.states import LAPSES
from casework.work import KEY_STAYS, Unit
from models import Case, Referral
from models.vocabulary import EventKind


async def lapse_referral(work: Unit, *, referral_id: int) -> bool:
    """SENT or RECEIVED → LAPSED; False when somebody answered meanwhile or there is still time."""
    case_id = (await work.session.get_one(Referral, referral_id)).case_id
    case = await work.session.get_one(Case, case_id, with_for_update=KEY_STAYS, populate_existing=True)
    referral = await work.session.get_one(Referral, referral_id, populate_existing=True)
    work.now = max(work.now, case.updated_at)
    if referral.state not in LAPSES or not _is_time(work, referral, case):
        return False
    referral.state, referral.ended_at = LAPSES[referral.state], work.now
    referral.version += 1
    await end_participations(work, case_id, referral_id=referral_id)
    await refresh_clocks(work, case)
    touch(work, case, versioned=False)
    lapsed: journal.Payload = {"referral": referral_id, "office": referral.to_office_id}
    await journal.append(work, case, EventKind.REFERRAL_LAPSED, lapsed)
    return True


def _is_time(work: Unit, referral: Referral, case: Case) -> bool:
    at = lapses_at(
        work.reference.standards,
        kind=referral.kind,
        priority=case.priority,
        sent_at=referral.sent_at,
        respond_by=referral.respond_by,
        holidays=work.reference.holidays,
    )
    return at is not None and at <= work.now
