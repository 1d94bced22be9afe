"""Load the demo network: the posts of the document behind Prasan, filled with invented people. Idempotent."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from casework.reference.data import ReferenceData
from casework.rules.people import canonical_phone
from models import Account, Incumbency, Seat
from models.columns import IDS
from models.vocabulary import IncumbencyKind, SeatKind

FILE = Path(__file__).with_name("network.yaml")
SINCE = datetime(2024, 10, 1, tzinfo=UTC)
"""All posts are filled from the first day of fiscal year 2568 on: before the demo's first case."""


def read_network() -> dict[str, Any]:
    network: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return network


def subject_of(handle: str) -> UUID:
    """Give the account's subject: the same for the same handle in every installation."""
    return uuid5(NAMESPACE_URL, f"prasan-demo/{handle}")


Post = tuple[str, dict[str, Any], dict[str, Any]]


def posts(network: dict[str, Any]) -> Iterator[Post]:
    """Give each post's handle as demo scripts write it, its seat, and its person."""
    for person in network["volunteers"]:
        yield f"volunteer {person['tambon']}", {"kind": SeatKind.VOLUNTEER, "area": person["tambon"]}, person
    for person in network["mentors"]:
        yield f"mentor {person['amphoe']}", {"kind": SeatKind.MENTOR, "area": person["amphoe"]}, person
    yield from _posts_of_offices(network)
    for kind in (SeatKind.AUDITOR, SeatKind.ADMIN):
        yield kind.value.lower(), {"kind": kind}, network[kind.value.lower()]


def _posts_of_offices(network: dict[str, Any]) -> Iterator[Post]:
    officers: Counter[str] = Counter()
    for person in network["staff"]:
        office, kind = person["office"], SeatKind(person["kind"])
        seat = {"kind": kind, "office": office, "handles_sensitive": person["handles_sensitive"]}
        if kind is SeatKind.COORDINATOR:
            yield f"coordinator {network['province']}", seat, person
        elif kind is SeatKind.OFFICE_HEAD:
            yield f"head {office}", seat, person
        else:
            officers[office] += 1
            number = officers[office]
            yield f"officer {office}{f' {number}' if number > 1 else ''}", {**seat, "number": number}, person


async def load_network(session: AsyncSession, reference: ReferenceData) -> int:
    """Write the posts that are not there yet and give how many were written."""
    known = set((await session.scalars(select(col(Account.subject)))).all())
    fresh = [post for post in posts(read_network()) if subject_of(post[0]) not in known]
    drawn = await session.execute(select(IDS.next_value()).select_from(func.generate_series(1, 3 * len(fresh))))
    ids = iter(drawn.scalars().all())
    accounts, seats, incumbencies = [], [], []
    for handle, seat, person in fresh:
        account = _account(next(ids), handle, person)
        place = _seat(next(ids), seat, reference)
        accounts.append(account)
        seats.append(place)
        incumbencies.append(
            Incumbency(
                id=next(ids),
                seat_id=place.id,
                account_id=account.id,
                kind=IncumbencyKind.PRIMARY,
                since=SINCE,
            )
        )
    for rows in (accounts, seats, incumbencies):
        session.add_all(rows)
        await session.flush()
    return len(fresh)


def _account(id_: int, handle: str, person: dict[str, Any]) -> Account:
    names = ("title", "given_name", "family_name", "given_name_en", "family_name_en")
    phone = canonical_phone(person["phone"]) if person.get("phone") else None
    return Account(id=id_, subject=subject_of(handle), phone=phone, **{name: person[name] for name in names})


def _seat(id_: int, seat: dict[str, Any], reference: ReferenceData) -> Seat:
    office = reference.offices_by_code[seat["office"]] if "office" in seat else None
    return Seat(
        id=id_,
        kind=seat["kind"],
        area_code=seat.get("area"),
        office_id=office.id if office else None,
        number=seat.get("number", 1),
        handles_sensitive=seat.get("handles_sensitive", False),
    )
