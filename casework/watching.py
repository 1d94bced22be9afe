"""Look at one case: do what time demands, tell who must know, and say when to look again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from casework.actions.close_undisputed import close_undisputed
from casework.actions.lapse_referral import lapse_referral
from casework.actions.tell_incident import tell_incidents
from casework.notices import Telling, end_what_is_over, tell
from casework.reference.escalation import escalation_steps
from casework.rules.closing import answer_by
from casework.rules.deadlines import lapses_at
from casework.rules.escalation import (
    CaseNow,
    ClockNow,
    Matter,
    QuietHours,
    ReferralNow,
    Span,
    matters_of,
    steps_of,
    told_at,
    vacant_since,
)
from casework.rules.states import LAPSES
from casework.work import KEY_STAYS, Unit
from models import Case, Deadline, Incumbency, Referral, Seat, Watch, table_of

watch, incumbency, seat, deadline = (table_of(model) for model in (Watch, Incumbency, Seat, Deadline))


class Seen(NamedTuple):
    """What one look did: referrals that lapsed, cases closed, notices given and ended, incidents told of."""

    lapsed: int = 0
    closed: int = 0
    told: int = 0
    over: int = 0
    joined: int = 0

    def __add__(self, other: "Seen") -> "Seen":  # type: ignore[override]  # counts are added, not strung together
        return Seen(*(mine + its for mine, its in zip(self, other, strict=True)))


async def look_at(work: Unit, *, case_id: int, quiet: QuietHours) -> Seen:
    """Do for a case what is due at `now`; doing it twice changes nothing more. The case is locked meanwhile."""
    case = await work.session.get_one(Case, case_id, with_for_update=KEY_STAYS, populate_existing=True)
    marked = await work.session.scalar(select(watch.c.look_at).where(watch.c.case_id == case_id))
    work.now = max(work.now, case.updated_at)
    lapsed = sum([await lapse_referral(work, referral_id=id_) for id_ in await _lapsing(work, case)])
    closed = await close_undisputed(work, case_id=case_id)
    joined = await tell_incidents(work, case)
    referrals = await _referrals(work, case)
    matters = list(matters_of(await _now(work, case), referrals, await _clocks(work, case)))
    over = await end_what_is_over(work, case, matters)
    due, later = _rungs(work, matters, quiet)
    told = await tell(work, case, due)
    await _look_again(work, case, min([*later, *_ends(work, case, referrals)], default=None), marked)
    return Seen(lapsed, int(closed), told, over, joined)


async def _lapsing(work: Unit, case: Case) -> Sequence[int]:
    """Give the referrals that nobody answered; whether it is time, the verb decides."""
    rows = select(col(Referral.id)).where(
        col(Referral.case_id) == case.id, col(Referral.state).in_(list(LAPSES)), col(Referral.respond_by) < work.now
    )
    return (await work.session.scalars(rows.order_by(col(Referral.id)))).all()


async def _now(work: Unit, case: Case) -> CaseNow:
    holds = (
        seat.c.id == case.holder_seat_id if case.holder_office_id is None else seat.c.office_id == case.holder_office_id
    )
    rows = select(incumbency.c.since, incumbency.c.until).join_from(incumbency, seat).where(holds)
    spans = [Span(*row) for row in await work.session.execute(rows)]
    empty = vacant_since(spans, begun=case.opened_at, now=work.now)
    return CaseNow(case.state, case.updated_at, case.review_on, empty)


async def _referrals(work: Unit, case: Case) -> list[ReferralNow]:
    rows = select(*(table_of(Referral).c[name] for name in ReferralNow._fields)).where(
        table_of(Referral).c.case_id == case.id
    )
    return [ReferralNow(*row) for row in await work.session.execute(rows)]


async def _clocks(work: Unit, case: Case) -> Iterator[ClockNow]:
    """Give the legal clocks that run by a confirmed rule; what was over before the case was opened is no news."""
    rows = select(deadline.c.code, deadline.c.rule_from, deadline.c.kind, deadline.c.due_at).where(
        deadline.c.case_id == case.id, deadline.c.ended_at.is_(None), deadline.c.paused_at.is_(None)
    )
    found = (await work.session.execute(rows)).all()
    rules = [work.reference.legal_clock(row.code, row.rule_from) for row in found]
    return (
        ClockNow(row.kind, row.due_at)
        for row, rule in zip(found, rules, strict=True)
        if rule is not None and rule.verified and row.due_at > case.opened_at
    )


def _rungs(work: Unit, matters: Iterable[Matter], quiet: QuietHours) -> tuple[list[Telling], list[datetime]]:
    """Give what is to be told now, and the instants of what comes later; nothing is told in quiet hours."""
    due, later = [], []
    for matter in matters:
        for step in steps_of(matter, escalation_steps()):
            at = quiet.next_allowed(max(told_at(matter, step, holidays=work.reference.holidays), work.now))
            if at <= work.now:
                due.append(Telling(matter, step.to))
            else:
                later.append(at)
    return due, later


def _ends(work: Unit, case: Case, referrals: Iterable[ReferralNow]) -> Iterator[datetime]:
    """Give the instants at which the system itself acts."""
    closes = answer_by(case.state, resolved_at=case.resolved_at, sensitive=case.sensitive)
    if closes is not None:
        yield closes
    for referral in referrals:
        if referral.state in LAPSES:
            at = lapses_at(
                work.reference.standards,
                kind=referral.kind,
                priority=case.priority,
                sent_at=referral.sent_at,
                respond_by=referral.respond_by,
                holidays=work.reference.holidays,
            )
            if at is not None:
                yield at


async def _look_again(work: Unit, case: Case, at: datetime | None, marked: datetime | None) -> None:
    """Say when to look next, unless the case was marked anew meanwhile: then that look is still to come."""
    unmoved = watch.c.look_at.is_not_distinct_from(marked)
    if at is None:
        await work.session.execute(delete(watch).where(watch.c.case_id == case.id, unmoved))
        return
    row = insert(watch).values(case_id=case.id, look_at=at)
    await work.session.execute(
        row.on_conflict_do_update(index_elements=["case_id"], set_={"look_at": at}, where=unmoved)
    )
