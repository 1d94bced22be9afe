"""Taking part in a case: the rows that give access, begun and ended with the acts that cause them."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from casework.work import Unit
from models import Participation
from models.vocabulary import AccessSource, Disclosure, Level


async def begin_participation(
    work: Unit,
    case_id: int,
    *,
    level: Level,
    source: AccessSource,
    seat_id: int | None = None,
    office_id: int | None = None,
    referral_id: int | None = None,
    discloses: Disclosure = Disclosure.NOTHING,
    expires_at: datetime | None = None,
) -> None:
    """Give a seat or an office access from now on; from `expires_at` on it shows no person."""
    await work.save(
        Participation(
            id=await work.new_id(),
            case_id=case_id,
            seat_id=seat_id,
            office_id=office_id,
            level=level,
            source=source,
            referral_id=referral_id,
            discloses=discloses,
            since=work.now,
            expires_at=expires_at,
        )
    )


async def end_participations(
    work: Unit,
    case_id: int,
    *,
    source: AccessSource | None = None,
    seat_id: int | None = None,
    office_id: int | None = None,
    referral_id: int | None = None,
    but_seat_id: int | None = None,
) -> None:
    """End the running participations that match all that is given, but one seat's; they leave level STATUS."""
    running = select(Participation).where(
        col(Participation.case_id) == case_id,
        col(Participation.until).is_(None),
    )
    for column, wanted in (
        (col(Participation.source), source),
        (col(Participation.seat_id), seat_id),
        (col(Participation.office_id), office_id),
        (col(Participation.referral_id), referral_id),
    ):
        if wanted is not None:
            running = running.where(column == wanted)
    for participation in (await work.session.scalars(running)).all():
        if but_seat_id is None or participation.seat_id != but_seat_id:
            participation.until = work.now
    await work.session.flush()
