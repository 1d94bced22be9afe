"""How the clocks of cases are read: deadlines, the notices of them, and key dates."""

from typing import Any

from models import Case, Deadline, DeadlineStep, Referral
from tests.oracle.mirror import Mirror, Read
from tests.oracle.readers.making import columns, entry, node_id


def _intervals(mirror: Mirror, row: Deadline) -> list[dict[str, Any]]:
    """The drawn clocks are those of unanswered referrals: they run, and are missed from their end on."""
    over = row.due_at < mirror.facts.now
    runs = {"state": "RUNNING", "since": row.started_at, "until": row.due_at if over else None, "due_at": row.due_at}
    return [runs, {"state": "MISSED", "since": row.due_at, "until": None, "due_at": row.due_at}] if over else [runs]


READERS: dict[str, dict[str, Read]] = {
    "Deadline": {
        "id": node_id("Deadline"),
        **columns("kind", "code", "ruleFrom", "startedAt", "dueAt", "extension", "pausedAt", "endedAt"),
        "case": lambda m, row: m.visible(Case, row.case_id),
        "referral": lambda m, row: m.visible(Referral, row.referral_id),
        "name": lambda *_: "ตอบรับการส่งต่อ",
        "nameEn": lambda *_: "Answer the referral",
        "rule": lambda *_: None,
        "verified": lambda *_: False,
        "state": lambda m, row: "MISSED" if row.due_at < m.facts.now else "RUNNING",
        "intervals": _intervals,
        "steps": lambda m, row: sorted(m.facts.of(DeadlineStep, deadline_id=row.id), key=lambda step: step.position),
    },
    "DeadlineInterval": {
        "state": entry("state"), "since": entry("since"), "until": entry("until"), "dueAt": entry("due_at"),
    },
    "DeadlineStep": columns("move", "at", "dueAt"),
    "Notice": {
        "id": node_id("Notice"),
        **columns("reason", "since", "givenAt", "endedAt"),
        "case": lambda m, row: m.visible(Case, row.case_id),
        "referral": lambda m, row: m.visible(Referral, row.referral_id),
        "seat": lambda m, row: m.seat(row.seat_id),
        "office": lambda m, row: m.office(row.office_id),
    },
    "KeyDate": columns("event", "day", "recordedAt"),
}  # fmt: skip
