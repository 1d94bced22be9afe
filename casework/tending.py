"""What time demands: unanswered referrals go back to their senders, undisputed results close their cases.

And what nobody else can write: cases are told that they share an employer or a recruiter with others.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.actions.close_undisputed import close_undisputed
from casework.actions.lapse_referral import lapse_referral
from casework.actions.tell_incident import tell_incident
from casework.reference.data import ReferenceData
from casework.rules.closing import TO_DISPUTE
from casework.rules.states import ENDED, LAPSES
from casework.work import Unit
from models import Case, Incident, IncidentCase, Referral
from models.incident_words import IncidentState
from models.vocabulary import CaseState

Progress = Callable[[str, int, int], None]
"""Called with what is being looked at, how many are done, and how many there are."""


class Tended(NamedTuple):
    """How many referrals lapsed, how many cases were closed, and how many were told of an incident."""

    lapsed: int
    closed: int
    told: int = 0


async def tend(worker: AsyncEngine, reference: ReferenceData, *, now: datetime, progress: Progress) -> Tended:
    """Do what is due at `now`, each in a transaction of its own; doing it twice changes nothing more.

    The system acts as the role prasan_worker, which sees every case and no person.
    """
    overdue = select(col(Referral.id)).where(
        col(Referral.state).in_(list(LAPSES)),
        col(Referral.respond_by) < now,
    )
    undisputed = select(col(Case.id)).where(
        col(Case.state) == CaseState.RESOLVED,
        col(Case.sensitive).is_(False),
        col(Case.resolved_at) <= now - TO_DISPUTE,
    )

    def unit(session: AsyncSession) -> Unit:
        return Unit(session=session, now=now, reference=reference)

    lapsed = await _each(
        worker,
        overdue.order_by(col(Referral.respond_by), col(Referral.id)),
        lambda session, id_: lapse_referral(unit(session), referral_id=id_),
        lambda done, total: progress("referrals", done, total),
    )
    closed = await _each(
        worker,
        undisputed.order_by(col(Case.resolved_at), col(Case.id)),
        lambda session, id_: close_undisputed(unit(session), case_id=id_),
        lambda done, total: progress("cases", done, total),
    )
    return Tended(lapsed, closed, await _tell(worker, unit, progress))


async def _tell(worker: AsyncEngine, unit: Callable[[AsyncSession], Unit], progress: Progress) -> int:
    """Tell the cases that have joined an incident; those that may not be told are asked again the next time."""
    untold = (
        select(col(IncidentCase.case_id), col(IncidentCase.incident_id))
        .join(Case, col(Case.id) == col(IncidentCase.case_id))
        .join(Incident, col(Incident.id) == col(IncidentCase.incident_id))
        .where(
            col(IncidentCase.told_at).is_(None),
            col(Incident.state) != IncidentState.DISMISSED,
            col(Case.sensitive).is_(False),
            col(Case.state).not_in(sorted(ENDED)),
        )
        .order_by(col(IncidentCase.case_id), col(IncidentCase.incident_id))
    )
    async with AsyncSession(worker) as session:
        pairs = [(row.incident_id, row.case_id) for row in await session.execute(untold)]
    told = 0
    for at, (incident_id, case_id) in enumerate(pairs, 1):
        async with AsyncSession(worker, expire_on_commit=False) as session, session.begin():
            told += await tell_incident(unit(session), incident_id=incident_id, case_id=case_id)
        progress("incidents", at, len(pairs))
    return told


async def _each(
    worker: AsyncEngine,
    wanted: Select[int],
    verb: Callable[[AsyncSession, int], Awaitable[bool]],
    progress: Callable[[int, int], None],
) -> int:
    """Give how often the verb did something."""
    async with AsyncSession(worker) as session:
        ids = list(await session.scalars(wanted))
    done = 0
    for at, id_ in enumerate(ids, 1):
        async with AsyncSession(worker, expire_on_commit=False) as session, session.begin():
            done += await verb(session, id_)
        progress(at, len(ids))
    return done
