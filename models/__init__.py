"""Tables and vocabulary: what Prasan keeps. No rules, no queries."""

from typing import Any, cast

from sqlalchemy import Table
from sqlmodel import SQLModel

from models.activity import Activity, ActivityGuest, ActivityParticipant
from models.agency import Agency, Office, OfficeArea
from models.area import Area
from models.attachment import Attachment, DiscardedObject
from models.case_search import CaseSearch, CitizenSearch
from models.citizen import Citizen, CitizenContact, CitizenIdentifier, IdentifierReveal
from models.citizen_access import CitizenAccess
from models.deadline import Deadline, DeadlineStep, KeyDate
from models.export import Export
from models.field_work import CaseDocument, Task, TaskText, Visit
from models.handover import Handover, HandoverItem
from models.incident import Incident, IncidentCase, PartyTrace
from models.journal import CitizenOperation, Event, Feed, FeedPending, Operation
from models.labour_case import Case, CaseContent, CaseCounter, CaseHolding, CaseMerge, CaseProblem
from models.legal_hold import LegalHold
from models.note import Note
from models.notice import Notice, Watch, WatchCursor
from models.notice_address import NoticeAddress, OutgoingNotice
from models.participation import Assignment, Follow, Participation
from models.party import CaseParty, PartyContact
from models.problem_type import LegalClock, ProblemType, ServiceStandard, SeveranceTier
from models.rate_limit import RateLimit
from models.reference import ReferenceVersion
from models.referral import Referral, ReferralContent
from models.seat import Account, Incumbency, Seat
from models.statement import Statement, StatementDispute, StatementDisputeText, StatementOutcome
from models.webhook import Webhook, WebhookDelivery

__all__ = [
    "Account",
    "Activity",
    "ActivityGuest",
    "ActivityParticipant",
    "Agency",
    "Area",
    "Assignment",
    "Attachment",
    "Case",
    "CaseContent",
    "CaseCounter",
    "CaseDocument",
    "CaseHolding",
    "CaseMerge",
    "CaseParty",
    "CaseProblem",
    "CaseSearch",
    "Citizen",
    "CitizenAccess",
    "CitizenContact",
    "CitizenIdentifier",
    "CitizenOperation",
    "CitizenSearch",
    "Deadline",
    "DeadlineStep",
    "DiscardedObject",
    "Event",
    "Export",
    "Feed",
    "FeedPending",
    "Follow",
    "Handover",
    "HandoverItem",
    "IdentifierReveal",
    "Incident",
    "IncidentCase",
    "Incumbency",
    "KeyDate",
    "LegalClock",
    "LegalHold",
    "Note",
    "Notice",
    "NoticeAddress",
    "Office",
    "OfficeArea",
    "Operation",
    "OutgoingNotice",
    "Participation",
    "PartyContact",
    "PartyTrace",
    "ProblemType",
    "RateLimit",
    "ReferenceVersion",
    "Referral",
    "ReferralContent",
    "Seat",
    "ServiceStandard",
    "SeveranceTier",
    "Statement",
    "StatementDispute",
    "StatementDisputeText",
    "StatementOutcome",
    "Task",
    "TaskText",
    "Visit",
    "Watch",
    "WatchCursor",
    "Webhook",
    "WebhookDelivery",
    "table_of",
]


def table_of(model: type[SQLModel]) -> Table:
    """Give the Core table of a model: SQLModel's `__table__` is not typed."""
    return cast("Table", cast("Any", model).__table__)
