"""The rows that resolvers answer with: one light tuple per noun; null where the level hides a value."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from casework.rules.triage import PaperFound
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.clock_words import ClockKind, DeadlineEnding, KeyEvent
from models.field_words import DocumentState, TaskFor, TaskState, VisitState
from models.incident_words import IncidentDismissal, IncidentState, TraceKind
from models.match_words import MatchReason
from models.notice_words import NoticeReason
from models.post_words import HandoverItemKind, HandoverReason, SuggestionReason
from models.privacy_words import AccessPurpose
from models.vocabulary import (
    AccessSource,
    Audience,
    CaseState,
    Channel,
    EventKind,
    IdentifierKind,
    IncumbencyKind,
    Language,
    LegalBasis,
    Level,
    Outcome,
    PartyKind,
    Priority,
    ReasonCategory,
    ReferralKind,
    ReferralState,
    SeatKind,
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


class CitizenRow(NamedTuple):
    id: int
    title: str | None
    given_name: str
    family_name: str
    language: Language
    area_code: str | None
    birth_year: int | None
    registered_at: datetime
    erased_at: datetime | None
    merged_into_citizen_id: int | None
    version: int
    level: int
    discloses: int


class MatchRow(NamedTuple):
    """A citizen on record who may be meant; `score` is out of 100."""

    citizen: CitizenRow
    score: int
    because: list[MatchReason]


class MatchesRow(NamedTuple):
    """`known_elsewhere`: a phone or a document is known, of somebody whom the asker is not shown it of."""

    candidates: list[MatchRow]
    known_elsewhere: bool


class ContactsRow(NamedTuple):
    """What level FULL or a disclosure shows of a citizen; None where it is hidden."""

    phones: list[str] | None
    addresses: list[str] | None
    identifiers: list["IdentifierRow"] | None


class AccessLogRow(NamedTuple):
    """Somebody was shown data of the citizen at `level_shown`; `level` is that of whoever asks now."""

    id: int
    citizen_id: int
    case_id: int | None
    seat_id: int | None
    account_id: int | None
    purpose: AccessPurpose
    request_id: UUID | None
    at: datetime
    level_shown: int
    office_id: int | None
    reason: str | None
    level: int


class IdentifierRow(NamedTuple):
    kind: IdentifierKind
    last_four: str


class RevealRow(NamedTuple):
    """A whole identifier, for the one who gave a reason."""

    kind: IdentifierKind
    number: str
    citizen: CitizenRow


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


class PartyRow(NamedTuple):
    id: int
    case_id: int
    kind: PartyKind
    name: str
    area_code: str | None
    added_at: datetime
    citizen_id: int
    level: int


class PartyContactsRow(NamedTuple):
    """How to reach another party; None where the level hides it."""

    phones: list[str] | None
    addresses: list[str] | None
    bank_accounts: list[str] | None


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
    id: int
    case_id: int
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
    citizen_id: int
    level: int


class NoteRow(NamedTuple):
    id: int
    case_id: int
    author_seat_id: int | None
    audience: Audience
    text: str
    written_at: datetime
    captured_at: datetime | None
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
