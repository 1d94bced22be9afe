"""Draw the field work of a case: a visit, tasks and a document."""

from datetime import date, timedelta

from casework.reference.triage import triage_rules
from models import Case, CaseDocument, CaseProblem, Note, Seat, Task, TaskText, Visit
from models.field_words import DocumentState, TaskFor, TaskState, VisitState
from models.vocabulary import EventKind
from tests.oracle.drawing import Draw
from tests.oracle.drawing_events import draw_event


def draw_field_work(draw: Draw, case: Case) -> None:
    """Draw a visit that somebody planned or made, a task by a rule and one by a post, and a document."""
    by, other = draw.pick(draw.facts.all(Seat)), draw.pick(draw.facts.all(Seat))
    notes = [note.id for note in draw.facts.of(Note, case_id=case.id)]
    visit = Visit(
        id=draw.id, case_id=case.id, state=VisitState.PLANNED, planned_for=_day(draw), made_by_seat_id=by.id,
        made_at=case.opened_at,
    )  # fmt: skip
    if draw.perhaps(0.6):
        visit.state, visit.visited_at = VisitState.DONE, case.updated_at
        visit.recorded_at, visit.recorded_by_seat_id = case.updated_at, other.id
        visit.note_id = draw.pick((None, *notes))
    draw.facts.add(visit)
    draw_event(draw, case, EventKind.VISIT_PLANNED, seat_id=by.id, payload={"visit": visit.id})
    ruled = Task(
        id=draw.id, case_id=case.id, rule_code="RECORD_VISIT", rule_from=date(2026, 10, 1), occasion=visit.id,
        who=TaskFor.SEAT, seat_id=by.id, due_on=_day(draw), state=TaskState.OPEN, visit_id=visit.id,
        made_at=case.opened_at,
    )  # fmt: skip
    draw.facts.add(ruled)
    who = draw.pick(list(TaskFor))
    written = Task(
        id=draw.id, case_id=case.id, who=who, seat_id=by.id if who is TaskFor.SEAT else None, due_on=_day(draw),
        state=TaskState.OPEN, made_by_seat_id=by.id, made_at=case.opened_at,
    )  # fmt: skip
    if draw.perhaps(0.3):
        written.state, written.ended_at = TaskState.DROPPED, case.updated_at
        written.ended_by_seat_id = draw.pick((None, other.id))
    draw.facts.add(written)
    draw.facts.add(TaskText(task_id=written.id, case_id=case.id, title=draw.text(2)))
    draw_event(draw, case, EventKind.TASK_MADE, seat_id=by.id, payload={"task": written.id})
    if draw.perhaps(0.5):
        problem = draw.facts.of(CaseProblem, case_id=case.id)[0].problem_type_code
        asked = [rule.code for rule in triage_rules().documents if problem in rule.problem_type_codes]
        for code in asked[:1]:
            draw.facts.add(
                CaseDocument(
                    case_id=case.id, document_code=code, state=draw.pick(list(DocumentState)),
                    checked_at=case.updated_at, checked_by_seat_id=other.id,
                )
            )  # fmt: skip


def _day(draw: Draw) -> date:
    return draw.now.date() + timedelta(days=draw.chance.randint(-5, 5))
