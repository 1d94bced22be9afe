"""Common causes: what cases share, and the incidents that they make up."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from models.incident_words import IncidentDismissal, IncidentState, TraceKind
from resolvers.cases import OF_INCIDENTS
from resolvers.incidents import counts_of_incidents, incidents_by_ids
from resolvers.rows import CommonCauseRow, IncidentRow
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.area import Area, area_of
from schema.types.connection import Connection, pages_of
from schema.types.node import Node

if TYPE_CHECKING:
    from schema.types.case_list import CaseConnection


@noun(
    IncidentRow,
    description="Cases of different citizens of one province that share an employer, a recruiter, a phone or a bank"
    " account. For the coordinator of the province alone.",
)
class Incident(Node):
    id: strawberry.ID = identity("Incident")
    kind: TraceKind = plain("What its cases share.")
    state: IncidentState = plain("How it stands.")
    dismissal: IncidentDismissal | None = plain("Why it is no common cause; null unless it is DISMISSED.")
    province: Area | None = worked_out(
        lambda row, context: area_of(row.province_code, context), "The province where its cases were taken."
    )
    count: int = linked(counts_of_incidents, "How many citizens; not those whose case was withdrawn or out of scope.")
    first_at: datetime = plain("When the first of its cases left the trace.")
    last_at: datetime = plain("When the last case joined.")
    decided_at: datetime | None = plain("When it was referred or dismissed; null while it is PROPOSED.")
    version: int = plain("Rises when a case joins and with every decision; give it back as `expectedVersion`.")
    cases: Annotated["CaseConnection", strawberry.lazy("schema.types.case_list")] = strawberry.field(
        resolver=pages_of(OF_INCIDENTS.name, OF_INCIDENTS.pages),
        description="All its cases, those that are over too; last touched first.",
    )


IncidentConnection = Connection[Incident]


@noun(
    CommonCauseRow,
    description="What a case shares with cases of other citizens in its province: a count, and no case.",
)
class CommonCause:
    kind: TraceKind = plain("What they share.")
    count: int = worked_out(
        lambda row, _: row.counted,
        "How many citizens in all, this one included: at least 2. Sensitive cases count for the coordinator alone.",
    )
    since: datetime = plain("When the first of these cases left the trace.")
    incident: Incident | None = linked(
        incidents_by_ids,
        "The incident with its cases: for the coordinator of the province, else null.",
        of="incident_id",
    )
