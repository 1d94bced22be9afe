"""Ask a volunteer seat to take a case; nothing moves until it accepts."""

from sqlalchemy import or_, select
from sqlmodel import col

from casework import journal
from casework.desk import CaseOnDesk, take_case_for, touch
from casework.errors import Refusal, RefusalCode
from casework.participations import begin_participation
from casework.proposals import supersede_proposal
from casework.work import Work
from models import Assignment, Incumbency, Seat
from models.action_words import CaseAction
from models.vocabulary import AccessSource, AssignmentState, EventKind, Level, SeatKind


async def assign_case(work: Work, *, case_id: int, seat_id: int, expected_version: int) -> int:
    """Propose the case to the seat, in place of an earlier proposal; give the case's id."""
    desk = await take_case_for(work, case_id, CaseAction.ASSIGN, expected_version=expected_version)
    await _check_seat(work, desk, seat_id)
    await supersede_proposal(work, case_id)
    proposal = Assignment(
        id=await work.new_id(),
        case_id=case_id,
        seat_id=seat_id,
        proposed_by_seat_id=work.by.seat_id,
        state=AssignmentState.PROPOSED,
        proposed_at=work.now,
    )
    await work.save(proposal)
    await begin_participation(work, case_id, level=Level.ANONYMOUS, source=AccessSource.ASSIGNMENT, seat_id=seat_id)
    touch(work, desk.case, versioned=True)
    await journal.append(work, desk.case, EventKind.ASSIGNMENT_PROPOSED, {"seat": seat_id})
    return case_id


async def _check_seat(work: Work, desk: CaseOnDesk, seat_id: int) -> None:
    seat = await work.session.get(Seat, seat_id)
    if seat is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "seat")
    if seat.kind is not SeatKind.VOLUNTEER or seat.area_code is None:
        raise Refusal(RefusalCode.SEAT_NOT_VOLUNTEER, "input", "seat")
    if not seat.area_code.startswith(desk.province_code):
        raise Refusal(RefusalCode.SEAT_OUTSIDE_PROVINCE, "input", "seat")
    if desk.case.volunteer_seat_id == seat_id:
        raise Refusal(RefusalCode.SEAT_ALREADY_VOLUNTEER, "input", "seat")
    if not await _is_filled(work, seat_id):
        raise Refusal(RefusalCode.SEAT_EMPTY, "input", "seat")


async def _is_filled(work: Work, seat_id: int) -> bool:
    running = select(col(Incumbency.id)).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.since) <= work.now,
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > work.now),
    )
    return (await work.session.execute(running)).first() is not None
