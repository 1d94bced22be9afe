"""A whole world as plain rows, and those who look at it: what the oracle reads in place of the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from casework.reference.data import ReferenceData
from models import (
    Account,
    Activity,
    ActivityGuest,
    ActivityParticipant,
    Assignment,
    Attachment,
    Case,
    CaseContent,
    CaseDocument,
    CaseHolding,
    CaseMerge,
    CaseParty,
    CaseProblem,
    Citizen,
    CitizenAccess,
    CitizenContact,
    CitizenIdentifier,
    Deadline,
    DeadlineStep,
    Event,
    Follow,
    Incident,
    IncidentCase,
    Incumbency,
    Note,
    Notice,
    Participation,
    PartyContact,
    Referral,
    ReferralContent,
    Seat,
    Task,
    TaskText,
    Visit,
    table_of,
)
from models.vocabulary import SeatKind

Row = TypeVar("Row", bound=SQLModel)

DIRECTORY = (Account, Seat, Incumbency)
TABLES = (
    *DIRECTORY, Activity, ActivityParticipant, ActivityGuest, Citizen, CitizenContact, CitizenIdentifier, Case,
    CaseContent, CaseProblem, CaseHolding, CaseMerge,
    Assignment, Referral, ReferralContent, Participation, Follow, Note, Visit, Task, TaskText, CaseDocument,
    Attachment, Deadline, DeadlineStep, Notice, CaseParty, PartyContact, Event, CitizenAccess, Incident, IncidentCase,
)  # fmt: skip
"""What a world is made of, in an order in which it can be written."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody in a post, as the domain knows them; has the fields of `casework.policy.actors.Actor`."""

    handle: str
    """Signs in as `subject_of(handle)`."""
    account_id: int
    seat_id: int
    kind: SeatKind
    agency_code: str | None
    office_id: int | None
    amphoe_code: str | None
    province_code: str | None
    handles_sensitive: bool

    def __str__(self) -> str:
        return self.handle


@dataclass
class Facts:
    """Rows by their table; `now` is when they are looked at."""

    now: datetime
    reference: ReferenceData = field(repr=False)
    rows: dict[type[SQLModel], list[Any]] = field(default_factory=lambda: defaultdict(list), repr=False)

    def add(self, row: Row) -> Row:
        self.rows[type(row)].append(row)
        return row

    def all(self, model: type[Row]) -> Sequence[Row]:
        return self.rows[model]

    def of(self, model: type[Row], **wanted: Any) -> list[Row]:
        """Give the rows whose columns have these values; the first column is looked up in an index."""
        (first, value), *others = wanted.items()
        found: list[Row] = self._index(model, first)[value]
        return [row for row in found if all(getattr(row, name) == other for name, other in others)]

    def one(self, model: type[Row], **wanted: Any) -> Row:
        (row,) = self.of(model, **wanted)
        return row

    def _index(self, model: type[SQLModel], column: str) -> dict[Any, list[Any]]:
        key = model, column, len(self.rows[model])
        if key not in self._indexes:
            index: dict[Any, list[Any]] = defaultdict(list)
            for row in self.rows[model]:
                index[getattr(row, column)].append(row)
            self._indexes[key] = index
        return self._indexes[key]

    @cached_property
    def _indexes(self) -> dict[Any, dict[Any, list[Any]]]:
        return {}

    @cached_property
    def viewers(self) -> list[Viewer]:
        """Everybody who fills a post of this world."""
        return [self.viewer(seat) for seat in self.all(Seat)]

    def viewer(self, seat: Seat) -> Viewer:
        office = None if seat.office_id is None else self.reference.offices[seat.office_id]
        place = office.province_code if office else seat.area_code or ""
        return Viewer(
            handle=handle_of(seat.id),
            account_id=self.one(Incumbency, seat_id=seat.id).account_id,
            seat_id=seat.id,
            kind=seat.kind,
            agency_code=office.agency_code if office else None,
            office_id=seat.office_id,
            amphoe_code=seat.area_code[:4] if seat.area_code else None,
            province_code=place[:2] or None,
            handles_sensitive=seat.handles_sensitive,
        )


def handle_of(seat_id: int) -> str:
    """Name whoever fills a drawn post."""
    return f"oracle {seat_id}"


async def read_facts(connection: AsyncConnection, reference: ReferenceData, *, now: datetime) -> Facts:
    """Read a world that was played as the owner sees it."""
    facts = Facts(now, reference)
    for model in TABLES:
        for row in await connection.execute(select(table_of(model)).order_by(*table_of(model).primary_key)):
            facts.add(model(**row._mapping))
    return facts
