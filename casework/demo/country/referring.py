"""What the actions on referrals write."""

from casework.clocks import clocks_told
from casework.demo.country.case_rows import ProblemRow
from casework.demo.country.dossier import Dossier, Sent
from casework.demo.country.posts import Post
from casework.demo.country.referral_rows import DeadlineRow, DeadlineStepRow, ReferralContentRow, ReferralRow
from casework.disclosures import disclosure_of
from casework.journal import Payload
from casework.policy.visibility import OF_AN_OFFICE
from casework.rules.deadlines import UNANSWERED, due_of
from casework.rules.ledger import clocks_of_referral, lines_to
from models.vocabulary import (
    AccessSource,
    DisclosedField,
    EventKind,
    LegalBasis,
    Level,
    ReasonCategory,
    ReferralKind,
    ReferralState,
)


def refresh_due(dossier: Dossier) -> None:
    times = [
        due_of(sent.row.state, respond_by=sent.row.respond_by, result_by=sent.row.result_by)
        for sent in dossier.referrals
        if sent.is_open
    ]
    dossier.case.due_at = min((time for time in times if time is not None), default=None)


def refer(
    dossier: Dossier,
    problem: ProblemRow,
    office_id: int,
    kind: ReferralKind,
    *,
    by: Post,
    reason: str,
    category: ReasonCategory,
    basis: LegalBasis,
    discloses: list[DisclosedField],
) -> Sent:
    country, case = dossier.country, dossier.case
    times = country.referral_times(kind, case.priority)
    from_office = by.kind in OF_AN_OFFICE
    row = ReferralRow(
        id=country.ledger.new_id(),
        case_id=case.id,
        problem_id=problem.id,
        kind=kind,
        from_seat_id=None if from_office else by.seat_id,
        from_office_id=by.office_id if from_office else None,
        to_office_id=office_id,
        reason_category=category,
        legal_basis=basis,
        discloses=[field.value for field in discloses],
        disclosure_expires_at=country.disclosure_expiry(kind, case.priority),
        respond_by=times.respond_by,
        result_by=times.result_by,
        sent_at=country.now,
    )
    sent = Sent(row, ReferralContentRow(referral_id=row.id, reason=reason), by)
    dossier.referrals.append(sent)
    dossier.begin_participation(Level.ANONYMOUS, AccessSource.REFERRAL, office_id=office_id, referral_id=row.id)
    refresh_due(dossier)
    dossier.touch(versioned=True)
    payload: Payload = {
        "referral": row.id,
        "kind": kind.value,
        "office": office_id,
        "problemType": problem.problem_type_code,
        "discloses": list(row.discloses),
        "legalBasis": basis.value,
        "disclosureExpiresAt": row.disclosure_expires_at.isoformat(),
        **clocks_told(row),
    }
    dossier.append(EventKind.REFERRAL_SENT, payload, by=by)
    return sent


def receive(dossier: Dossier, sent: Sent, *, by: Post) -> None:
    """An information ends here; any other referral now shows the case to the office."""
    row = sent.row
    row.received_at = dossier.country.now
    if row.kind is ReferralKind.INFORM:
        end(dossier, sent, ReferralState.COMPLETED)
    else:
        step(dossier, sent, ReferralState.RECEIVED)
        show_case_to_office(dossier, row)
    dossier.append(EventKind.REFERRAL_RECEIVED, named(row), by=by)


def show_case_to_office(dossier: Dossier, row: ReferralRow) -> None:
    dossier.end_participations(referral_id=row.id)
    dossier.begin_participation(
        Level.WORK,
        AccessSource.REFERRAL,
        office_id=row.to_office_id,
        referral_id=row.id,
        discloses=disclosure_of(row.discloses),
        expires_at=row.disclosure_expires_at,
    )


def renew(dossier: Dossier, sent: Sent) -> None:
    """The sender gives the packet a new end, as long from now on as if it were sent now."""
    row = sent.row
    row.disclosure_expires_at = dossier.country.disclosure_expiry(row.kind, dossier.case.priority)
    row.version += 1
    dossier.touch(versioned=False)
    show_case_to_office(dossier, row)
    payload: Payload = {
        **named(row),
        "discloses": list(row.discloses),
        "legalBasis": row.legal_basis,
        "disclosureExpiresAt": row.disclosure_expires_at.isoformat(),
    }
    dossier.append(EventKind.DISCLOSURE_RENEWED, payload, by=sent.sender)


def accept(dossier: Dossier, sent: Sent, *, by: Post) -> None:
    """Accepting a transfer completes it and moves the holder."""
    row = sent.row
    row.accepted_at = dossier.country.now
    step(dossier, sent, ReferralState.ACCEPTED)
    dossier.append(EventKind.REFERRAL_ACCEPTED, named(row), by=by)
    if row.kind is ReferralKind.TRANSFER:
        row.state, row.ended_at = ReferralState.COMPLETED, dossier.country.now
        dossier.end_participations(referral_id=row.id)
        dossier.move_holder(by=by, office_id=row.to_office_id)
        dossier.touch(versioned=True)
    refresh_due(dossier)


def start(dossier: Dossier, sent: Sent, *, by: Post) -> None:
    sent.row.started_at = dossier.country.now
    step(dossier, sent, ReferralState.IN_PROGRESS)
    dossier.append(EventKind.REFERRAL_STARTED, named(sent.row), by=by)


def ask(dossier: Dossier, sent: Sent, question: str, *, by: Post) -> None:
    """The office's clock stands still until the answer."""
    sent.row.asked_from, sent.row.asked_at = sent.row.state, dossier.country.now
    note_id = dossier.write_note(question, by=by)
    step(dossier, sent, ReferralState.NEEDS_INFO)
    refresh_due(dossier)
    dossier.append(EventKind.REFERRAL_INFO_REQUESTED, {**named(sent.row), "note": note_id}, by=by)


def answer(dossier: Dossier, sent: Sent, told: str, *, by: Post) -> None:
    """The referral goes back to where it stood, its times moved on by the waiting."""
    row = sent.row
    if row.asked_from is None or row.asked_at is None:
        raise ValueError("nothing was asked")
    state, asked_at = row.asked_from, row.asked_at
    row.asked_from = row.asked_at = None
    note_id = dossier.write_note(told, by=by)
    step(dossier, sent, state)
    if state in UNANSWERED:
        row.respond_by = dossier.country.moved_on(row.respond_by, asked_at=asked_at)
    row.result_by = dossier.country.moved_on(row.result_by, asked_at=asked_at)
    refresh_due(dossier)
    dossier.append(EventKind.REFERRAL_INFO_ANSWERED, {**named(row), "note": note_id, **clocks_told(row)}, by=by)


def end(dossier: Dossier, sent: Sent, state: ReferralState) -> None:
    step(dossier, sent, state)
    sent.row.ended_at = dossier.country.now
    dossier.end_participations(referral_id=sent.row.id)
    refresh_due(dossier)


def step(dossier: Dossier, sent: Sent, state: ReferralState) -> None:
    sent.row.state = state
    sent.row.version += 1
    dossier.touch(versioned=False)


def named(row: ReferralRow) -> Payload:
    return {"referral": row.id, "office": row.to_office_id}


def finish_clocks(dossier: Dossier, row: ReferralRow) -> None:
    """Give the clocks of a finished referral to the ledger as they stand, without the pauses that are over."""
    country = dossier.country
    for code, stand in clocks_of_referral(row):
        lines = list(lines_to(None, stand, now=country.now))
        clock = DeadlineRow(
            id=country.ledger.new_id(),
            case_id=row.case_id,
            referral_id=row.id,
            code=code,
            rule_from=country.standard_from(code, row.kind, dossier.case.priority, row.sent_at),
            **stand._asdict(),
            steps=len(lines),
        )
        country.ledger.finish(clock)
        for position, line in enumerate(lines, 1):
            step = DeadlineStepRow(deadline_id=clock.id, position=position, case_id=row.case_id, **line._asdict())
            country.ledger.finish(step)
