"""The clocks of referrals: a case's earliest stands on its row for boards; the journal tells them as they are set."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlmodel import col

from casework.journal import Payload
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


class Clocked(Protocol):
    """A referral, or a row of one."""

    @property
    def respond_by(self) -> datetime | None: ...
    @property
    def result_by(self) -> datetime | None: ...


def clocks_told(referral: Clocked) -> Payload:
    """Give the clocks for the payload of an event that sets them: the row forgets them with the next one."""
    return {"respondBy": _iso(referral.respond_by), "resultBy": _iso(referral.result_by)}


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
