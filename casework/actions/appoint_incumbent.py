"""Appoint somebody to a post; the cases stay where they are, with the post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from casework import journal
from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.rules.calendar import coming
from casework.seat_desk import change_seat, check_free, take_seat_for
from casework.work import Work
from models import Account, Incumbency, table_of
from models.vocabulary import EventKind, IncumbencyKind, SeatAction

account = table_of(Account)


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
        await check_free(work, seat_id, since, until)
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


async def _account(work: Work, person: UUID | NewAccount) -> int:
    subject = person if isinstance(person, UUID) else person.subject
    known = await work.session.scalar(select(col(Account.id)).where(col(Account.subject) == subject))
    if isinstance(person, UUID):
        if known is None:
            raise Refusal(RefusalCode.NOT_FOUND, "input", "person", "account")
        return known
    if known is not None:
        raise _known()
    return await _new_account(work, person)


async def _new_account(work: Work, person: NewAccount) -> int:
    at = ("input", "person", "register")
    phone = None if person.phone is None else people.canonical_phone(person.phone, *at, "phone")
    fresh = (
        insert(account)
        .values(
            id=await work.new_id(),
            subject=person.subject,
            title=texts.clean_line(person.title, *at, "title"),
            given_name=texts.clean_line(person.given_name, *at, "givenName"),
            family_name=texts.clean_line(person.family_name, *at, "familyName"),
            given_name_en=texts.clean_line(person.given_name_en, *at, "givenNameEn"),
            family_name_en=texts.clean_line(person.family_name_en, *at, "familyNameEn"),
            phone=phone,
        )
        .on_conflict_do_nothing()  # somebody may register the same person for another post at this moment
        .returning(account.c.id)
    )
    account_id: int | None = await work.session.scalar(fresh)
    if account_id is None:
        raise _known()
    return account_id


def _known() -> Refusal:
    return Refusal(RefusalCode.PERSON_KNOWN, "input", "person", "register", "subject")
