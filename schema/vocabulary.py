"""The words of models/vocabulary.py as GraphQL enums, with their Thai names in the descriptions."""

from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from casework.errors import RefusalCode
from models import (
    action_words,
    activity_words,
    attachment_words,
    clock_words,
    export_words,
    field_words,
    incident_words,
    list_words,
    match_words,
    notice_words,
    post_words,
    privacy_words,
    queue_words,
    statement_words,
    statistics_words,
    stream_words,
    triage_words,
    vocabulary,
    webhook_words,
)
from models.vocabulary import Word
from schema import rules_in_words as words

W = TypeVar("W", bound=type[Word])


def _publish(kind: W) -> W:
    published: W = strawberry.enum(kind, description=kind.__doc__)
    definition: StrawberryEnumDefinition = published.__strawberry_definition__  # type: ignore[attr-defined]
    for value, member in zip(definition.values, kind, strict=True):
        value.description = f"{member.th}: {member.description}{_rules_of(member)}"
    return published


def _rules_of(member: Word) -> str:
    """Say what the tables of rules and policy say of a word."""
    if isinstance(member, vocabulary.CaseState):
        return words.steps_from(words.ways_from_case(member))
    if isinstance(member, vocabulary.ReferralState):
        return words.steps_from(words.ways_from_referral(member))
    if isinstance(member, action_words.CaseAction):
        return f" {words.case_rule(member)}"
    return f" {words.referral_rule(member)}" if isinstance(member, action_words.ReferralAction) else ""


PUBLISHED = [
    _publish(kind)
    for kind in (
        stream_words.AccessEndReason,
        vocabulary.AccessLevel,
        privacy_words.AccessPurpose,
        vocabulary.AccessSource,
        activity_words.ActivityKind,
        activity_words.ActivityState,
        vocabulary.AreaLevel,
        attachment_words.AttachmentFault,
        attachment_words.AttachmentState,
        attachment_words.AttachmentType,
        vocabulary.Audience,
        statistics_words.CampaignReason,
        action_words.CaseAction,
        list_words.CaseOrder,
        vocabulary.CaseState,
        vocabulary.Certainty,
        vocabulary.Channel,
        action_words.CitizenAction,
        clock_words.ClockKind,
        triage_words.ClockStanding,
        clock_words.ClockUnit,
        vocabulary.ClosingGround,
        vocabulary.DisclosedField,
        field_words.DocumentState,
        triage_words.EmploymentKind,
        vocabulary.EventKind,
        export_words.ExportEra,
        export_words.ExportFault,
        export_words.ExportFormat,
        export_words.ExportLanguage,
        export_words.ExportState,
        post_words.HandoverItemKind,
        post_words.HandoverReason,
        vocabulary.IdentifierKind,
        incident_words.IncidentDismissal,
        incident_words.IncidentState,
        vocabulary.IncumbencyKind,
        clock_words.DeadlineMove,
        webhook_words.DeliveryFault,
        webhook_words.DeliveryState,
        clock_words.DeadlineState,
        triage_words.InsuredSection,
        clock_words.KeyEvent,
        vocabulary.Language,
        vocabulary.LegalBasis,
        notice_words.NoticeReason,
        match_words.MatchReason,
        queue_words.OperationStatus,
        vocabulary.Outcome,
        activity_words.ParticipantRole,
        vocabulary.PartyKind,
        vocabulary.Priority,
        activity_words.PublicityChannel,
        vocabulary.ReasonCategory,
        action_words.ReferralAction,
        vocabulary.ReferralKind,
        vocabulary.ReferralState,
        stream_words.ResyncReason,
        action_words.SeatAction,
        vocabulary.SeatKind,
        statistics_words.StatisticsBy,
        statement_words.StatementDisputeState,
        post_words.SuggestionReason,
        field_words.TaskEnding,
        field_words.TaskFor,
        field_words.TaskState,
        incident_words.TraceKind,
        queue_words.TombstoneReason,
        triage_words.TriagePlace,
        field_words.VisitOutcome,
        field_words.VisitState,
        webhook_words.WebhookState,
        RefusalCode,
    )
]
"""Every enum of the contract; importing this module registers them."""
