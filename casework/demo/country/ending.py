"""How a case ends: what is still open ends with it, and its rows are finished."""

from casework.demo.country.dossier import Dossier
from casework.demo.country.posts import Post
from casework.demo.country.referring import finish_clocks, refresh_due
from casework.journal import Payload
from casework.rules.states import state_when_case_ends
from models.vocabulary import AccessSource, AssignmentState, CaseState, ClosingGround, EventKind, ReferralState


def close(dossier: Dossier, ground: ClosingGround, *, by: Post | None, note: str | None = None) -> None:
    """RESOLVED → CLOSED; without `by` because nobody disputed the result in time."""
    note_id = dossier.write_note(note, by=by) if note is not None and by is not None else None
    _end(dossier, CaseState.CLOSED, by=by)
    dossier.touch(versioned=True)
    closed: Payload = {
        "from": CaseState.RESOLVED.value,
        "to": CaseState.CLOSED.value,
        "ground": ground.value,
        "note": note_id,
    }
    dossier.append(EventKind.CASE_CLOSED, closed, by=by)
    finish(dossier)


def end_early(dossier: Dossier, state: CaseState, *, by: Post, reason: str) -> None:
    """Withdraw the case or find it out of scope, with a reason."""
    before = dossier.case.state
    note_id = dossier.write_note(reason, by=by)
    dossier.touch(versioned=True)
    _end(dossier, state, by=by)
    changed: Payload = {"from": before.value, "to": state.value, "note": note_id}
    dossier.append(EventKind.CASE_STATUS_CHANGED, changed, by=by)
    finish(dossier)


def dispute_closing(dossier: Dossier, reason: str, *, by: Post) -> None:
    """RESOLVED → IN_PROGRESS: the citizen does not accept the result."""
    case = dossier.case
    case.state, case.resolved_at, case.resolved_by_account_id = CaseState.IN_PROGRESS, None, None
    note_id = dossier.write_note(reason, by=by)
    dossier.touch(versioned=True)
    disputed: Payload = {"from": CaseState.RESOLVED.value, "to": case.state.value, "note": note_id}
    dossier.append(EventKind.CLOSING_DISPUTED, disputed, by=by)


def _end(dossier: Dossier, state: CaseState, *, by: Post | None) -> None:
    case, now = dossier.case, dossier.country.now
    case.state, case.review_on, case.ended_at = state, None, now
    for assignment in dossier.assignments:
        if assignment.state is AssignmentState.PROPOSED:
            assignment.state, assignment.answered_at = AssignmentState.SUPERSEDED, now
    for sent in dossier.referrals:
        row = sent.row
        if sent.is_open:
            row.state = state_when_case_ends(row.state, row.asked_from)
            row.asked_at = row.asked_from = None
            row.ended_at = now
            row.version += 1
            kind = EventKind.REFERRAL_RECALLED if row.state is ReferralState.RECALLED else EventKind.REFERRAL_RETURNED
            dossier.append(kind, {"referral": row.id, "office": row.to_office_id}, by=by)
    for participation in dossier.participations:
        if participation.until is None and participation.source is not AccessSource.HOLDER:
            participation.until = now
    refresh_due(dossier)


def finish(dossier: Dossier) -> None:
    """Give all rows of the case to the ledger; nothing happens to it any more."""
    dossier.over = True
    ledger = dossier.country.ledger
    ledger.finish(
        dossier.case,
        dossier.content,
        *dossier.problems,
        *dossier.holdings,
        *dossier.participations,
        *dossier.assignments,
    )
    for sent in dossier.referrals:
        ledger.finish(sent.row, sent.content)
        finish_clocks(dossier, sent.row)
