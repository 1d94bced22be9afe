"""Carry out what a row of a list comes to, by the verbs that a person would use: all of it, or nothing."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from casework.accounts import KnownAccount, NewPerson, account_for
from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.correct_incumbent import Correction, correct_incumbent
from casework.actions.create_seat import NewSeat, create_seat
from casework.actions.end_incumbency import end_incumbency
from casework.errors import Refusal, RefusalCode
from casework.rules.roster import Person, Term
from casework.rules.roster_steps import Step
from casework.work import Work
from models import Incumbency
from models.vocabulary import IncumbencyKind


class Done(NamedTuple):
    """What the rows that follow need to know, once it is committed."""

    seat_id: int
    version: int
    account_id: int | None
    incumbency_id: int | None


async def carry_out_step(work: Work, *, step: Step) -> Done:
    """Make the post, end a time, begin one, correct the person; refuses a post that changed since this was planned."""
    seat_id, version = await _post(work, step)
    if step.begins is None:
        version += await _correct(work, step, seat_id, version)
    if step.ends is not None:
        version += await _end(work, step.ends, seat_id, version, until=step.end)
    if step.begins is None:
        return Done(seat_id, version, None, None)
    person = step.begins.person
    account_id = person.account_id or await account_for(work, _new_person(person))
    since, until = _coming(step.begins.since, now=work.now), step.begins.until
    appointment = Appointment(KnownAccount(account_id), since=since, until=until)
    await appoint_incumbent(work, seat_id=seat_id, expected_version=version, appointment=appointment)
    incumbency_id = await _latest(work, seat_id, account_id)
    version += 1
    if person.account_id is not None:
        version += await _correct(work, step, seat_id, version)
    return Done(seat_id, version, account_id, incumbency_id)


async def _post(work: Work, step: Step) -> tuple[int, int]:
    if step.post.seat_id is not None:
        return step.post.seat_id, step.post.version
    return await create_seat(work, post=NewSeat(step.post.kind, step.post.area_code)), 1


async def _end(work: Work, ends: Term, seat_id: int, version: int, *, until: datetime | None) -> int:
    """End it; the row that was to begin it may have been refused. Gives by how much the version rises."""
    if ends.incumbency_id is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "incumbency")
    until = _coming(until, now=work.now)
    await end_incumbency(work, seat_id=seat_id, expected_version=version, incumbency_id=ends.incumbency_id, until=until)
    return 1


async def _correct(work: Work, step: Step, seat_id: int, version: int) -> int:
    """Correct somebody who had an account before this step. Gives by how much the version rises."""
    known, account_id = step.corrections, None if step.person is None else step.person.account_id
    if not known or account_id is None:
        return 0
    correction = Correction(known.phone, known.subject, *(known.name_en or (None, None)))
    await correct_incumbent(
        work, seat_id=seat_id, expected_version=version, account_id=account_id, correction=correction
    )
    return 1


def _coming(at: datetime | None, *, now: datetime) -> datetime | None:
    """Give what is still to come; what was now when the list was planned is now again."""
    return None if at is None or at <= now else at


def _new_person(person: Person) -> NewPerson:
    return NewPerson(
        person.subject,
        person.title,
        person.name.given,
        person.name.family,
        person.name_en.given,
        person.name_en.family,
        person.phone,
    )


async def _latest(work: Work, seat_id: int, account_id: int) -> int:
    """Give the appointment that was just written."""
    own = select(col(Incumbency.id)).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.account_id) == account_id,
        col(Incumbency.kind) == IncumbencyKind.PRIMARY,
    )
    return (await work.session.scalars(own.order_by(col(Incumbency.since).desc()).limit(1))).one()
