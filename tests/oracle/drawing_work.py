"""Draw what went on in a case: referrals in every state, assignments, notes, parties, followers, and who takes part."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from casework.journal import chain_hash
from casework.reference.triage import triage_rules
from models import (
    Assignment,
    Attachment,
    Case,
    CaseDocument,
    CaseHolding,
    CaseParty,
    CaseProblem,
    CitizenAccess,
    Deadline,
    DeadlineStep,
    Event,
    Follow,
    Note,
    Notice,
    Participation,
    PartyContact,
    Referral,
    ReferralContent,
    Seat,
    Task,
    TaskText,
    Visit,
)
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.clock_words import ClockKind, DeadlineMove
from models.field_words import DocumentState, TaskFor, TaskState, VisitState
from models.incident_words import PartyContactKind
from models.notice_words import NoticeReason
from models.privacy_words import AccessPurpose
from models.vocabulary import (
    AccessSource,
    AssignmentState,
    Audience,
    DisclosedField,
    Disclosure,
    EventKind,
    LegalBasis,
    Level,
    PartyKind,
    ReasonCategory,
    ReferralKind,
    ReferralState,
    SeatKind,
    SubjectKind,
)
from tests.oracle.drawing import Draw
from tests.oracle.drawing_cases import ENDED

K, R, F = SeatKind, ReferralState, AttachmentState
READS = frozenset({R.RECEIVED, R.ACCEPTED, R.IN_PROGRESS, R.NEEDS_INFO, R.DISPUTED})
"""An office with a referral in one of these works on it."""
OVER = frozenset(R) - READS - {R.SENT}
SOURCES = (AccessSource.OPENED, AccessSource.HOLDER, AccessSource.ASSIGNMENT, AccessSource.REFERRAL)


def draw_work(draw: Draw, case: Case) -> None:
    _draw_referrals(draw, case)
    _draw_assignments(draw, case)
    _draw_holders_parts(draw, case)
    _draw_strays(draw, case)
    _draw_parties(draw, case)
    _draw_notes(draw, case)
    _draw_clocks_and_notices(draw, case)
    _draw_field_work(draw, case)
    _draw_attachments(draw, case)
    _draw_look(draw, case)
    for seat in draw.some(draw.facts.all(Seat), 4):
        draw.facts.add(Follow(seat_id=seat.id, case_id=case.id, since=case.opened_at))
    draw_event(draw, case, EventKind.CASE_OPENED, seat_id=case.holder_seat_id)
    if case.merged_into_case_id is not None:
        draw_event(draw, case, EventKind.CASE_MERGED, payload={"case": case.merged_into_case_id})


def _draw_referrals(draw: Draw, case: Case) -> None:
    problems = [problem.id for problem in draw.facts.of(CaseProblem, case_id=case.id)]
    pairs = [(problem, office) for problem in problems for office in draw.offices(case.province_code)]
    for problem_id, office_id in draw.some(pairs, 3):
        state = draw.pick(sorted(OVER) if case.state in ENDED else list(R))
        kind = draw.pick(list(ReferralKind))
        sent = case.opened_at + timedelta(hours=draw.chance.randint(1, 4))
        referral = Referral(
            id=draw.id,
            case_id=case.id,
            problem_id=problem_id,
            kind=kind,
            state=state,
            from_seat_id=case.holder_seat_id,
            from_office_id=case.holder_office_id,
            to_office_id=office_id,
            reason_category=draw.pick(list(ReasonCategory)),
            reply_category=draw.pick((None, *ReasonCategory)),
            legal_basis=draw.pick(list(LegalBasis)),
            disclosure_expires_at=draw.now + timedelta(days=draw.chance.randint(-30, 30), minutes=1),
            discloses=sorted(field.value for field in draw.some(list(DisclosedField), 3)),
            respond_by=None if kind is ReferralKind.INFORM else sent + timedelta(days=draw.chance.randint(1, 50)),
            sent_at=sent,
            asked_at=sent if state is R.NEEDS_INFO else None,
            asked_from=R.RECEIVED if state is R.NEEDS_INFO else None,
            ended_at=case.updated_at if state in OVER else None,
        )
        draw.facts.add(referral)
        text = ReferralContent(referral_id=referral.id, reason=draw.text(), reply=draw.text(), report=draw.text())
        draw.facts.add(text)
        _draw_office_part(draw, referral)
        draw_event(draw, case, EventKind.REFERRAL_SENT, payload={"referral": referral.id, "office": office_id})


def _draw_office_part(draw: Draw, referral: Referral) -> None:
    """Give the office what the state of its referral gives: first the card, then the work, then what is left."""
    given: dict[str, Any] = {
        "source": AccessSource.REFERRAL,
        "office_id": referral.to_office_id,
        "referral_id": referral.id,
    }
    since, end = referral.sent_at, referral.ended_at
    if referral.state is R.SENT:
        _part(draw, referral.case_id, Level.ANONYMOUS, since, **given)
        return
    read = since + timedelta(minutes=1)
    _part(draw, referral.case_id, Level.ANONYMOUS, since, until=read, **given)
    if referral.state in READS or draw.perhaps(0.5):
        discloses = sum(int(Disclosure[name]) for name in referral.discloses)
        given |= {"discloses": discloses, "expires_at": referral.disclosure_expires_at}
        _part(draw, referral.case_id, Level.WORK, read, until=end, **given)


def _draw_assignments(draw: Draw, case: Case) -> None:
    """Let volunteers be asked: one of them perhaps still thinks about it."""
    states = [AssignmentState.DECLINED, AssignmentState.SUPERSEDED]
    if case.state not in ENDED and draw.perhaps(0.5):
        states.append(AssignmentState.PROPOSED)
    volunteers = [s.id for s in draw.facts.all(Seat) if s.kind is K.VOLUNTEER and s.id != case.volunteer_seat_id]
    for seat_id, state in zip(draw.some(volunteers, len(states)), reversed(states), strict=False):
        asked = Assignment(id=draw.id, case_id=case.id, seat_id=seat_id, proposed_by_seat_id=seat_id, state=state)
        asked.proposed_at = case.opened_at
        open_still = state is AssignmentState.PROPOSED
        asked.answered_at = None if open_still else case.updated_at
        draw.facts.add(asked)
        given = {"source": AccessSource.ASSIGNMENT, "seat_id": seat_id, "until": asked.answered_at}
        _part(draw, case.id, Level.ANONYMOUS, case.opened_at, **given)


def _draw_holders_parts(draw: Draw, case: Case) -> None:
    """Give the holders theirs, the volunteer until the case ends, and whoever took a sensitive case what they heard."""
    for held in draw.facts.of(CaseHolding, case_id=case.id):
        given: dict[str, Any] = {"source": AccessSource.HOLDER, "seat_id": held.seat_id, "office_id": held.office_id}
        _part(draw, case.id, Level.FULL, held.since, until=held.until, **given)
    if case.volunteer_seat_id is not None:
        given = {"source": AccessSource.ASSIGNMENT, "seat_id": case.volunteer_seat_id, "until": case.ended_at}
        _part(draw, case.id, Level.FULL, case.opened_at, **given)
    if case.sensitive and case.holder_office_id is not None:
        hearer = draw.pick([seat for seat in draw.facts.all(Seat) if seat.office_id == case.holder_office_id])
        given = {"source": AccessSource.OPENED, "seat_id": hearer.id, "until": draw.pick((None, case.updated_at))}
        _part(draw, case.id, Level.FULL, case.opened_at, **given)


def _draw_strays(draw: Draw, case: Case) -> None:
    """Now and then somebody takes part for no reason that the rest tells: the door must go by the row alone."""
    for seat in draw.some(draw.facts.all(Seat), 3) if draw.perhaps(0.5) else ():
        by_office = seat.office_id is not None and draw.perhaps(0.5)
        given: dict[str, Any] = {"office_id": seat.office_id} if by_office else {"seat_id": seat.id}
        until = draw.pick((None, case.updated_at + timedelta(minutes=1)))
        level, source = draw.pick(list(Level)), draw.pick(SOURCES)
        discloses = draw.chance.randint(0, 7) if level >= Level.WORK else 0
        given |= {"until": until, "expires_at": draw.pick((None, draw.now, draw.now + timedelta(minutes=1)))}
        _part(draw, case.id, level, case.opened_at, source=source, discloses=discloses, **given)


def _part(draw: Draw, case_id: int, level: Level, since: datetime, **given: Any) -> None:
    row = {"id": draw.id, "case_id": case_id, "level": int(level), "discloses": 0, "since": since, **given}
    draw.facts.add(Participation(**row))


def _draw_parties(draw: Draw, case: Case) -> None:
    for _ in range(draw.chance.randint(0, 1)):
        kind, by = draw.pick(list(PartyKind)), draw.pick(draw.facts.all(Seat))
        area = draw.pick((None, case.area_code))
        party = CaseParty(
            id=draw.id,
            case_id=case.id,
            kind=kind,
            name=draw.text(2),
            area_code=area,
            added_by_seat_id=by.id,
            added_at=case.opened_at,
        )
        draw.facts.add(party)
        kept = ((PartyContactKind.PHONE, "+66812345678"), (PartyContactKind.ADDRESS, draw.text(2)))
        for position, (way, value) in enumerate(kept):
            draw.facts.add(PartyContact(id=draw.id, party_id=party.id, kind=way, value=value, position=position))
        draw_event(draw, case, EventKind.PARTY_ADDED, seat_id=by.id, payload={"party": party.id})


def _draw_notes(draw: Draw, case: Case) -> None:
    """Let anybody of the world write, for any audience, in the colours of the own agency."""
    for seat in draw.some(draw.facts.all(Seat), 4):
        audience = draw.pick(list(Audience))
        note = Note(
            id=draw.id,
            case_id=case.id,
            author_seat_id=seat.id,
            author_agency_code=draw.facts.viewer(seat).agency_code,
            audience=audience,
            text=draw.text(),
            written_at=case.updated_at,
            late=False,
        )
        draw.facts.add(note)
        draw_event(draw, case, EventKind.NOTE_ADDED, seat_id=seat.id, audience=audience, payload={"note": note.id})


def _draw_clocks_and_notices(draw: Draw, case: Case) -> None:
    """Let a clock run for some referrals, and let somebody have been told of them."""
    for referral in draw.facts.of(Referral, case_id=case.id):
        if referral.respond_by is None or draw.perhaps(0.3):
            continue
        clock = Deadline(
            id=draw.id,
            case_id=case.id,
            referral_id=referral.id,
            kind=ClockKind.SERVICE_STANDARD,
            code="REFERRAL_RESPOND",
            rule_from=date(2025, 10, 1),
            started_at=referral.sent_at,
            due_at=referral.respond_by,
            steps=1,
        )
        step = DeadlineStep(
            deadline_id=clock.id,
            position=1,
            case_id=case.id,
            move=DeadlineMove.STARTED,
            at=clock.started_at,
            due_at=clock.due_at,
        )
        draw.facts.add(clock)
        draw.facts.add(step)
        if draw.perhaps(0.5):
            to = draw.pick(draw.facts.all(Seat)).id
            told: dict[str, Any] = draw.pick(({"seat_id": to}, {"office_id": referral.to_office_id}))
            notice = Notice(
                id=draw.id,
                case_id=case.id,
                reason=NoticeReason.REFERRAL_UNANSWERED,
                referral_id=referral.id,
                since=referral.respond_by,
                given_at=draw.now,
                ended_at=draw.now,
                **told,
            )
            draw.facts.add(notice)


def _draw_field_work(draw: Draw, case: Case) -> None:
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


def _draw_attachments(draw: Draw, case: Case) -> None:
    """Let anybody of the world attach a file, for any audience, however far it has come."""
    for seat in draw.some(draw.facts.all(Seat), 3):
        file = draw_file(draw, seat, draw.pick(list(Audience)), case.updated_at, case_id=case.id)
        if file.confirmed_at is not None:
            told = {"attachment": file.id}
            draw_event(draw, case, EventKind.ATTACHMENT_ADDED, seat_id=seat.id, audience=file.audience, payload=told)


def draw_file(draw: Draw, seat: Seat, audience: Audience, at: datetime, **of: Any) -> Attachment:
    """Draw a file of a case or an activity, however far it has come."""
    state = draw.pick(list(AttachmentState))
    early, scanned = {F.REQUESTED, F.EXPIRED}, {F.CLEAN, F.REFUSED}
    file = Attachment(
        id=draw.id,
        **of,
        author_seat_id=seat.id,
        author_agency_code=draw.facts.viewer(seat).agency_code,
        audience=audience,
        name=draw.text(2),
        media_type=draw.pick(list(AttachmentType)),
        byte_count=draw.chance.randint(1, 10_000_000),
        sha256=bytes(32),
        object_key=UUID(int=draw.id),
        state=state,
        fault=draw.pick(list(AttachmentFault)) if state is F.REFUSED else None,
        requested_at=at,
        confirmed_at=None if state in early else at,
        scanned_at=at if state in scanned else None,
    )
    return draw.facts.add(file)


def _draw_look(draw: Draw, case: Case) -> None:
    """Let somebody have looked at the citizen through this case."""
    by = draw.facts.viewer(draw.pick(draw.facts.all(Seat)))
    looked = CitizenAccess(
        id=draw.id,
        citizen_id=case.citizen_id,
        case_id=case.id,
        seat_id=by.seat_id,
        account_id=by.account_id,
        purpose=AccessPurpose.LIST,
        level=int(Level.WORK),
        request_id=UUID(int=case.id),
        at=case.updated_at,
    )
    draw.facts.add(looked)


def draw_event(
    draw: Draw,
    case: Case,
    kind: EventKind,
    *,
    seat_id: int | None = None,
    audience: Audience = Audience.CASE,
    payload: dict[str, Any] | None = None,
) -> None:
    """Add an event to the case's chain, whose head is on the case's row."""
    by = None if seat_id is None else draw.facts.viewer(draw.facts.one(Seat, id=seat_id))
    fact: dict[str, Any] = {
        "subject_kind": SubjectKind.CASE,
        "subject_id": case.id,
        "seq": case.journal_length + 1,
        "kind": kind,
        "actor_seat_id": seat_id,
        "actor_account_id": by.account_id if by else None,
        "actor_agency_code": by.agency_code if by else None,
        "recorded_at": case.opened_at + timedelta(minutes=case.journal_length),
        "captured_at": None,
        "audience": audience,
        "operation_id": None,
        "payload": payload or {},
    }
    previous, case.journal_head = case.journal_head, chain_hash(case.journal_head, fact)
    case.journal_length += 1
    draw.facts.add(Event(id=draw.id, **fact, previous_hash=previous, hash=case.journal_head))
