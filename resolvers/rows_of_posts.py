"""Rows of posts: who fills them, what they have on their hands, how they were handed over."""

from datetime import datetime
from typing import NamedTuple

from models.post_words import HandoverItemKind, HandoverReason, SuggestionReason
from models.vocabulary import (
    IncumbencyKind,
    SeatKind,
)


class PersonRow(NamedTuple):
    title: str
    given_name: str
    family_name: str
    given_name_en: str
    family_name_en: str
    phone: str | None


class SeatRow(NamedTuple):
    id: int
    kind: SeatKind
    area_code: str | None
    office_id: int | None
    number: int
    handles_sensitive: bool
    version: int
    incumbent: PersonRow | None


class LoadRow(NamedTuple):
    """What a post has on its hands, in numbers."""

    seat_id: int
    open_held: int
    open_taken_part: int
    proposed: int
    overdue: int


class IncumbencyRow(NamedTuple):
    id: int
    seat_id: int
    kind: IncumbencyKind
    since: datetime
    until: datetime | None
    absent_account_id: int | None
    languages: list[str]
    person: PersonRow


class HandoverCountsRow(NamedTuple):
    """How much of each kind was handed over."""

    cases: int
    proposals: int
    referrals: int
    questions: int
    promises: int
    deadlines: int
    tasks: int
    follows: int


class HandoverRow(NamedTuple):
    id: int
    seat_id: int
    from_incumbency_id: int | None
    to_incumbency_id: int | None
    by_seat_id: int
    reason: HandoverReason
    at: datetime
    confirmed_at: datetime | None
    counts: HandoverCountsRow


class HandoverItemRow(NamedTuple):
    position: int
    kind: HandoverItemKind
    case_id: int
    about_id: int | None
    due_at: datetime | None

    @property
    def task_id(self) -> int | None:
        return self.about_id if self.kind is HandoverItemKind.TASK else None

    @property
    def deadline_id(self) -> int | None:
        return self.about_id if self.kind is HandoverItemKind.DEADLINE else None

    @property
    def referral_id(self) -> int | None:
        asks = {HandoverItemKind.REFERRAL, HandoverItemKind.QUESTION}
        return self.about_id if self.kind in asks else None


class SuggestionReasonRow(NamedTuple):
    kind: SuggestionReason
    value: int | None


class SuggestionRow(NamedTuple):
    """A volunteer who could take a case, and why."""

    volunteer: SeatRow
    score: int
    reasons: list[SuggestionReasonRow]
