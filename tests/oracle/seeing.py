"""The table "Who sees what" of the domain in plain Python, over plain rows.

Written from the domain's text, apart from the service: it imports nothing of it but words.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Protocol

from models import Attachment, Case, Citizen, Event, Note, Participation
from models.attachment_words import AttachmentState
from models.vocabulary import AccessSource, Audience, Disclosure, Level, SeatKind, SubjectKind
from tests.oracle.facts import Facts

K = SeatKind
STAFF = frozenset({K.OFFICER, K.OFFICE_HEAD, K.COORDINATOR})
"""What an office has, its posts have."""


class Post(Protocol):
    """Whoever looks: a `Viewer` of a drawn world, or an actor of the service."""

    @property
    def seat_id(self) -> int: ...
    @property
    def kind(self) -> SeatKind: ...
    @property
    def agency_code(self) -> str | None: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def amphoe_code(self) -> str | None: ...
    @property
    def province_code(self) -> str | None: ...
    @property
    def handles_sensitive(self) -> bool: ...


class Part(Protocol):
    """A participation, however it was read."""

    @property
    def seat_id(self) -> int | None: ...
    @property
    def office_id(self) -> int | None: ...
    @property
    def level(self) -> int: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def expires_at(self) -> datetime | None: ...


class Taken(Protocol):
    """What of a case decides who sees it."""

    @property
    def sensitive(self) -> bool: ...
    @property
    def amphoe_code(self) -> str: ...
    @property
    def province_code(self) -> str: ...


def discloses_still(part: Part, now: datetime) -> bool:
    """Does it show a person: it runs, and the time for which something is disclosed has not run out?"""
    return part.until is None and (part.expires_at is None or part.expires_at > now)


def given_by(part: Part, now: datetime) -> Level:
    """Give the level of one participation: STATUS for ever once it has ended."""
    if part.until is not None:
        return Level.STATUS
    level = Level(part.level)
    return level if discloses_still(part, now) else min(level, Level.ANONYMOUS)


def level_of(by: Post, case: Taken, parts: Iterable[Part], *, now: datetime) -> Level | None:
    """Give the level at which somebody sees a case; None when it is not there for them."""
    if by.kind is K.ADMIN:
        return None
    if by.kind is K.AUDITOR:
        return Level.ANONYMOUS
    levels = [given_by(part, now) for part in parts if is_own(by, case, part)]
    return max(levels + _by_area(by, case), default=None)


def is_own(by: Post, case: Taken, part: Part) -> bool:
    """Does it count for them? What an office has of a sensitive case is only for those it trusts with such."""
    if part.seat_id is not None:
        return part.seat_id == by.seat_id
    if by.kind not in STAFF or part.office_id != by.office_id:
        return False
    return not case.sensitive or by.handles_sensitive or by.kind is K.COORDINATOR


def _by_area(by: Post, case: Taken) -> list[Level]:
    if by.kind is K.MENTOR and case.amphoe_code == by.amphoe_code:
        return [Level.STATUS if case.sensitive else Level.WORK]
    if by.kind is K.COORDINATOR and case.province_code == by.province_code:
        return [Level.WORK if case.sensitive else Level.FULL]
    return []


class Eyes:
    """A whole world as one of its posts sees it."""

    def __init__(self, facts: Facts, by: Post) -> None:
        self.facts = facts
        self.by = by

    @cached_property
    def _levels(self) -> dict[int, Level | None]:
        return {case.id: self._level(case) for case in self.facts.all(Case)}

    def _level(self, case: Case) -> Level | None:
        return level_of(self.by, case, self.facts.of(Participation, case_id=case.id), now=self.facts.now)

    def level(self, case_id: int | None) -> Level | None:
        return None if case_id is None else self._levels[case_id]

    def reaches(self, case_id: int, at: Level) -> bool:
        return (self._levels[case_id] or 0) >= at

    def cases(self) -> list[Case]:
        return [case for case in self.facts.all(Case) if self._levels[case.id] is not None]

    def own_parts(self, case: Case) -> list[Participation]:
        if self.by.kind in {K.ADMIN, K.AUDITOR}:
            return []
        return [part for part in self.facts.of(Participation, case_id=case.id) if is_own(self.by, case, part)]

    def reasons(self, case: Case) -> set[AccessSource]:
        """Give every reason that may stand for the level: what they take part by, and where their post is."""
        level = self.level(case.id)
        own = {part.source for part in self.own_parts(case) if given_by(part, self.facts.now) == level}
        by_position = AccessSource.AUDIT if self.by.kind is K.AUDITOR else AccessSource.AREA
        return own or {by_position}

    def holds(self, case: Case) -> bool:
        if case.holder_seat_id is not None:
            return case.holder_seat_id == self.by.seat_id
        return self.by.kind in STAFF and case.holder_office_id == self.by.office_id

    def hears(self, case: Case, audience: Audience, *, seat_id: int | None, agency_code: str | None) -> bool:
        """Are they in the audience of what this author wrote? Authors always are."""
        if seat_id == self.by.seat_id or audience in {Audience.CASE, Audience.CITIZEN}:
            return True
        if audience is Audience.OWN_AGENCY:
            return agency_code is not None and agency_code == self.by.agency_code
        return self.holds(case)

    def notes(self, case: Case) -> list[Note]:
        """Give the notes that they may read, in no order."""
        written = self.facts.of(Note, case_id=case.id) if self.reaches(case.id, Level.WORK) else []
        return [
            n
            for n in written
            if self.hears(case, n.audience, seat_id=n.author_seat_id, agency_code=n.author_agency_code)
        ]

    def attachments(self, case: Case) -> list[Attachment]:
        """Give the files that they may know of, in no order: their own, and confirmed ones that are meant for them."""
        kept = self.facts.of(Attachment, case_id=case.id) if self.reaches(case.id, Level.WORK) else []
        early = {AttachmentState.REQUESTED, AttachmentState.EXPIRED}
        return [
            a
            for a in kept
            if a.author_seat_id == self.by.seat_id
            or (
                a.state not in early
                and self.hears(case, a.audience, seat_id=a.author_seat_id, agency_code=a.author_agency_code)
            )
        ]

    def events(self, case: Case) -> list[Event]:
        """Give the events that they may know of, as they happened."""
        told = self.facts.of(Event, subject_id=case.id, subject_kind=SubjectKind.CASE)
        if not self.reaches(case.id, Level.ANONYMOUS):
            return []
        heard = [
            e for e in told if self.hears(case, e.audience, seat_id=e.actor_seat_id, agency_code=e.actor_agency_code)
        ]
        return sorted(heard, key=lambda event: event.seq)

    def citizen_level(self, citizen: Citizen) -> Level | None:
        """Give the highest level of the citizen's cases; before the first one whoever registered them sees all.

        A record that was merged is seen as the one in which it goes on, whose cases are those of both.
        """
        cases = self.cases_of_person(citizen)
        if not cases:
            return Level.FULL if citizen.registered_by_seat_id == self.by.seat_id else None
        levels = [level for case in cases if (level := self.level(case.id)) is not None and level >= Level.WORK]
        return max(levels, default=None)

    def citizens(self) -> list[Citizen]:
        """Give those whom they are shown in lists: of records that were merged, the one that goes on."""
        alone = [citizen for citizen in self.facts.all(Citizen) if citizen.merged_into_citizen_id is None]
        return [citizen for citizen in alone if self.citizen_level(citizen) is not None]

    def cases_of_person(self, citizen: Citizen) -> Sequence[Case]:
        return self.facts.of(Case, citizen_id=citizen.merged_into_citizen_id or citizen.id)

    def shown(self, citizen: Citizen, what: Disclosure) -> bool:
        """Is such a contact shown: at FULL, or disclosed by a referral that the office works on?"""
        if self.citizen_level(citizen) is Level.FULL:
            return True
        cases = self.cases_of_person(citizen)
        parts = [part for case in cases for part in self.own_parts(case) if discloses_still(part, self.facts.now)]
        return any(Disclosure(part.discloses) & what for part in parts)
