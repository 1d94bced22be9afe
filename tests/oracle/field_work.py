"""Tasks and the checklist of documents, read off the rows as the contract tells them."""

from typing import Any

from casework.reference.triage import triage_rules
from casework.rules.calendar import bangkok_day
from models import Case, CaseDocument, CaseProblem, Task, TaskText
from models.field_words import TaskFor, TaskState
from models.vocabulary import Level
from tests.oracle.mirror import Mirror, Read


def checklist(mirror: Mirror, case: Case) -> list[dict[str, Any]]:
    """Give what the problems ask for, and where each document is."""
    codes = [problem.problem_type_code for problem in mirror.facts.of(CaseProblem, case_id=case.id)]
    checked = {row.document_code: row for row in mirror.facts.of(CaseDocument, case_id=case.id)}
    return [
        {
            "rule": rule,
            "about": [code for code in codes if code in rule.problem_type_codes],
            "row": checked.get(rule.code),
        }
        for rule in triage_rules().documents
        if set(codes) & set(rule.problem_type_codes)
    ]


def checked(name: str, unchecked: Any = None) -> Read:
    return lambda _, item: unchecked if item["row"] is None else getattr(item["row"], name)


def whose(mirror: Mirror, task: Task) -> tuple[int | None, int | None]:
    """A task goes where the case goes; what no post holds, an office does."""
    case = mirror.facts.one(Case, id=task.case_id)
    if task.who is TaskFor.SEAT:
        return task.seat_id, None
    if task.who is TaskFor.VOLUNTEER and case.volunteer_seat_id is not None:
        return case.volunteer_seat_id, None
    return case.holder_seat_id, case.holder_office_id


def to_do(mirror: Mirror) -> list[Task]:
    """Give what is open and for the viewer's post; an office's tasks are for all its posts."""
    open_ones = [task for task in mirror.facts.all(Task) if task.state is TaskState.OPEN]
    return [task for task in open_ones if mirror.reaches(task.case_id, Level.WORK) and is_own(mirror, task)]


def is_own(mirror: Mirror, task: Task) -> bool:
    seat_id, office_id = whose(mirror, task)
    return seat_id == mirror.by.seat_id or (office_id is not None and office_id == mirror.by.office_id)


def title(mirror: Mirror, task: Task) -> str | None:
    return next((text.title for text in mirror.facts.of(TaskText, task_id=task.id)), None)


def is_late(mirror: Mirror, task: Task) -> bool:
    return task.state is TaskState.OPEN and task.due_on < bangkok_day(mirror.facts.now)
