"""How each field of the contract is read off the rows, type by type; a field without an entry fails its test."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from casework.reference.field_work import task_rules
from models import (
    Assignment,
    Attachment,
    Case,
    CaseHolding,
    CaseParty,
    CaseProblem,
    Citizen,
    Deadline,
    DeadlineStep,
    Follow,
    KeyDate,
    Note,
    Notice,
    Participation,
    Referral,
    ReferralContent,
    Seat,
    Task,
    Visit,
)
from models.field_words import DocumentState
from models.incident_words import PartyContactKind
from models.vocabulary import AssignmentState, CaseState, ContactKind, DisclosedField, Disclosure, Level
from tests.api import Api
from tests.oracle import activities, field_work
from tests.oracle.facts import Facts, Viewer
from tests.oracle.mirror import Access, Listed, Mirror, OneOf, Read, counts

STATUS, ANONYMOUS, WORK = Level.STATUS, Level.ANONYMOUS, Level.WORK


def _of_now(_mirror: Mirror, _row: Any) -> None:
    """Everything is read as it stands; other times are compared in tests/resolvers/test_as_of_stories.py."""


def _column(name: str) -> Read:
    return lambda _, row: getattr(row, name)


def _columns(*names: str) -> dict[str, Read]:
    """Read fields that are columns: `openedAt` is `opened_at`."""
    return {
        name: _column("".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name))
        for name in names
    }


def _id(kind: str) -> Read:
    return lambda mirror, row: mirror.api.id(kind, row.id)


def _from(level: Level, read: Read, *, of: str = "case_id") -> Read:
    """Show it from a level of the row's case on."""
    return lambda mirror, row: read(mirror, row) if mirror.reaches(getattr(row, of), level) else None


def _all_from(level: Level, columns: Mapping[str, Read], *, of: str = "case_id") -> dict[str, Read]:
    return {name: _from(level, read, of=of) for name, read in columns.items()}


def latest(rows: Iterable[Any], *keys: str) -> list[Any]:
    return sorted(rows, key=lambda row: [getattr(row, key) for key in keys], reverse=True)


def _text(name: str) -> Read:
    return _from(WORK, lambda m, row: getattr(m.facts.one(ReferralContent, referral_id=row.id), name))


def _of_content(name: str) -> Read:
    return lambda m, row: None if m.content(row) is None else getattr(m.content(row), name)


def _proposed(mirror: Mirror, case: Case) -> Seat | None:
    asked = mirror.facts.of(Assignment, case_id=case.id, state=AssignmentState.PROPOSED)
    return mirror.seat(asked[0].seat_id) if asked else None


def _holder(mirror: Mirror, row: Any, seat: str = "holder_seat_id", office: str = "holder_office_id") -> Any:
    return mirror.seat(getattr(row, seat)) or mirror.office(getattr(row, office))


def _disclosures(mirror: Mirror, citizen: Citizen) -> list[Participation]:
    """Give the packets of the cases that are seen at level FULL, each as it was in force."""
    cases = [case for case in mirror.facts.of(Case, citizen_id=citizen.id) if mirror.reaches(case.id, Level.FULL)]
    parts = [part for case in cases for part in mirror.facts.of(Participation, case_id=case.id)]
    return latest([part for part in parts if part.referral_id and part.level >= WORK], "since", "id")


def _clocks(mirror: Mirror, case: Case) -> list[Deadline]:
    return sorted(mirror.facts.of(Deadline, case_id=case.id), key=lambda row: (row.due_at, row.id))


def _intervals(mirror: Mirror, row: Deadline) -> list[dict[str, Any]]:
    """The drawn clocks are those of unanswered referrals: they run, and are missed from their end on."""
    over = row.due_at < mirror.facts.now
    runs = {"state": "RUNNING", "since": row.started_at, "until": row.due_at if over else None, "due_at": row.due_at}
    return [runs, {"state": "MISSED", "since": row.due_at, "until": None, "due_at": row.due_at}] if over else [runs]


def _counted(rows: Sequence[Any]) -> dict[str, Any]:
    return {"count": len(rows), "is_exact": True}


def _tally(_: Mirror, page: Listed) -> list[Any]:
    counted = Counter(case.state for case in page.rows)
    return [{"state": state, "count": counted[state], "is_exact": True} for state in CaseState]


def _payload(name: str, read: Callable[[Mirror, Any], Any]) -> Read:
    return lambda m, event: None if event.payload.get(name) is None else read(m, event.payload[name])


def _item(name: str) -> Read:
    return lambda _, row: row[name]


READERS: dict[str, dict[str, Read]] = {
    "Connection": {
        "nodes": lambda _, page: list(page.rows),
        "edges": lambda _, page: list(page.rows),
        "pageInfo": lambda _, page: page,
        "totalCount": lambda _, page: _counted(page.rows),
        "stateCounts": _tally,
    },
    "Edge": {"node": lambda _, row: row},
    "PageInfo": {"hasNextPage": lambda *_: False, "hasPreviousPage": lambda *_: False},
    "TotalCount": {"count": _item("count"), "isExact": _item("is_exact")},
    "StateCount": {"state": _item("state"), "count": _item("count"), "isExact": _item("is_exact")},
    "Office": _columns("code"),
    "Agency": _columns("code"),
    "Area": _columns("code"),
    "ProblemType": _columns("code"),
    "Seat": {"id": _id("Seat")},
    "Volunteer": {"id": _id("Seat")},
    "Case": {
        "id": _id("Case"),
        "asOf": _of_now,
        **_columns(
            "reference", "state", "version", "sensitive", "channel", "openedAt", "updatedAt", "dueAt", "reviewOn",
            "resolvedAt", "endedAt", "erasedAt",
        ),
        **_all_from(ANONYMOUS, _columns("title", "priority"), of="id"),
        "mergedInto": lambda m, case: m.visible(Case, case.merged_into_case_id),
        "mergedCases": lambda m, case: [c for c in m.facts.of(Case, merged_into_case_id=case.id) if m.level(c.id)],
        "area": lambda m, case: m.area(case.area_code),
        "campaign": lambda m, case: activities.campaign(m, case.campaign_id),
        "citizen": _from(WORK, lambda m, case: m.facts.one(Citizen, id=case.citizen_id), of="id"),
        "narrative": _of_content("narrative"),
        "workplaceName": _of_content("workplace_name"),
        "workplaceArea": lambda m, case: m.area(_of_content("workplace_area_code")(m, case)),
        "problems": lambda m, case: m.facts.of(CaseProblem, case_id=case.id),
        "parties": _from(WORK, lambda m, case: m.facts.of(CaseParty, case_id=case.id), of="id"),
        "commonCauses": _from(WORK, lambda m, case: m.causes(case), of="id"),
        "holder": _holder,
        "volunteer": lambda m, case: m.seat(case.volunteer_seat_id),
        "proposedVolunteer": _proposed,
        "referrals": lambda m, case: Listed(latest(m.facts.of(Referral, case_id=case.id), "sent_at", "id")),
        "deadlines": lambda m, case: Listed(_clocks(m, case)),
        "notices": lambda m, case: Listed(latest(m.facts.of(Notice, case_id=case.id), "given_at", "id")),
        "keyDates": lambda m, case: sorted(m.facts.of(KeyDate, case_id=case.id), key=lambda k: (k.day, k.event)),
        "visits": _from(WORK, lambda m, c: Listed(latest(m.facts.of(Visit, case_id=c.id), "made_at", "id")), of="id"),
        "tasks": _from(
            WORK,
            lambda m, case: Listed(sorted(m.facts.of(Task, case_id=case.id), key=lambda t: (t.due_on, t.id))),
            of="id",
        ),
        "checklist": _from(WORK, field_work.checklist, of="id"),
        "departments": lambda m, case: m.departments(case),
        "journey": lambda m, case: m.facts.of(CaseHolding, case_id=case.id),
        "timeline": _from(ANONYMOUS, lambda m, case: Listed(m.events(case)), of="id"),
        "notes": _from(WORK, lambda m, case: Listed(latest(m.notes(case), "written_at", "id")), of="id"),
        "attachments": _from(
            WORK, lambda m, case: Listed(latest(m.attachments(case), "requested_at", "id")), of="id"
        ),
        "viewerFollows": lambda m, case: bool(m.facts.of(Follow, case_id=case.id, seat_id=m.by.seat_id)),
        "viewerAccess": lambda m, case: Access(m.level(case.id) or STATUS, frozenset(m.reasons(case))),
    },
    "Activity": {
        "id": _id("Activity"),
        **_columns(
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
        **_columns("knowledgeBefore", "knowledgeAfter", "peopleReached"),
        "notes": _column("outcome_notes"),
        "recordedAt": _column("closed_at"),
    },
    "AttendanceCount": {name: _item(name) for name in ("role", "invited", "attended")},
    "TambonCount": {"area": lambda m, row: m.area(row["area"]), "count": _item("count")},
    "ActivityParticipant": {
        "id": _id("ActivityParticipant"),
        **_columns("role", "invitedAt", "attended", "attendanceAt"),
        "seat": lambda m, row: m.seat(row.seat_id),
        "person": activities.person,
        "guestName": lambda m, row: activities.guest(m, row, "name"),
        "guestOrganisation": lambda m, row: activities.guest(m, row, "organisation"),
        "attendanceBy": lambda m, row: m.seat(row.attendance_by_seat_id),
    },
    "Person": {
        "name": lambda _, row: f"{row.title}{row.given_name} {row.family_name}",
        "nameEn": lambda _, row: f"{row.given_name_en} {row.family_name_en}",
        "phone": _column("phone"),
    },
    "ViewerAccess": {"level": _column("level"), "reason": lambda _, access: OneOf(access.reasons)},
    "Department": {
        "office": lambda m, row: m.office(row.office_id),
        "agency": lambda m, row: m.agency(m.office(row.office_id).agency_code),
        **_columns("level", "since", "until"),
    },
    "Deadline": {
        "id": _id("Deadline"),
        **_columns("kind", "code", "ruleFrom", "startedAt", "dueAt", "extension", "pausedAt", "endedAt"),
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
    "Notice": {
        "id": _id("Notice"),
        **_columns("reason", "since", "givenAt", "endedAt"),
        "case": lambda m, row: m.visible(Case, row.case_id),
        "referral": lambda m, row: m.visible(Referral, row.referral_id),
        "seat": lambda m, row: m.seat(row.seat_id),
        "office": lambda m, row: m.office(row.office_id),
    },
    "DeadlineInterval": {
        "state": _item("state"), "since": _item("since"), "until": _item("until"), "dueAt": _item("due_at"),
    },
    "CommonCause": {
        "kind": lambda _, cause: cause.incident.kind,
        "count": _column("counted"),
        "since": _column("since"),
        "incident": lambda m, cause: cause.incident if m.leads(cause.incident) else None,
    },
    "Incident": {
        "id": _id("Incident"),
        **_columns("kind", "state", "dismissal", "firstAt", "lastAt", "decidedAt", "version"),
        "province": lambda m, row: m.area(row.province_code),
        "count": lambda m, row: len({one.citizen_id for one, _ in m.members(row) if counts(one)}),
        "cases": lambda m, row: Listed(latest([one for one, _ in m.members(row)], "updated_at", "id")),
    },
    "DeadlineStep": _columns("move", "at", "dueAt"),
    "KeyDate": _columns("event", "day", "recordedAt"),
    "Visit": {
        "id": _id("Visit"),
        **_columns("state", "plannedFor", "visitedAt", "madeAt", "recordedAt"),
        "note": lambda m, row: m.visible(Note, row.note_id),
        "madeBy": lambda m, row: m.seat(row.made_by_seat_id),
        "recordedBy": lambda m, row: m.seat(row.recorded_by_seat_id),
        "case": lambda m, row: m.visible(Case, row.case_id),
    },
    "Task": {
        "id": _id("Task"),
        **_columns("who", "dueOn", "state", "madeAt", "endedAt"),
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
        "name": _column("name_th"),
        **_columns("code", "nameEn", "effectiveFrom", "source", "certainty", "verified"),
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
    "JourneyLeg": {
        "holder": lambda m, row: _holder(m, row, "seat_id", "office_id"),
        **_columns("since", "until"),
    },
    "Problem": {
        "id": _id("Problem"),
        "asOf": _of_now,
        "type": lambda m, row: m.problem_type(row.problem_type_code),
        "responsibleAgency": lambda m, row: m.agency(m.problem_type(row.problem_type_code).agency_code),
        **_all_from(ANONYMOUS, _columns("outcome", "amountClaimed", "amountRecovered", "outcomeAt")),
    },
    "Citizen": {
        "id": _id("Citizen"),
        "name": lambda _, row: f"{row.title or ''}{row.given_name} {row.family_name}",
        **_columns("title", "givenName", "familyName", "language", "birthYear", "registeredAt", "erasedAt", "version"),
        "mergedInto": lambda m, row: m.citizen(row.merged_into_citizen_id),
        "mergedRecords": lambda m, row: [
            record for record in m.facts.of(Citizen, merged_into_citizen_id=row.id) if m.citizen(record.id) is not None
        ],
        "area": lambda m, row: m.area(row.area_code),
        "phones": lambda m, row: m.contacts(row, ContactKind.PHONE, Disclosure.PHONES),
        "addresses": lambda m, row: m.contacts(row, ContactKind.ADDRESS, Disclosure.ADDRESSES),
        "identifiers": lambda m, row: m.identifiers(row),
        "viewerLevel": lambda m, row: m.citizen_level(row),
        "disclosures": lambda m, row: Listed(_disclosures(m, row)) if m.citizen_level(row) is Level.FULL else None,
        "cases": lambda m, row: Listed(
            latest([c for c in m.facts.of(Case, citizen_id=row.id) if m.reaches(c.id, WORK)], "updated_at", "id")
        ),
    },
    "Identifier": _columns("kind", "lastFour"),
    "Disclosure": {
        "office": lambda m, part: m.office(part.office_id),
        "fields": lambda _, part: [field.value for field in DisclosedField if Disclosure[field] & part.discloses],
        "legalBasis": lambda m, part: m.facts.one(Referral, id=part.referral_id).legal_basis,
        "since": _column("since"),
        "endsAt": lambda _, part: min(at for at in (part.until, part.expires_at) if at is not None),
        "case": lambda m, part: m.visible(Case, part.case_id),
        "referral": lambda m, part: m.visible(Referral, part.referral_id),
    },
    "Party": {
        "id": _id("Party"),
        **_columns("kind", "name", "addedAt"),
        "area": lambda m, row: m.area(row.area_code),
        "phones": lambda m, row: m.party_contacts(row, PartyContactKind.PHONE),
        "addresses": lambda m, row: m.party_contacts(row, PartyContactKind.ADDRESS),
        "bankAccounts": lambda m, row: m.party_contacts(row, PartyContactKind.BANK_ACCOUNT),
    },
    "Referral": {
        "id": _id("Referral"),
        "asOf": _of_now,
        **_columns(
            "kind", "state", "version", "respondBy", "resultBy", "disclosureExpiresAt", "sentAt", "receivedAt",
            "acceptedAt", "startedAt", "askedAt", "endedAt",
        ),
        **_all_from(ANONYMOUS, _columns("reasonCategory", "replyCategory", "legalBasis", "discloses")),
        "case": lambda m, row: m.visible(Case, row.case_id),
        "problemType": lambda m, row: m.problem_type(m.facts.one(CaseProblem, id=row.problem_id).problem_type_code),
        "fromOffice": lambda m, row: m.office(row.from_office_id),
        "fromSeat": lambda m, row: m.seat(row.from_seat_id),
        "toOffice": lambda m, row: m.office(row.to_office_id),
        "suggestedOffice": lambda m, row: m.office(row.suggested_office_id),
        "reason": _text("reason"),
        "reply": _text("reply"),
        "report": _text("report"),
        "isOverdue": lambda m, row: m.is_overdue(row),
    },
    "Note": {
        "id": _id("Note"),
        **_columns("text", "audience", "writtenAt", "capturedAt", "late"),
        "author": lambda m, row: m.seat(row.author_seat_id),
    },
    "Attachment": {
        "id": _id("Attachment"),
        **_columns(
            "mediaType", "byteCount", "audience", "state", "fault", "requestedAt", "confirmedAt", "capturedAt",
            "scannedAt",
        ),
        "fileName": _column("name"),
        "sha256": lambda _, row: bytes(row.sha256).hex(),
        "author": lambda m, row: m.seat(row.author_seat_id),
    },
    "TimelineEvent": {
        "id": _id("TimelineEvent"),
        **_columns("kind", "recordedAt", "capturedAt"),
        "actor": lambda m, row: m.seat(row.actor_seat_id),
        "actorAgency": lambda m, row: m.agency(row.actor_agency_code),
        "fromState": _payload("from", lambda _, state: state),
        "toState": _payload("to", lambda _, state: state),
        "ground": _payload("ground", lambda _, ground: ground),
        "office": _payload("office", lambda m, office: m.office(office)),
        "seat": _payload("seat", lambda m, seat: m.seat(seat)),
        "note": _payload("note", lambda m, note: m.visible(Note, note)),
        "attachment": _payload("attachment", lambda m, file: m.visible(Attachment, file)),
        "otherCase": _payload("case", lambda m, case: m.visible(Case, case)),
        "party": _payload("party", lambda m, party: m.visible(CaseParty, party)),
        "visit": _payload("visit", lambda m, visit: m.visible(Visit, visit)),
        "task": _payload("task", lambda m, task: m.visible(Task, task)),
        "referral": _payload("referral", lambda m, referral: m.visible(Referral, referral)),
    },
}  # fmt: skip


def mirror(facts: Facts, by: Viewer, api: Api) -> Mirror:
    """Give what the service must answer somebody."""
    return Mirror(facts, by, api, READERS)
