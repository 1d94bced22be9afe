"""The clocks of a case, kept in step with what is known of it; every change is a line of their ledger."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, Protocol

from sqlalchemy import select
from sqlmodel import col

from casework.journal import Payload
from casework.reference.data import LegalClockRow
from casework.rules.calendar import BANGKOK, bangkok_day
from casework.rules.clocks import Running, clocks_that_run, end_of
from casework.rules.deadlines import standard_in_force
from casework.rules.ledger import Line, Stand, clocks_of_referral, lines_to
from casework.rules.states import WAITING
from casework.work import Unit
from models import Case, CaseProblem, Deadline, DeadlineStep, KeyDate, Referral, table_of
from models.clock_words import ClockKind, DeadlineEnding, KeyEvent

problem, step = table_of(CaseProblem), table_of(DeadlineStep)
Key = tuple[str, int | None]
"""A clock of the case: the code of its rule and, of a service standard, its referral."""


class Wanted(NamedTuple):
    """How a clock should stand, by which version of which rule; `counts` for the time by which the case is due."""

    kind: ClockKind
    rule_from: date
    stand: Stand
    counts: bool


async def refresh_clocks(work: Unit, case: Case) -> None:
    """Bring the clocks to what referrals, key dates, problems and the case itself say, and `due_at` to the earliest.

    The next event of the case tells the earliest legal clock; those of referrals are told by the events that set them.
    """
    known = {
        (row.code, row.referral_id): row
        for row in await work.session.scalars(select(Deadline).where(col(Deadline.case_id) == case.id))
    }
    wanted = {key: found async for key, found in _wanted(work, case, known)}
    for key, row in known.items():
        if key not in wanted and row.ended_at is None:
            dropped = _stand(row)._replace(paused_at=None, ended_at=work.now, ending=DeadlineEnding.DROPPED)
            wanted[key] = Wanted(row.kind, row.rule_from, dropped, counts=False)
    for key, found in wanted.items():
        await _bring(work, case, key, known.get(key), found)
    running = {
        key: found.stand.due_at
        for key, found in wanted.items()
        if found.counts and found.stand.ended_at is None and found.stand.paused_at is None
    }
    case.due_at = min(running.values(), default=None)
    if any(referral_id is None for _, referral_id in wanted):
        legal = min((due for (_, referral_id), due in running.items() if referral_id is None), default=None)
        work.besides[case.id] = {"legalDueAt": _iso(legal)}


async def _wanted(work: Unit, case: Case, known: Mapping[Key, Deadline]) -> AsyncIterator[tuple[Key, Wanted]]:
    for referral in await work.session.scalars(select(Referral).where(col(Referral.case_id) == case.id)):
        for code, stand in clocks_of_referral(referral):
            row = known.get((code, referral.id))
            rule_from = row.rule_from if row else _standard_from(work, code, referral, case)
            yield (code, referral.id), Wanted(ClockKind.SERVICE_STANDARD, rule_from, stand, counts=True)
    days = await key_dates_of(work, case.id)
    if days:
        for found in await _legal(work, case, known, days):
            yield found


def _standard_from(work: Unit, code: str, referral: Referral, case: Case) -> date:
    standard = standard_in_force(
        work.reference.standards,
        code=code,
        kind=referral.kind,
        priority=case.priority,
        on=bangkok_day(referral.sent_at),
    )
    return bangkok_day(referral.sent_at) if standard is None else standard.effective_from


async def key_dates_of(work: Unit, case_id: int) -> dict[KeyEvent, date]:
    rows = select(col(KeyDate.event), col(KeyDate.day)).where(col(KeyDate.case_id) == case_id)
    return {row.event: row.day for row in await work.session.execute(rows)}


async def _legal(
    work: Unit, case: Case, known: Mapping[Key, Deadline], days: Mapping[KeyEvent, date]
) -> list[tuple[Key, Wanted]]:
    rows = select(problem.c.problem_type_code, problem.c.outcome_at).where(problem.c.case_id == case.id)
    outcomes = {row.problem_type_code: row.outcome_at for row in await work.session.execute(rows)}
    running = clocks_that_run(work.reference.legal_clocks, problem_types=outcomes, days=days)
    return [((found.clock.code, None), wanted) for found, wanted in _laws(work, case, known, outcomes, running)]


def _laws(
    work: Unit,
    case: Case,
    known: Mapping[Key, Deadline],
    outcomes: Mapping[str, datetime | None],
    running: Iterator[Running[LegalClockRow]],
) -> Iterator[tuple[Running[LegalClockRow], Wanted]]:
    for found in running:
        clock, row = found.clock, known.get((found.clock.code, None))
        extension = row.extension if row else 0
        due_at = end_of(found.started_on, clock.amount + extension, clock.unit)
        stand = Stand(_start_of(found.started_on), due_at, extension)
        settled = [outcomes[code] for code in clock.problem_type_codes if code in outcomes]
        stand = _ended(stand, found, settled, case, met_before=_met_at(row))
        if stand.ended_at is None and clock.pauses and case.state in WAITING:
            stand = stand._replace(paused_at=row.paused_at if row and row.paused_at else work.now)
        counts = clock.verified and due_at > case.opened_at
        yield found, Wanted(clock.kind, clock.effective_from, stand, counts)


def _met_at(row: Deadline | None) -> datetime | None:
    return row.ended_at if row is not None and row.ending is DeadlineEnding.MET else None


def _ended(
    stand: Stand,
    found: Running[LegalClockRow],
    settled: Sequence[datetime | None],
    case: Case,
    *,
    met_before: datetime | None,
) -> Stand:
    """The event that ends it, or the outcome of all its problems, whichever came first; else the end of the case.

    An outcome that is amended later has ended it when it was recorded first.
    """
    by_event = None if found.ended_on is None else _start_of(found.ended_on)
    by_outcome = max((at for at in settled if at is not None), default=None) if None not in settled else None
    if by_event is None and by_outcome is not None and met_before is not None:
        by_outcome = min(by_outcome, met_before)
    met_at = min((at for at in (by_event, by_outcome) if at is not None), default=None)
    if met_at is not None:
        return stand._replace(ended_at=max(met_at, stand.started_at), ending=DeadlineEnding.MET)
    if case.ended_at is not None:
        return stand._replace(ended_at=case.ended_at, ending=DeadlineEnding.DROPPED)
    return stand


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


async def _bring(work: Unit, case: Case, key: Key, row: Deadline | None, wanted: Wanted) -> None:
    before = None if row is None else _stand(row)
    lines = list(lines_to(before, wanted.stand, now=work.now))
    if row is None:
        code, referral_id = key
        row = Deadline(
            id=await work.new_id(),
            case_id=case.id,
            referral_id=referral_id,
            kind=wanted.kind,
            code=code,
            rule_from=wanted.rule_from,
            **wanted.stand._asdict(),
        )
        await work.save(row)
    elif lines:
        row.rule_from = wanted.rule_from
        for name, value in wanted.stand._asdict().items():
            setattr(row, name, value)
    if lines:
        await _write(work, row, lines)


async def _write(work: Unit, row: Deadline, lines: Sequence[Line]) -> None:
    """Add lines to the ledger; its positions have no gap, for the case is locked."""
    for line in lines:
        row.steps += 1
        written = DeadlineStep(deadline_id=row.id, case_id=row.case_id, position=row.steps, **line._asdict())
        work.session.add(written)
    await work.session.flush()


def _stand(row: Deadline) -> Stand:
    return Stand(row.started_at, row.due_at, row.extension, row.paused_at, row.ended_at, row.ending)


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
