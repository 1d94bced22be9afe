"""How activities are read: who was invited and came, and what they led to."""

from tests.oracle import activities
from tests.oracle.mirror import Listed, Read
from tests.oracle.readers.making import column, columns, entry, latest, node_id

READERS: dict[str, dict[str, Read]] = {
    "Activity": {
        "id": node_id("Activity"),
        **columns(
            "kind", "state", "project", "fiscalYear", "round", "venue", "beginsAt", "endsAt", "objectives", "channels",
            "createdAt", "version",
        ),
        "host": lambda m, row: m.office(row.host_office_id),
        "area": lambda m, row: m.area(row.area_code),
        "topics": lambda m, row: [m.problem_type(code) for code in row.topics],
        "createdBy": lambda m, row: m.seat(row.created_by_seat_id),
        "outcome": lambda _, row: None if row.closed_at is None else row,
        "invited": lambda m, row: activities.total(m, row, "invited"),
        "attended": lambda m, row: activities.total(m, row, "attended"),
        "attendance": activities.counted,
        "participants": lambda m, row: Listed(activities.listed(m, row)),
        "materials": lambda m, row: Listed(latest(activities.materials(m, row), "requested_at", "id")),
        "cases": lambda m, row: Listed(latest(activities.cases(m, row), "updated_at", "id")),
        "casesByTambon": activities.tambons,
    },
    "ActivityOutcome": {
        **columns("knowledgeBefore", "knowledgeAfter", "peopleReached"),
        "notes": column("outcome_notes"),
        "recordedAt": column("closed_at"),
    },
    "AttendanceCount": {name: entry(name) for name in ("role", "invited", "attended")},
    "TambonCount": {"area": lambda m, row: m.area(row["area"]), "count": entry("count")},
    "ActivityParticipant": {
        "id": node_id("ActivityParticipant"),
        **columns("role", "invitedAt", "attended", "attendanceAt"),
        "seat": lambda m, row: m.seat(row.seat_id),
        "person": activities.person,
        "guestName": lambda m, row: activities.guest(m, row, "name"),
        "guestOrganisation": lambda m, row: activities.guest(m, row, "organisation"),
        "attendanceBy": lambda m, row: m.seat(row.attendance_by_seat_id),
    },
}  # fmt: skip
