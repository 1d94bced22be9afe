"""Correct what is known of somebody who fills a post: the phone, the name in Latin letters, and who signs in."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from casework import journal
from casework.accounts import account_of
from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.seat_desk import change_seat, take_seat_for
from casework.work import Work
from models import Account, Incumbency
from models.action_words import SeatAction
from models.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class Correction:
    """What is known better; None where nothing changes. A `sub` is given once and never changed."""

    phone: str | None = None
    subject: UUID | None = None
    given_name_en: str | None = None
    family_name_en: str | None = None


async def correct_incumbent(
    work: Work, *, seat_id: int, expected_version: int, account_id: int, correction: Correction
) -> int:
    """Write it to the account; the event of the post tells which values changed. Gives the seat's id.

    It takes the owner of the tables: the application's role may not change an account.
    """
    seat = await take_seat_for(work, seat_id, SeatAction.APPOINT, expected_version=expected_version)
    account = await _account(work, seat_id, account_id)
    changed = []
    for name, value in _values(correction).items():
        if value is not None and getattr(account, name) != value:
            setattr(account, name, value)
            changed.append(name)
    if correction.subject is not None:
        await _give_subject(work, account, correction.subject)
        changed.append("subject")
    if not changed:
        raise Refusal(RefusalCode.NOTHING_TO_CHANGE, "input")
    await work.session.flush()
    corrected: journal.Payload = {"account": account_id, "changed": changed}
    await change_seat(work, seat, EventKind.INCUMBENT_CORRECTED, corrected)
    return seat_id


async def _account(work: Work, seat_id: int, account_id: int) -> Account:
    """Take the account of somebody who fills the post, now or later."""
    fills = select(col(Incumbency.account_id)).where(
        col(Incumbency.seat_id) == seat_id,
        or_(col(Incumbency.until).is_(None), col(Incumbency.until) > work.now),
    )
    found = select(Account).where(col(Account.id) == account_id, col(Account.id).in_(fills)).with_for_update()
    account: Account | None = (await work.session.scalars(found)).first()
    if account is None:
        raise Refusal(RefusalCode.NOT_FOUND, "input", "account")
    return account


def _values(correction: Correction) -> dict[str, str | None]:
    path = ("input", "correction")
    return {
        "phone": None if correction.phone is None else people.canonical_phone(correction.phone, *path, "phone"),
        "given_name_en": texts.clean_optional(correction.given_name_en, *path, "givenNameEn", limit=texts.NAME),
        "family_name_en": texts.clean_optional(correction.family_name_en, *path, "familyNameEn", limit=texts.NAME),
    }


async def _give_subject(work: Work, account: Account, subject: UUID) -> None:
    """Let somebody sign in who could not. A `sub` that is there stays, or an account could be taken over."""
    if account.subject is not None or await account_of(work, subject) is not None:
        raise Refusal(RefusalCode.PERSON_KNOWN, "input", "correction", "subject")
    account.subject = subject
