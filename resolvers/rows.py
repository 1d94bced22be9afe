"""The rows that resolvers answer with: one light tuple per noun; null where the level hides a value.

Those of posts are in rows_of_posts.py, those of people in rows_of_people.py.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from casework.rules.triage import PaperFound
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.clock_words import ClockKind, DeadlineEnding, KeyEvent
from models.field_words import DocumentState, TaskFor, TaskState, VisitState
from models.incident_words import IncidentDismissal, IncidentState, TraceKind
from models.notice_words import NoticeReason
from models.vocabulary import (
    AccessSource,
    Audience,
    CaseState,
    Channel,
    EventKind,
    LegalBasis,
    Level,
    Outcome,
    Priority,
    ReasonCategory,
    ReferralKind,
    ReferralState,
)


class CaseRow(NamedTuple):
    id: int
    reference: str
    state: CaseState
    channel: Channel
    sensitive: bool
    area_code: str
    amphoe_code: str
    province_code: str
    holder_seat_id: int | None
    holder_office_id: int | None
    volunteer_seat_id: int | None
    opened_at: datetime
    updated_at: datetime
    due_at: datetime | None
    review_on: date | None
    resolved_at: datetime | None
    resolved_by_account_id: int | None
    ended_at: datetime | None
    erased_at: datetime | None
    merged_into_case_id: int | None
    campaign_id: int | None
    version: int
    title: str | None
    priority: Priority | None
    citizen_id: int | None
    tracking_generation: int | None
    level: int
    active: bool
    expired: bool
    assigned_seat_id: int | None

    @property
    def as_of(self) -> datetime | None:
        """The instant at which it is told; None for how it stands now."""
        return None


class ContentRow(NamedTuple):
    case_id: int
    narrative: str
    workplace_area_code: str | None
    workplace_name: str | None
    citizen_id: int
    level: int


class DeadlineRow(NamedTuple):
    id: int
    case_id: int
    referral_id: int | None
    kind: ClockKind
    code: str
    rule_from: date
    started_at: datetime
    due_at: datetime
    extension: int
    paused_at: datetime | None
    ended_at: datetime | None
    ending: DeadlineEnding | None


class NoticeRow(NamedTuple):
    id: int
    case_id: int
    reason: NoticeReason
    seat_id: int | None
    office_id: int | None
    referral_id: int | None
    since: datetime
    given_at: datetime
    ended_at: datetime | None


class KeyDateRow(NamedTuple):
    case_id: int
    event: KeyEvent
    day: date
    recorded_at: datetime


class ProblemRow(NamedTuple):
    id: int
    case_id: int
    problem_type_code: str
    outcome: Outcome | None
    amount_claimed: Decimal | None
    amount_recovered: Decimal | None
    outcome_at: datetime | None

    @property
    def as_of(self) -> datetime | None:
        """The instant at which it is told; None for how it stands now."""
        return None


class ReferralRow(NamedTuple):
    id: int
    case_id: int
    problem_id: int
    kind: ReferralKind
    state: ReferralState
    from_seat_id: int | None
    from_office_id: int | None
    to_office_id: int
    suggested_office_id: int | None
    respond_by: datetime | None
    result_by: datetime | None
    sent_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    started_at: datetime | None
    asked_at: datetime | None
    ended_at: datetime | None
    version: int
    reason_category: ReasonCategory | None
    reply_category: ReasonCategory | None
    legal_basis: LegalBasis | None
    discloses: list[str] | None
    disclosure_expires_at: datetime
    problem_type_code: str
    level: int

    @property
    def as_of(self) -> datetime | None:
        """The instant at which it is told; None for how it stands now."""
        return None


class ReferralTextRow(NamedTuple):
    referral_id: int
    reason: str | None
    reply: str | None
    report: str | None
    case_id: int
    citizen_id: int
    level: int


class StatusRow(NamedTuple):
    """What a citizen is shown of a case."""

    reference: str
    state: CaseState
    opened_at: datetime
    updated_at: datetime
    due_at: datetime | None
    awaits_confirmation: bool
    may_dispute: bool
    answer_by: datetime | None
    problem_type_codes: list[str]
    office_ids: list[int]


class CommonCauseRow(NamedTuple):
    """What a case shares with those of how many citizens in all, and since when."""

    case_id: int
    incident_id: int
    kind: TraceKind
    since: datetime
    counted: int


class IncidentRow(NamedTuple):
    id: int
    kind: TraceKind
    province_code: str
    state: IncidentState
    dismissal: IncidentDismissal | None
    first_at: datetime
    last_at: datetime
    decided_at: datetime | None
    version: int


class HoldingRow(NamedTuple):
    case_id: int
    seat_id: int | None
    office_id: int | None
    since: datetime
    until: datetime | None

    @property
    def as_of(self) -> datetime | None:
        """The instant at which it is told; None for how it stands now."""
        return None


class DepartmentRow(NamedTuple):
    case_id: int
    office_id: int
    level: Level
    since: datetime
    until: datetime | None


class AccessRow(NamedTuple):
    level: Level
    reason: AccessSource


class EventRow(NamedTuple):
    id: int
    case_id: int
    seq: int
    kind: EventKind
    recorded_at: datetime
    captured_at: datetime | None
    actor_seat_id: int | None
    actor_agency_code: str | None
    audience: Audience
    payload: dict[str, Any]


class AttachmentRow(NamedTuple):
    """Of a case, or of an activity: that has neither case nor citizen."""

    id: int
    case_id: int | None
    author_seat_id: int
    audience: Audience
    name: str
    media_type: AttachmentType
    byte_count: int
    sha256: bytes
    object_key: UUID
    state: AttachmentState
    fault: AttachmentFault | None
    requested_at: datetime
    confirmed_at: datetime | None
    captured_at: datetime | None
    scanned_at: datetime | None
    citizen_id: int | None
    level: int


class NoteRow(NamedTuple):
    id: int
    case_id: int
    author_seat_id: int | None
    audience: Audience
    text: str
    written_at: datetime
    captured_at: datetime | None
    late: bool
    citizen_id: int
    level: int


class VisitRow(NamedTuple):
    id: int
    case_id: int
    state: VisitState
    planned_for: date | None
    visited_at: datetime | None
    note_id: int | None
    made_by_seat_id: int
    made_at: datetime
    recorded_by_seat_id: int | None
    recorded_at: datetime | None


class TaskRow(NamedTuple):
    """The post or office whose task it is, is that of now."""

    id: int
    case_id: int
    rule_code: str | None
    rule_from: date | None
    who: TaskFor
    due_on: date
    state: TaskState
    visit_id: int | None
    referral_id: int | None
    made_by_seat_id: int | None
    made_at: datetime
    ended_by_seat_id: int | None
    ended_at: datetime | None
    assigned_seat_id: int | None
    assigned_office_id: int | None


class ChecklistRow(NamedTuple):
    found: PaperFound
    state: DocumentState
    checked_at: datetime | None
    checked_by_seat_id: int | None
