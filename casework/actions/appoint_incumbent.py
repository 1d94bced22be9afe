"""Appoint somebody to a post; the cases stay where they are, with the post."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework import journal
from casework.accounts import KnownAccount, NewAccount, account_for
from casework.errors import Refusal, RefusalCode
from casework.rules.calendar import coming
from casework.seat_desk import change_seat, check_free, take_seat_for
from casework.work import Work
from models import Incumbency
from models.action_words import SeatAction
from models.vocabulary import EventKind, IncumbencyKind, Language


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who fills the post, how, from when to when, and what they speak besides Thai; `since` None means from now on."""

    person: UUID | NewAccount | KnownAccount
    kind: IncumbencyKind = IncumbencyKind.PRIMARY
    since: datetime | None = None
    until: datetime | None = None
    languages: frozenset[Language] = frozenset()


async def appoint_incumbent(work: Work, *, seat_id: int, expected_version: int, appointment: Appointment) -> int:
    """Write the incumbency; a post has one PRIMARY incumbent at a time. Gives the seat's id."""
    seat = await take_seat_for(work, seat_id, SeatAction.APPOINT, expected_version=expected_version)
    since = coming(appointment.since, "input", "since", now=work.now)
    until = None if appointment.until is None else coming(appointment.until, "input", "until", now=work.now)
    if until is not None and until <= since:
        raise Refusal(RefusalCode.PERIOD_EMPTY, "input", "until")
    if appointment.kind is IncumbencyKind.PRIMARY:
        await check_free(work, seat_id, since, until)
    account_id = await account_for(work, appointment.person)
    incumbency = Incumbency(
        id=await work.new_id(),
        seat_id=seat_id,
        account_id=account_id,
        kind=appointment.kind,
        since=since,
        until=until,
        languages=sorted(appointment.languages),
    )
    await work.save(incumbency)
    appointed: journal.Payload = {"incumbency": incumbency.id, "account": account_id, "kind": appointment.kind.value}
    await change_seat(work, seat, EventKind.INCUMBENT_APPOINTED, appointed)
    return seat_id
