"""Draw who takes part in a case: volunteers that were asked, holders, and some for no reason."""

from datetime import datetime, timedelta
from typing import Any

from models import Assignment, Case, CaseHolding, Participation, Seat
from models.vocabulary import AccessSource, AssignmentState, Level, SeatKind
from tests.oracle.drawing import Draw
from tests.oracle.drawing_cases import ENDED

SOURCES = (AccessSource.OPENED, AccessSource.HOLDER, AccessSource.ASSIGNMENT, AccessSource.REFERRAL)


def draw_assignments(draw: Draw, case: Case) -> None:
    """Let volunteers be asked: one of them perhaps still thinks about it."""
    states = [AssignmentState.DECLINED, AssignmentState.SUPERSEDED]
    if case.state not in ENDED and draw.perhaps(0.5):
        states.append(AssignmentState.PROPOSED)
    volunteers = [s.id for s in draw.facts.all(Seat) if s.kind is SeatKind.VOLUNTEER and s.id != case.volunteer_seat_id]
    for seat_id, state in zip(draw.some(volunteers, len(states)), reversed(states), strict=False):
        asked = Assignment(id=draw.id, case_id=case.id, seat_id=seat_id, proposed_by_seat_id=seat_id, state=state)
        asked.proposed_at = case.opened_at
        open_still = state is AssignmentState.PROPOSED
        asked.answered_at = None if open_still else case.updated_at
        draw.facts.add(asked)
        given = {"source": AccessSource.ASSIGNMENT, "seat_id": seat_id, "until": asked.answered_at}
        draw_part(draw, case.id, Level.ANONYMOUS, case.opened_at, **given)


def draw_holders_parts(draw: Draw, case: Case) -> None:
    """Give the holders theirs, the volunteer until the case ends, and whoever took a sensitive case what they heard."""
    for held in draw.facts.of(CaseHolding, case_id=case.id):
        given: dict[str, Any] = {"source": AccessSource.HOLDER, "seat_id": held.seat_id, "office_id": held.office_id}
        draw_part(draw, case.id, Level.FULL, held.since, until=held.until, **given)
    if case.volunteer_seat_id is not None:
        given = {"source": AccessSource.ASSIGNMENT, "seat_id": case.volunteer_seat_id, "until": case.ended_at}
        draw_part(draw, case.id, Level.FULL, case.opened_at, **given)
    if case.sensitive and case.holder_office_id is not None:
        hearer = draw.pick([seat for seat in draw.facts.all(Seat) if seat.office_id == case.holder_office_id])
        given = {"source": AccessSource.OPENED, "seat_id": hearer.id, "until": draw.pick((None, case.updated_at))}
        draw_part(draw, case.id, Level.FULL, case.opened_at, **given)


def draw_strays(draw: Draw, case: Case) -> None:
    """Now and then somebody takes part for no reason that the rest tells: the door must go by the row alone."""
    for seat in draw.some(draw.facts.all(Seat), 3) if draw.perhaps(0.5) else ():
        by_office = seat.office_id is not None and draw.perhaps(0.5)
        given: dict[str, Any] = {"office_id": seat.office_id} if by_office else {"seat_id": seat.id}
        until = draw.pick((None, case.updated_at + timedelta(minutes=1)))
        level, source = draw.pick(list(Level)), draw.pick(SOURCES)
        discloses = draw.chance.randint(0, 7) if level >= Level.WORK else 0
        given |= {"until": until, "expires_at": draw.pick((None, draw.now, draw.now + timedelta(minutes=1)))}
        draw_part(draw, case.id, level, case.opened_at, source=source, discloses=discloses, **given)


def draw_part(draw: Draw, case_id: int, level: Level, since: datetime, **given: Any) -> None:
    row = {"id": draw.id, "case_id": case_id, "level": int(level), "discloses": 0, "since": since, **given}
    draw.facts.add(Participation(**row))
