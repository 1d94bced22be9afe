"""The three roots: every noun's operations joined."""

import strawberry

from schema.operations.absences import AbsenceMutations
from schema.operations.activities import ActivityMutations
from schema.operations.activity_lists import ActivityQueries
from schema.operations.assignments import AssignmentMutations
from schema.operations.attachments import AttachmentMutations
from schema.operations.bottlenecks import BottleneckQueries
from schema.operations.case_work import CaseMutations
from schema.operations.cases import CaseQueries
from schema.operations.citizen_lists import CitizenQueries
from schema.operations.citizen_merges import CitizenMergeMutations
from schema.operations.citizens import CitizenMutations
from schema.operations.closings import ClosingMutations
from schema.operations.closings_by_code import ClosingByCodeMutations
from schema.operations.deadlines import DeadlineMutations, DeadlineQueries
from schema.operations.directory import DirectoryQueries
from schema.operations.events import EventSubscriptions
from schema.operations.exports import ExportMutations, ExportSubscriptions
from schema.operations.field_work import FieldWorkMutations
from schema.operations.follows import FollowMutations
from schema.operations.handovers import HandoverMutations
from schema.operations.incidents import IncidentMutations, IncidentQueries
from schema.operations.matching import MatchQueries
from schema.operations.merges import MergeMutations
from schema.operations.monthly_reports import MonthlyReportQueries
from schema.operations.notes import NoteMutations
from schema.operations.notice_addresses import NoticeAddressMutations
from schema.operations.offline import OfflineMutations
from schema.operations.participants import ParticipantMutations
from schema.operations.parties import PartyMutations
from schema.operations.posts import PostMutations
from schema.operations.reach import ReachQueries
from schema.operations.referral_handling import ReferralHandlingMutations
from schema.operations.referrals import ReferralMutations
from schema.operations.reveals import RevealMutations
from schema.operations.statements import StatementMutations, StatementQueries
from schema.operations.statistics import StatisticsQueries
from schema.operations.tracking import TrackingMutations, TrackingQueries
from schema.operations.triage import TriageQueries
from schema.operations.viewer import ViewerQueries
from schema.operations.webhooks import WebhookMutations, WebhookQueries
from schema.operations.worksets import WorksetQueries

__all__ = ["Mutation", "Query", "Subscription"]


@strawberry.type(
    description="Questions. Without a token only the public directory, `triage`, `caseStatus` and `statistics` answer."
)
class Query(
    ViewerQueries,
    CaseQueries,
    CitizenQueries,
    MatchQueries,
    BottleneckQueries,
    StatisticsQueries,
    ReachQueries,
    DeadlineQueries,
    IncidentQueries,
    StatementQueries,
    MonthlyReportQueries,
    DirectoryQueries,
    TriageQueries,
    TrackingQueries,
    WorksetQueries,
    WebhookQueries,
    ActivityQueries,
):
    pass


@strawberry.type(
    description="Intents. Each is one transaction, done once for its operationId. Only `…ByCode` needs no token."
)
class Mutation(
    CitizenMutations,
    CitizenMergeMutations,
    RevealMutations,
    CaseMutations,
    AssignmentMutations,
    ReferralMutations,
    ReferralHandlingMutations,
    NoteMutations,
    AttachmentMutations,
    DeadlineMutations,
    FieldWorkMutations,
    PartyMutations,
    IncidentMutations,
    ClosingMutations,
    ClosingByCodeMutations,
    MergeMutations,
    FollowMutations,
    PostMutations,
    AbsenceMutations,
    HandoverMutations,
    StatementMutations,
    TrackingMutations,
    OfflineMutations,
    WebhookMutations,
    NoticeAddressMutations,
    ActivityMutations,
    ParticipantMutations,
    ExportMutations,
):
    pass


@strawberry.type(description="What is delivered as it happens, over graphql-transport-ws.")
class Subscription(EventSubscriptions, ExportSubscriptions):
    pass
