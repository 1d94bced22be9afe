"""Rows of referrals."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from casework.demo.country.sheaf import Row
from models.clock_words import ClockKind, DeadlineEnding, DeadlineMove
from models.vocabulary import ReasonCategory, ReferralKind, ReferralState


@dataclass(slots=True, kw_only=True)
class ReferralRow(Row):
    table: ClassVar[str] = "referral"
    id: int
    case_id: int
    problem_id: int
    kind: ReferralKind
    state: ReferralState = ReferralState.SENT
    from_seat_id: int | None
    from_office_id: int | None
    to_office_id: int
    suggested_office_id: int | None = None
    reason_category: ReasonCategory
    reply_category: ReasonCategory | None = None
    legal_basis: str
    discloses: list[str]
    disclosure_expires_at: datetime
    respond_by: datetime | None
    result_by: datetime | None
    sent_at: datetime
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    started_at: datetime | None = None
    asked_at: datetime | None = None
    asked_from: ReferralState | None = None
    ended_at: datetime | None = None
    version: int = 1


@dataclass(slots=True, kw_only=True)
class ReferralContentRow(Row):
    table: ClassVar[str] = "referral_content"
    referral_id: int
    reason: str
    reply: str | None = None
    report: str | None = None


@dataclass(slots=True, kw_only=True)
class DeadlineRow(Row):
    table: ClassVar[str] = "deadline"
    id: int
    case_id: int
    referral_id: int
    kind: ClockKind = ClockKind.SERVICE_STANDARD
    code: str
    rule_from: date
    started_at: datetime
    due_at: datetime
    extension: int
    paused_at: datetime | None
    ended_at: datetime | None
    ending: DeadlineEnding | None
    steps: int


@dataclass(slots=True, kw_only=True)
class DeadlineStepRow(Row):
    table: ClassVar[str] = "deadline_step"
    deadline_id: int
    position: int
    case_id: int
    move: DeadlineMove
    at: datetime
    due_at: datetime
