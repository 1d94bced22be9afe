"""How field work is read: visits, tasks and the checklist of documents."""

from casework.reference.field_work import task_rules
from models import Case, Note, Referral, Visit
from models.field_words import DocumentState
from tests.oracle import field_work
from tests.oracle.mirror import Read
from tests.oracle.readers.making import column, columns, node_id

READERS: dict[str, dict[str, Read]] = {
    "Visit": {
        "id": node_id("Visit"),
        **columns("state", "plannedFor", "visitedAt", "madeAt", "recordedAt"),
        "note": lambda m, row: m.visible(Note, row.note_id),
        "madeBy": lambda m, row: m.seat(row.made_by_seat_id),
        "recordedBy": lambda m, row: m.seat(row.recorded_by_seat_id),
        "case": lambda m, row: m.visible(Case, row.case_id),
    },
    "Task": {
        "id": node_id("Task"),
        **columns("who", "dueOn", "state", "madeAt", "endedAt"),
        "rule": lambda _, row: next((rule for rule in task_rules() if rule.code == row.rule_code), None),
        "title": field_work.title,
        "seat": lambda m, row: m.seat(field_work.whose(m, row)[0]),
        "office": lambda m, row: m.office(field_work.whose(m, row)[1]),
        "isOverdue": field_work.is_late,
        "madeBy": lambda m, row: m.seat(row.made_by_seat_id),
        "endedBy": lambda m, row: m.seat(row.ended_by_seat_id),
        "visit": lambda m, row: m.visible(Visit, row.visit_id),
        "referral": lambda m, row: m.visible(Referral, row.referral_id),
        "case": lambda m, row: m.visible(Case, row.case_id),
    },
    "TaskRule": {
        "name": column("name_th"),
        **columns("code", "nameEn", "effectiveFrom", "source", "certainty", "verified"),
    },
    "ChecklistItem": {
        "document": lambda _, item: item,
        "state": field_work.checked("state", DocumentState.NEEDED),
        "checkedAt": field_work.checked("checked_at"),
        "checkedBy": lambda m, item: m.seat(field_work.checked("checked_by_seat_id")(m, item)),
    },
    "TriageDocument": {
        "code": lambda _, item: item["rule"].code,
        "name": lambda _, item: item["rule"].name_th,
        "nameEn": lambda _, item: item["rule"].name_en,
        "problemTypes": lambda m, item: [m.problem_type(code) for code in item["about"]],
    },
}  # fmt: skip
