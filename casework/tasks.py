"""The tasks of a case, kept in step with what it says: they make themselves by rules, and end when they are met.

The verb that a task follows from is in the journal; the task's own row says when it was made and ended. Only what
somebody makes or ends by hand is an event.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import BigInteger, CompoundSelect, Date, bindparam, literal, select, union_all
from sqlmodel import col

from casework.reference.field_work import task_rules
from casework.rules.states import ENDED
from casework.rules.tasks import Cue, Made, cues_of_case, instant_number, plan_tasks
from casework.work import Unit
from models import Assignment, Case, Referral, Task, Visit, table_of
from models.field_words import TaskCue, TaskFor, TaskGoal, TaskState, VisitState
from models.vocabulary import AssignmentState, Audience, ReferralKind, ReferralState

Reached = Mapping[TaskGoal, datetime]
NOTHING: Reached = MappingProxyType({})

visit, referral, assignment = table_of(Visit), table_of(Referral), table_of(Assignment)
_CASE = bindparam("of_case", type_=BigInteger())
_NO_DAY, _NO_SEAT = literal(None, Date()), literal(None, BigInteger())


def _cues() -> CompoundSelect[Any]:
    """Planned visits, reported results, and the assignment of the present volunteer."""
    visits = select(
        literal(TaskCue.VISIT_PLANNED.value).label("cue"),
        visit.c.id,
        visit.c.made_at.label("since"),
        visit.c.planned_for.label("day"),
        visit.c.made_by_seat_id.label("seat_id"),
    ).where(visit.c.case_id == _CASE, visit.c.state == VisitState.PLANNED)
    results = select(
        literal(TaskCue.RESULT_REPORTED.value), referral.c.id, referral.c.ended_at, _NO_DAY, _NO_SEAT
    ).where(
        referral.c.case_id == _CASE,
        referral.c.kind == ReferralKind.REFER,
        referral.c.state == ReferralState.COMPLETED,
    )
    taken = select(
        literal(TaskCue.ASSIGNED.value), assignment.c.id, assignment.c.answered_at, _NO_DAY, assignment.c.seat_id
    ).where(
        assignment.c.case_id == _CASE,
        assignment.c.state == AssignmentState.ACCEPTED,
        assignment.c.seat_id == bindparam("volunteer", type_=BigInteger()),
    )
    return union_all(visits, results, taken)


_CUES = _cues()


async def refresh_tasks(work: Unit, case: Case, *, reached: Reached = NOTHING) -> None:
    """Make the tasks that are missing, and end those that are met or of no use any more; `reached` just happened."""
    in_order = select(Task).where(col(Task.case_id) == case.id).order_by(col(Task.id))
    known = (await work.session.scalars(in_order)).all()
    cues = [] if case.state in ENDED else [*cues_of_case(case, now=work.now), *await _cues_beside(work, case)]
    plan = plan_tasks(task_rules(), cues, known, reached, state=case.state, holidays=work.reference.holidays)
    for place in plan.reopen:
        known[place].state, known[place].ended_at = TaskState.OPEN, None
    for place, ending in plan.end.items():
        known[place].state, known[place].ended_at = TaskState(ending.value), work.now
    for made in plan.make:
        work.session.add(_row(await work.new_id(), case, made, now=work.now))
    await work.session.flush()


def told_citizen(audience: Audience, at: datetime) -> Reached:
    """What a note for this audience reaches."""
    return {TaskGoal.CITIZEN_TOLD: at} if audience is Audience.CITIZEN else NOTHING


async def _cues_beside(work: Unit, case: Case) -> Sequence[Cue]:
    rows = await work.session.execute(_CUES, {"of_case": case.id, "volunteer": case.volunteer_seat_id})
    return [_cue(*row) for row in rows]


def _cue(cue: str, id_: int, since: datetime, day: date | None, seat_id: int | None) -> Cue:
    """A result that is reported anew is an occasion of its own; visits and assignments happen once."""
    kind = TaskCue(cue)
    return Cue(
        kind,
        instant_number(since) if kind is TaskCue.RESULT_REPORTED else id_,
        since,
        day,
        seat_id,
        visit_id=id_ if kind is TaskCue.VISIT_PLANNED else None,
        referral_id=id_ if kind is TaskCue.RESULT_REPORTED else None,
    )


def _row(id_: int, case: Case, made: Made, *, now: datetime) -> Task:
    return Task(
        id=id_,
        case_id=case.id,
        rule_code=made.rule.code,
        rule_from=made.rule.effective_from,
        occasion=made.cue.occasion,
        who=made.rule.who,
        seat_id=made.cue.seat_id if made.rule.who is TaskFor.SEAT else None,
        due_on=made.due_on,
        state=TaskState.OPEN,
        visit_id=made.cue.visit_id,
        referral_id=made.cue.referral_id,
        made_at=now,
    )
