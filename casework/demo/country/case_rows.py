"""Rows of cases, their parts and who takes part, with the fields in the order of the copied columns."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from casework.demo.country.sheaf import Row
from models.vocabulary import AccessSource, AssignmentState, Audience, CaseState, Channel, Level, Outcome, Priority


@dataclass(slots=True, kw_only=True)
class CaseRow(Row):
    table: ClassVar[str] = "case"
    id: int
    reference: str
    state: CaseState = CaseState.NEW
    channel: Channel
    title: str
    priority: Priority
    sensitive: bool
    area_code: str
    amphoe_code: str
    province_code: str
    citizen_id: int
    holder_seat_id: int | None
    holder_office_id: int | None
    volunteer_seat_id: int | None
    opened_at: datetime
    updated_at: datetime
    due_at: datetime | None = None
    review_on: date | None = None
    resolved_at: datetime | None = None
    resolved_by_account_id: int | None = None
    ended_at: datetime | None = None
    version: int = 1
    journal_length: int = 0
    journal_head: bytes = b""


@dataclass(slots=True, kw_only=True)
class ContentRow(Row):
    table: ClassVar[str] = "case_content"
    case_id: int
    narrative: str
    workplace_area_code: str | None
    workplace_name: str | None


@dataclass(slots=True, kw_only=True)
class ProblemRow(Row):
    table: ClassVar[str] = "case_problem"
    id: int
    case_id: int
    problem_type_code: str
    position: int
    outcome: Outcome | None = None
    amount_claimed: Decimal | None = None
    amount_recovered: Decimal | None = None
    outcome_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class HoldingRow(Row):
    table: ClassVar[str] = "case_holding"
    id: int
    case_id: int
    seat_id: int | None
    office_id: int | None
    since: datetime
    until: datetime | None = None


@dataclass(slots=True, kw_only=True)
class ParticipationRow(Row):
    table: ClassVar[str] = "participation"
    id: int
    case_id: int
    seat_id: int | None
    office_id: int | None
    level: Level
    discloses: int
    source: AccessSource
    referral_id: int | None
    since: datetime
    until: datetime | None = None
    expires_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class AssignmentRow(Row):
    table: ClassVar[str] = "assignment"
    id: int
    case_id: int
    seat_id: int
    proposed_by_seat_id: int
    state: AssignmentState = AssignmentState.PROPOSED
    proposed_at: datetime
    answered_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class NoteRow(Row):
    table: ClassVar[str] = "note"
    id: int
    case_id: int
    author_seat_id: int
    author_agency_code: str | None
    audience: Audience
    text: str
    written_at: datetime
