"""How cases are read: what they are about, who holds them, and who sees them."""

from typing import Any

from models import (
    Assignment,
    Case,
    CaseHolding,
    CaseParty,
    CaseProblem,
    Citizen,
    Deadline,
    Follow,
    KeyDate,
    Notice,
    Referral,
    Seat,
    Task,
    Visit,
)
from models.vocabulary import AssignmentState, Level
from tests.oracle import activities, field_work
from tests.oracle.mirror import Access, Listed, Mirror, OneOf, Read
from tests.oracle.readers.making import all_shown_from, column, columns, latest, node_id, of_now, shown_from


def _of_content(name: str) -> Read:
    return lambda m, row: None if m.content(row) is None else getattr(m.content(row), name)


def _proposed(mirror: Mirror, case: Case) -> Seat | None:
    asked = mirror.facts.of(Assignment, case_id=case.id, state=AssignmentState.PROPOSED)
    return mirror.seat(asked[0].seat_id) if asked else None


def _holder(mirror: Mirror, row: Any, seat: str = "holder_seat_id", office: str = "holder_office_id") -> Any:
    return mirror.seat(getattr(row, seat)) or mirror.office(getattr(row, office))


def _clocks(mirror: Mirror, case: Case) -> list[Deadline]:
    return sorted(mirror.facts.of(Deadline, case_id=case.id), key=lambda row: (row.due_at, row.id))


READERS: dict[str, dict[str, Read]] = {
    "Case": {
        "id": node_id("Case"),
        "asOf": of_now,
        **columns(
            "reference", "state", "version", "sensitive", "channel", "openedAt", "updatedAt", "dueAt", "reviewOn",
            "resolvedAt", "endedAt", "erasedAt",
        ),
        **all_shown_from(Level.ANONYMOUS, columns("title", "priority"), of="id"),
        "mergedInto": lambda m, case: m.visible(Case, case.merged_into_case_id),
        "mergedCases": lambda m, case: [c for c in m.facts.of(Case, merged_into_case_id=case.id) if m.level(c.id)],
        "area": lambda m, case: m.area(case.area_code),
        "campaign": lambda m, case: activities.campaign(m, case.campaign_id),
        "citizen": shown_from(Level.WORK, lambda m, case: m.facts.one(Citizen, id=case.citizen_id), of="id"),
        "narrative": _of_content("narrative"),
        "workplaceName": _of_content("workplace_name"),
        "workplaceArea": lambda m, case: m.area(_of_content("workplace_area_code")(m, case)),
        "problems": lambda m, case: m.facts.of(CaseProblem, case_id=case.id),
        "parties": shown_from(Level.WORK, lambda m, case: m.facts.of(CaseParty, case_id=case.id), of="id"),
        "commonCauses": shown_from(Level.WORK, lambda m, case: m.causes(case), of="id"),
        "holder": _holder,
        "volunteer": lambda m, case: m.seat(case.volunteer_seat_id),
        "proposedVolunteer": _proposed,
        "referrals": lambda m, case: Listed(latest(m.facts.of(Referral, case_id=case.id), "sent_at", "id")),
        "deadlines": lambda m, case: Listed(_clocks(m, case)),
        "notices": lambda m, case: Listed(latest(m.facts.of(Notice, case_id=case.id), "given_at", "id")),
        "keyDates": lambda m, case: sorted(m.facts.of(KeyDate, case_id=case.id), key=lambda k: (k.day, k.event)),
        "visits": shown_from(
            Level.WORK,
            lambda m, case: Listed(latest(m.facts.of(Visit, case_id=case.id), "made_at", "id")),
            of="id",
        ),
        "tasks": shown_from(
            Level.WORK,
            lambda m, case: Listed(sorted(m.facts.of(Task, case_id=case.id), key=lambda t: (t.due_on, t.id))),
            of="id",
        ),
        "checklist": shown_from(Level.WORK, field_work.checklist, of="id"),
        "departments": lambda m, case: m.departments(case),
        "journey": lambda m, case: m.facts.of(CaseHolding, case_id=case.id),
        "timeline": shown_from(Level.ANONYMOUS, lambda m, case: Listed(m.events(case)), of="id"),
        "notes": shown_from(Level.WORK, lambda m, case: Listed(latest(m.notes(case), "written_at", "id")), of="id"),
        "attachments": shown_from(
            Level.WORK, lambda m, case: Listed(latest(m.attachments(case), "requested_at", "id")), of="id"
        ),
        "viewerFollows": lambda m, case: bool(m.facts.of(Follow, case_id=case.id, seat_id=m.by.seat_id)),
        "viewerAccess": lambda m, case: Access(m.level(case.id) or Level.STATUS, frozenset(m.reasons(case))),
    },
    "ViewerAccess": {"level": column("level"), "reason": lambda _, access: OneOf(access.reasons)},
    "Department": {
        "office": lambda m, row: m.office(row.office_id),
        "agency": lambda m, row: m.agency(m.office(row.office_id).agency_code),
        **columns("level", "since", "until"),
    },
    "JourneyLeg": {
        "holder": lambda m, row: _holder(m, row, "seat_id", "office_id"),
        **columns("since", "until"),
    },
    "Problem": {
        "id": node_id("Problem"),
        "asOf": of_now,
        "type": lambda m, row: m.problem_type(row.problem_type_code),
        "responsibleAgency": lambda m, row: m.agency(m.problem_type(row.problem_type_code).agency_code),
        **all_shown_from(Level.ANONYMOUS, columns("outcome", "amountClaimed", "amountRecovered", "outcomeAt")),
    },
}  # fmt: skip
