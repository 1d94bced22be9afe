"""Incidents: cases of a province that share an employer, a recruiter, a phone or a bank account."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary
from sqlalchemy.sql import text
from sqlmodel import Field, SQLModel

from models.columns import coded, identity, identity_of, instant, only, reference_to
from models.incident_words import IncidentDismissal, IncidentState, TraceKind


class PartyTrace(SQLModel, table=True):
    """What a party is recognised by in other cases: a keyed hash (see casework/traces.py) that no request reads."""

    __tablename__ = "party_trace"
    __table_args__ = (
        only("kind", TraceKind),
        Index("trace_by_index", "kind", "blind_index", "traced_at"),
    )

    party_id: int = identity_of("case_party.id")
    kind: TraceKind = coded(TraceKind, primary_key=True)
    blind_index: bytes = Field(sa_type=LargeBinary, primary_key=True)
    case_id: int = reference_to("case.id", index=True)
    traced_at: datetime = instant()


class Incident(SQLModel, table=True):
    """Cases of a province that share a trace; seen by the coordinator of the province."""

    __table_args__ = (
        only("kind", TraceKind),
        only("state", IncidentState),
        only("dismissal", IncidentDismissal),
        CheckConstraint("(state = 'DISMISSED') = (dismissal IS NOT NULL)", name="dismissed_for_a_reason"),
        CheckConstraint("(state = 'PROPOSED') = (decided_at IS NULL)", name="proposed_until_decided"),
        Index("one_incident_of_a_trace", "province_code", "kind", "blind_index", unique=True),
        Index("incident_of_province", "province_code", text("last_at DESC"), text("id DESC")),
    )

    id: int = identity()
    kind: TraceKind = coded(TraceKind, nullable=False)
    blind_index: bytes = Field(sa_type=LargeBinary)
    province_code: str = Field(foreign_key="area.code")
    state: IncidentState = coded(IncidentState, nullable=False)
    dismissal: IncidentDismissal | None = coded(IncidentDismissal, default=None, nullable=True)
    first_at: datetime = instant()
    last_at: datetime = instant()
    decided_at: datetime | None = instant(nullable=True)
    dismissed_at: datetime | None = instant(nullable=True)
    """When it was last dismissed, also while it is proposed again; None once it was referred."""
    version: int = 1


class IncidentCase(SQLModel, table=True):
    """A case of an incident since `joined_at`; its timeline was told at `told_at`."""

    __tablename__ = "incident_case"
    __table_args__ = (Index("incident_case_untold", "case_id", postgresql_where=text("told_at IS NULL")),)

    incident_id: int = identity_of("incident.id")
    case_id: int = Field(
        primary_key=True,
        foreign_key="case.id",
        index=True,
        sa_type=BigInteger,
        sa_column_kwargs={"autoincrement": False},
    )
    joined_at: datetime = instant()
    told_at: datetime | None = instant(nullable=True)
