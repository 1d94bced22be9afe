"""The answers that the contract promises, worked out in plain Python for one pair of eyes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from models import (
    Attachment,
    Case,
    CaseContent,
    CaseParty,
    Citizen,
    CitizenContact,
    CitizenIdentifier,
    Incident,
    IncidentCase,
    Note,
    Participation,
    PartyContact,
    Referral,
    Seat,
    Task,
    Visit,
)
from models.incident_words import IncidentState, PartyContactKind
from models.vocabulary import CaseState, ContactKind, Disclosure, Level, ReferralState, SeatKind
from tests.api import Api
from tests.oracle.facts import Facts, Viewer
from tests.oracle.seeing import Eyes, given_by
from tests.oracle.shapes import Tree, fields, named

STATUS, WORK, FULL = Level.STATUS, Level.WORK, Level.FULL
Read = Callable[["Mirror", Any], Any]


class Listed(NamedTuple):
    """A connection: its rows in order."""

    rows: Sequence[Any]


class OneOf(NamedTuple):
    """Any of these answers is right."""

    words: frozenset[str]

    def __eq__(self, other: object) -> bool:
        return other in self.words

    def __hash__(self) -> int:
        return hash(self.words)


class Department(NamedTuple):
    office_id: int
    level: Level
    since: datetime
    until: datetime | None


class Cause(NamedTuple):
    """What a case shares with those of so many citizens."""

    incident: Incident
    counted: int
    since: datetime


class Access(NamedTuple):
    level: Level
    reasons: frozenset[str]


class Mirror(Eyes):
    """What one post is answered."""

    def __init__(self, facts: Facts, by: Viewer, api: Api, readers: Mapping[str, Mapping[str, Read]]) -> None:
        super().__init__(facts, by)
        self.by: Viewer = by
        self.api = api
        self.readers = readers
        """For each type, how each of its fields is read off the rows."""

    def answer(self, kind: str, row: Any, selection: Tree) -> dict[str, Any]:
        """Give what a selection on a row of this type must answer."""
        return {name: self._field(kind, row, name, below) for name, below in selection.items()}

    def _field(self, kind: str, row: Any, name: str, below: Tree | None) -> Any:
        if name == "__typename":
            return self.typename(kind, row)
        value = self.readers[_plain(kind)][name](self, row)
        if below is None:
            return _leaf(value)
        inner = named(fields(kind)[name]).name
        if isinstance(value, list):
            return [self.answer(inner, one, below) for one in value]
        return None if value is None else self.answer(inner, value, below)

    def typename(self, kind: str, row: Any) -> str:
        if kind != "Holder":
            return kind
        if isinstance(row, Seat):
            return "Mentor" if row.kind is SeatKind.MENTOR else "Volunteer"
        return "Office"

    def seat(self, seat_id: int | None) -> Seat | None:
        return None if seat_id is None else self.facts.one(Seat, id=seat_id)

    def office(self, office_id: int | None) -> Any:
        return None if office_id is None else self.facts.reference.offices[office_id]

    def agency(self, code: str | None) -> Any:
        return None if code is None else self.facts.reference.agencies[code]

    def area(self, code: str | None) -> Any:
        return None if code is None else self.facts.reference.areas[code]

    def problem_type(self, code: str) -> Any:
        return self.facts.reference.problem_types[code]

    def visible(self, model: Any, row_id: int | None) -> Any:
        """Give a row of a case if its case and level show it; a note also needs them in its audience."""
        if row_id is None:
            return None
        row = self.facts.one(model, id=row_id)
        if model is Case:
            return row if self.level(row.id) else None
        if model is Note:
            return row if row in self.notes(self.facts.one(Case, id=row.case_id)) else None
        if model is Attachment:
            return row if row in self.attachments(self.facts.one(Case, id=row.case_id)) else None
        return row if self.reaches(row.case_id, WORK if model in {CaseParty, Task, Visit} else STATUS) else None

    def citizen(self, citizen_id: int | None) -> Citizen | None:
        """Give a citizen if they are seen."""
        row = None if citizen_id is None else self.facts.one(Citizen, id=citizen_id)
        return None if row is None or self.citizen_level(row) is None else row

    def content(self, case: Case) -> CaseContent | None:
        return self.facts.one(CaseContent, case_id=case.id) if self.reaches(case.id, WORK) else None

    def departments(self, case: Case) -> list[Department]:
        """Give every office that took part: its best running level, from its first day to its last."""
        parts = [part for part in self.facts.of(Participation, case_id=case.id) if part.office_id is not None]
        found = []
        for office_id in {part.office_id for part in parts}:
            own = [part for part in parts if part.office_id == office_id]
            ends = [part.until for part in own if part.until is not None]
            until = max(ends) if len(ends) == len(own) else None
            level = max(given_by(part, self.facts.now) for part in own)
            found.append(Department(office_id or 0, level, min(part.since for part in own), until))
        return sorted(found, key=lambda one: (one.since, one.office_id))

    def contacts(self, citizen: Citizen, kind: ContactKind, what: Disclosure) -> list[str] | None:
        if not self.shown(citizen, what):
            return None
        kept = self.facts.of(CitizenContact, citizen_id=citizen.id, kind=kind)
        return [contact.value for contact in sorted(kept, key=lambda contact: contact.position)]

    def identifiers(self, citizen: Citizen) -> list[CitizenIdentifier] | None:
        if not self.shown(citizen, Disclosure.IDENTIFIERS):
            return None
        return self.facts.of(CitizenIdentifier, citizen_id=citizen.id)

    def party_contacts(self, party: CaseParty, kind: PartyContactKind) -> list[str] | None:
        if not self.reaches(party.case_id, FULL):
            return None
        return [contact.value for contact in self.facts.of(PartyContact, party_id=party.id, kind=kind)]

    def leads(self, incident: Incident) -> bool:
        return self.by.kind is SeatKind.COORDINATOR and self.by.province_code == incident.province_code

    def members(self, incident: Incident) -> list[tuple[Case, datetime]]:
        """Give the cases of an incident, and since when they belong to it."""
        joined = self.facts.of(IncidentCase, incident_id=incident.id)
        return [(self.facts.one(Case, id=member.case_id), member.joined_at) for member in joined]

    def causes(self, case: Case) -> list[Cause]:
        """Give what the case shares, as far as at least two citizens of it may be told."""
        found = []
        for own in self.facts.of(IncidentCase, case_id=case.id):
            incident = self.facts.one(Incident, id=own.incident_id)
            led = self.leads(incident)
            told = [(one, at) for one, at in self.members(incident) if counts(one) and (led or not one.sensitive)]
            people = {one.citizen_id for one, _ in told}
            if incident.state is not IncidentState.DISMISSED and (led or not case.sensitive) and len(people) > 1:
                found.append(Cause(incident, len(people), min(at for _, at in told)))
        return sorted(found, key=lambda cause: (cause.since, cause.incident.id))

    def is_overdue(self, referral: Referral) -> bool:
        by_state = {ReferralState.SENT: referral.respond_by, ReferralState.RECEIVED: referral.respond_by}
        by_state |= dict.fromkeys((ReferralState.ACCEPTED, ReferralState.IN_PROGRESS), referral.result_by)
        due = by_state.get(referral.state, referral.result_by if referral.state is ReferralState.DISPUTED else None)
        return due is not None and due < self.facts.now


def counts(case: Case) -> bool:
    """Does the case count in its incidents: did it not come to nothing?"""
    return case.state not in {CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE}


def _plain(kind: str) -> str:
    """All connections are read alike, and so are their edges."""
    return next((end for end in ("Connection", "Edge") if kind.endswith(end)), kind)


def _leaf(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Level):
        return value.name
    return value.value if isinstance(value, Enum) else value
