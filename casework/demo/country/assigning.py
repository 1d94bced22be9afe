"""Offices ask the volunteer of the tambon to accompany a case."""

from casework.demo.country.case_rows import AssignmentRow
from casework.demo.country.country import Process
from casework.demo.country.dossier import Dossier
from casework.demo.country.posts import Post
from models.vocabulary import AccessSource, AssignmentState, EventKind, Level

ASKED, DECLINED = 0.35, 0.1
DAYS_TO_ASK, DAYS_TO_ANSWER = 1, 2


def offer_to_volunteer(dossier: Dossier) -> Process:
    """Ask the volunteer, who accepts or declines, unless the case ends before."""
    country, case = dossier.country, dossier.case
    if not country.chance(ASKED):
        return
    yield country.clock.after(country.now, DAYS_TO_ASK, office=True)
    if dossier.over or case.holder_office_id is None:
        return
    volunteer = country.posts.volunteers[case.area_code]
    _propose(dossier, volunteer, by=country.officer(case.holder_office_id, sensitive=case.sensitive))
    yield country.clock.after(country.now, DAYS_TO_ANSWER, office=False)
    if not dossier.over:
        _answer(dossier, volunteer, accepts=not country.chance(DECLINED))


def _propose(dossier: Dossier, volunteer: Post, *, by: Post) -> None:
    proposal = AssignmentRow(
        id=dossier.country.ledger.new_id(),
        case_id=dossier.case.id,
        seat_id=volunteer.seat_id,
        proposed_by_seat_id=by.seat_id,
        proposed_at=dossier.country.now,
    )
    dossier.assignments.append(proposal)
    dossier.begin_participation(Level.ANONYMOUS, AccessSource.ASSIGNMENT, seat_id=volunteer.seat_id)
    dossier.touch(versioned=True)
    dossier.append(EventKind.ASSIGNMENT_PROPOSED, {"seat": volunteer.seat_id}, by=by)


def _answer(dossier: Dossier, volunteer: Post, *, accepts: bool) -> None:
    """An office that holds the case goes on holding it."""
    proposal, seat_id = dossier.assignments[-1], volunteer.seat_id
    proposal.answered_at = dossier.country.now
    dossier.end_participations(source=AccessSource.ASSIGNMENT, seat_id=seat_id)
    if accepts:
        proposal.state = AssignmentState.ACCEPTED
        dossier.append(EventKind.ASSIGNMENT_ACCEPTED, {"seat": seat_id}, by=volunteer)
        dossier.volunteer, dossier.case.volunteer_seat_id = volunteer, seat_id
        dossier.begin_participation(Level.FULL, AccessSource.ASSIGNMENT, seat_id=seat_id)
    else:
        proposal.state = AssignmentState.DECLINED
        reason = dossier.country.text("declines", dossier.problems[0].problem_type_code)
        note_id = dossier.write_note(reason, by=volunteer)
        dossier.append(EventKind.ASSIGNMENT_DECLINED, {"seat": seat_id, "note": note_id}, by=volunteer)
    dossier.touch(versioned=True)
