"""What time demands: unanswered referrals go back to their senders, undisputed results close their cases."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.actions.close_undisputed import close_undisputed
from casework.actions.lapse_referral import lapse_referral
from casework.reference.data import ReferenceData
from casework.rules.closing import TO_DISPUTE
from casework.rules.states import LAPSES
from casework.work import Unit
from models import Case, Referral
from models.vocabulary import CaseState

Progress = Callable[[str, int, int], None]
"""Called with what is being looked at, how many are done, and how many there are."""


class Tended(NamedTuple):
    """How many referrals lapsed and how many cases were closed."""

    lapsed: int
    closed: int


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
    return Tended(lapsed, closed)


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
