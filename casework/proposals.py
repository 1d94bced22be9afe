"""Proposals: a volunteer seat was asked to take a case and has not answered."""

from sqlalchemy import select
from sqlmodel import col

from casework.participations import end_participations
from casework.work import Unit
from models import Assignment
from models.vocabulary import AccessSource, AssignmentState


async def supersede_proposal(work: Unit, case_id: int) -> None:
    """End a proposal that nobody answered, and the access that it gave."""
    open_ones = select(Assignment).where(
        col(Assignment.case_id) == case_id,
        col(Assignment.state) == AssignmentState.PROPOSED,
    )
    earlier = (await work.session.scalars(open_ones)).first()
    if earlier is None:
        return
    earlier.state, earlier.answered_at = AssignmentState.SUPERSEDED, work.now
    await end_proposal_access(work, case_id, earlier.seat_id)


async def end_proposal_access(work: Unit, case_id: int, seat_id: int) -> None:
    await end_participations(work, case_id, source=AccessSource.ASSIGNMENT, seat_id=seat_id)
