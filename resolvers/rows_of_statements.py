"""Rows of monthly statements of posts."""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from models.statement_words import StatementDisputeState
from models.vocabulary import Outcome

RUNNING = 0
"""The version of a month that is not frozen."""


class StatementRow(NamedTuple):
    """A post's month: a frozen version, or how it stands now."""

    seat_id: int
    month: date
    version: int
    made_at: datetime
    people_served: int
    cases_opened: int
    cases_advanced: int
    cases_closed: int
    visits_made: int
    visits_not_met: int
    promises_kept: int
    promises_missed: int
    activities_attended: int
    open_held: int
    open_taken_part: int
    vacancy_days: int
    cover_days: int
    cases_in_area: int
    residents: int | None
    residents_on: date | None

    @property
    def frozen(self) -> bool:
        return self.version != RUNNING


class OutcomeCountRow(NamedTuple):
    outcome: Outcome
    problems: int
    recovered: Decimal


class DisputeRow(NamedTuple):
    """A dispute of a version; the words are None for whoever may not read them."""

    id: int
    seat_id: int
    month: date
    version: int
    state: StatementDisputeState
    disputed_at: datetime
    answered_at: datetime | None
    answered_by_seat_id: int | None
    reason: str | None
    answer: str | None
