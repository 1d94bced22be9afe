"""Rows of referrals."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from casework.demo.country.sheaf import Row
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
