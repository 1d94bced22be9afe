"""Who is accountable for a case: exactly one seat or office, with the history of all before."""

from sqlalchemy import select
from sqlmodel import col

from casework import journal
from casework.participations import begin_participation, end_participations
from casework.work import Unit
from models import Case, CaseHolding
from models.vocabulary import AccessSource, EventKind, Level


async def begin_holding(work: Unit, case: Case, *, seat_id: int | None, office_id: int | None) -> None:
    """Write the history's row for the holder that the case names, and give it FULL access."""
    await begin_participation(
        work, case.id, level=Level.FULL, source=AccessSource.HOLDER, seat_id=seat_id, office_id=office_id
    )
    holding = CaseHolding(id=await work.new_id(), case_id=case.id, seat_id=seat_id, office_id=office_id, since=work.now)
    await work.save(holding)


async def move_holder(work: Unit, case: Case, *, seat_id: int | None = None, office_id: int | None = None) -> None:
    """Make another seat or office accountable from now on; the one before keeps level STATUS."""
    before = {"fromSeat": case.holder_seat_id, "fromOffice": case.holder_office_id}
    running = select(CaseHolding).where(
        col(CaseHolding.case_id) == case.id,
        col(CaseHolding.until).is_(None),
    )
    (await work.session.scalars(running)).one().until = work.now
    case.holder_seat_id, case.holder_office_id = seat_id, office_id
    await work.session.flush()
    await end_participations(work, case.id, source=AccessSource.HOLDER)
    await end_participations(work, case.id, source=AccessSource.OPENED, but_seat_id=case.volunteer_seat_id)
    await begin_holding(work, case, seat_id=seat_id, office_id=office_id)
    after = {"seat": seat_id, "office": office_id}
    await journal.append(work, case, EventKind.CASE_HOLDER_CHANGED, {**before, **after})
