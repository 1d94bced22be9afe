"""Accounts: the people who sign in, known by the `sub` of their tokens."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from casework.errors import Refusal, RefusalCode
from casework.rules import people, texts
from casework.work import Unit
from models import Account, table_of

account = table_of(Account)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who is to have an account; `subject` is the `sub` of the person's tokens, None while it is unknown."""

    subject: UUID | None
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class NewAccount(NewPerson):
    """A person who signs in for the first time."""

    subject: UUID


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """A person with an account, named by its id, for there may be no `sub`."""

    id: int


async def account_of(work: Unit, subject: UUID | None) -> int | None:
    if subject is None:
        return None
    known: int | None = await work.session.scalar(select(col(Account.id)).where(col(Account.subject) == subject))
    return known


async def make_account(work: Unit, person: NewPerson, *path: str) -> int | None:
    """Write the account and give its id; None when somebody has made one with this subject meanwhile."""
    phone = None if person.phone is None else people.canonical_phone(person.phone, *path, "phone")
    fresh = (
        insert(account)
        .values(
            id=await work.new_id(),
            subject=person.subject,
            title=texts.clean_line(person.title, *path, "title"),
            given_name=texts.clean_line(person.given_name, *path, "givenName"),
            family_name=texts.clean_line(person.family_name, *path, "familyName"),
            given_name_en=texts.clean_line(person.given_name_en, *path, "givenNameEn"),
            family_name_en=texts.clean_line(person.family_name_en, *path, "familyNameEn"),
            phone=phone,
        )
        .on_conflict_do_nothing()
        .returning(account.c.id)
    )
    account_id: int | None = await work.session.scalar(fresh)
    return account_id


async def account_for(work: Unit, person: UUID | NewPerson | KnownAccount) -> int:
    """Give the account of somebody known, or make it for somebody new; refuse each where the other was meant."""
    if isinstance(person, KnownAccount):
        return person.id
    subject = person if isinstance(person, UUID) else person.subject
    known = await account_of(work, subject)
    if isinstance(person, UUID):
        if known is None:
            raise Refusal(RefusalCode.NOT_FOUND, "input", "person", "account")
        return known
    made = await make_account(work, person, "input", "person", "register") if known is None else None
    if made is None:
        raise Refusal(RefusalCode.PERSON_KNOWN, "input", "person", "register", "subject")
    return made
