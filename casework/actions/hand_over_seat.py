"""Hand a post over to the next person, or to nobody; no case moves, and a receipt lists all that lay with the post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from casework import journal
from casework.accounts import NewAccount, account_for
from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import coming
from casework.seat_desk import change_seat, check_free, take_seat_for
from casework.work import Work
from models import Handover, Incumbency, Seat
from models.action_words import SeatAction
from models.post_words import HandoverReason
from models.vocabulary import EventKind, IncumbencyKind, Language


@dataclass(frozen=True, slots=True)
class Passing:
    """Why the post passes on, and to whom, until when; `person` None leaves it empty."""

    reason: HandoverReason
    person: UUID | NewAccount | None = None
    until: datetime | None = None
    languages: frozenset[Language] = frozenset()


async def hand_over_seat(work: Work, *, seat_id: int, expected_version: int, passing: Passing) -> int:
    """End the incumbency now, and the absences planned in it; begin the next. Gives the handover's id."""
    seat = await take_seat_for(work, seat_id, SeatAction.HAND_OVER, expected_version=expected_version)
    leaving = await _incumbency(work, seat_id)
    if leaving is None and passing.person is None:
        raise Refusal(RefusalCode.NOBODY_HANDS_OVER, "input", "person")
    ended = [] if leaving is None else await _end(work, leaving)
    taking = None if passing.person is None else await _begin(work, seat, passing.person, passing, leaving)
    handover = Handover(
        id=await work.new_id(),
        seat_id=seat_id,
        from_incumbency_id=None if leaving is None else leaving.id,
        to_incumbency_id=None if taking is None else taking.id,
        by_seat_id=work.by.seat_id,
        reason=passing.reason,
        at=work.now,
    )
    await work.save(handover)
    await work.session.execute(select(func.draw_up_handover(handover.id)))
    await work.session.refresh(handover)
    told: journal.Payload = {
        "handover": handover.id,
        "reason": passing.reason.value,
        "from": handover.from_incumbency_id,
        "to": handover.to_incumbency_id,
        "absencesEnded": [str(id_) for id_ in ended],
        "cases": handover.cases,
        "proposals": handover.proposals,
        "referrals": handover.referrals,
        "questions": handover.questions,
        "promises": handover.promises,
        "deadlines": handover.deadlines,
        "tasks": handover.tasks,
        "follows": handover.follows,
    }
    await change_seat(work, seat, EventKind.SEAT_HANDED_OVER, told)
    return handover.id


async def _incumbency(work: Work, seat_id: int) -> Incumbency | None:
    """Give the appointment that runs; one of this very instant is not over before it began."""
    running = select(Incumbency).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.kind) == IncumbencyKind.PRIMARY,
        col(Incumbency.since) < work.now,
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > work.now),
    )
    return (await work.session.scalars(running)).first()


async def _end(work: Work, leaving: Incumbency) -> Sequence[int]:
    """End it with its absences: nobody covers for somebody who has left. Gives the ids of the covers that end."""
    leaving.until = work.now
    absences = select(Incumbency).where(
        col(Incumbency.seat_id) == leaving.seat_id,
        col(Incumbency.absent_account_id) == leaving.account_id,
        col(Incumbency.until) > func.greatest(work.now, col(Incumbency.since)),
    )
    covers = (await work.session.scalars(absences.order_by(col(Incumbency.id)))).all()
    for cover in covers:
        cover.until = max(work.now, cover.since)
    await work.session.flush()
    return [cover.id for cover in covers]


async def _begin(
    work: Work, seat: Seat, person: UUID | NewAccount, passing: Passing, leaving: Incumbency | None
) -> Incumbency:
    until = None if passing.until is None else coming(passing.until, "input", "until", now=work.now)
    if until is not None and until <= work.now:
        raise Refusal(RefusalCode.PERIOD_EMPTY, "input", "until")
    account_id = await account_for(work, person)
    if leaving is not None and leaving.account_id == account_id:
        raise Refusal(RefusalCode.HANDOVER_TO_ONESELF, "input", "person")
    await check_free(work, seat.id, work.now, until)
    taking = Incumbency(
        id=await work.new_id(),
        seat_id=seat.id,
        account_id=account_id,
        kind=IncumbencyKind.PRIMARY,
        since=work.now,
        until=until,
        languages=sorted(passing.languages),
    )
    await work.save(taking)
    return taking
