"""Appoint somebody to a post; the cases stay where they are, with the post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.rules.calendar import coming
from casework.seat_desk import change_seat, take_seat_for
from casework.work import Work
from models import Account, Incumbency
from models.vocabulary import EventKind, IncumbencyKind, SeatAction


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A person who signs in for the first time; `subject` is the `sub` of the person's tokens."""

    subject: UUID
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who fills the post, how, and from when to when; `since` None means from now on."""

    person: UUID | NewAccount
    kind: IncumbencyKind = IncumbencyKind.PRIMARY
    since: datetime | None = None
    until: datetime | None = None


async def appoint_incumbent(work: Work, *, seat_id: int, expected_version: int, appointment: Appointment) -> int:
    """Write the incumbency; a post has one PRIMARY incumbent at a time. Gives the seat's id."""
    seat = await take_seat_for(work, seat_id, SeatAction.APPOINT, expected_version=expected_version)
    since = coming(appointment.since, "input", "since", now=work.now)
    until = None if appointment.until is None else coming(appointment.until, "input", "until", now=work.now)
    if until is not None and until <= since:
        raise Refusal(RefusalCode.PERIOD_EMPTY, "input", "until")
    if appointment.kind is IncumbencyKind.PRIMARY:
        await _check_free(work, seat_id, since, until)
    account_id = await _account(work, appointment.person)
    incumbency = Incumbency(
        id=await work.new_id(),
        seat_id=seat_id,
        account_id=account_id,
        kind=appointment.kind,
        since=since,
        until=until,
    )
    await work.save(incumbency)
    appointed: journal.Payload = {"incumbency": incumbency.id, "account": account_id, "kind": appointment.kind.value}
    await change_seat(work, seat, EventKind.INCUMBENT_APPOINTED, appointed)
    return seat_id


async def _check_free(work: Work, seat_id: int, since: datetime, until: datetime | None) -> None:
    """The seat's lock keeps the answer true; the database's exclusion constraint stands behind it."""
    period = func.tstzrange(col(Incumbency.since), col(Incumbency.until))
    overlapping = select(col(Incumbency.id)).where(
        col(Incumbency.seat_id) == seat_id,
        col(Incumbency.kind) == IncumbencyKind.PRIMARY,
        period.op("&&")(func.tstzrange(since, until)),
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > since),
    )
    if (await work.session.execute(overlapping)).first() is not None:
        raise Refusal(RefusalCode.SEAT_FILLED, "input", "seat")


async def _account(work: Work, person: UUID | NewAccount) -> int:
    subject = person if isinstance(person, UUID) else person.subject
    known = await work.session.scalar(select(col(Account.id)).where(col(Account.subject) == subject))
    if isinstance(person, UUID):
        if known is None:
            raise Refusal(RefusalCode.NOT_FOUND, "input", "person", "account")
        return known
    if known is not None:
        raise Refusal(RefusalCode.PERSON_KNOWN, "input", "person", "register", "subject")
    return await _new_account(work, person)


async def _new_account(work: Work, person: NewAccount) -> int:
    at = ("input", "person", "register")
    phone = None if person.phone is None else people.canonical_phone(person.phone, *at, "phone")
    account = Account(
        id=await work.new_id(),
        subject=person.subject,
        title=texts.clean_line(person.title, *at, "title"),
        given_name=texts.clean_line(person.given_name, *at, "givenName"),
        family_name=texts.clean_line(person.family_name, *at, "familyName"),
        given_name_en=texts.clean_line(person.given_name_en, *at, "givenNameEn"),
        family_name_en=texts.clean_line(person.family_name_en, *at, "familyNameEn"),
        phone=phone,
    )
    await work.save(account)
    return account.id
