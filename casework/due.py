"""The earliest open clock of a case, kept on its row so that boards can show and order by it."""

from sqlalchemy import select
from sqlmodel import col

from casework.rules.deadlines import due_of
from casework.rules.states import REFERRAL_OPEN
from casework.work import Unit
from models import Case, Referral


async def refresh_due(work: Unit, case: Case) -> None:
    """Recompute `due_at`: an unanswered referral is due by `respond_by`, an accepted one by `result_by`."""
    open_ones = select(Referral).where(
        col(Referral.case_id) == case.id,
        col(Referral.state).in_(REFERRAL_OPEN),
    )
    times = [
        due_of(referral.state, respond_by=referral.respond_by, result_by=referral.result_by)
        for referral in await work.session.scalars(open_ones)
    ]
    case.due_at = min((time for time in times if time is not None), default=None)
