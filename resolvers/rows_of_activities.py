"""Rows of activities, of who takes part in them, and of what is counted of them."""

from datetime import datetime
from typing import NamedTuple

from models.activity_words import ActivityKind, ActivityState, ParticipantRole


class ActivityRow(NamedTuple):
    id: int
    kind: ActivityKind
    state: ActivityState
    host_office_id: int
    province_code: str
    area_code: str
    project: str
    fiscal_year: int
    round: int
    venue: str
    begins_at: datetime
    ends_at: datetime | None
    objectives: str
    topics: list[str]
    channels: list[str]
    knowledge_before: int | None
    knowledge_after: int | None
    people_reached: int | None
    outcome_notes: str | None
    closed_at: datetime | None
    created_by_seat_id: int
    created_at: datetime
    version: int


class ParticipantRow(NamedTuple):
    """`name` and `organisation` are a guest's; None to who does not lead the activity, and once they are forgotten."""

    id: int
    activity_id: int
    role: ParticipantRole
    seat_id: int | None
    account_id: int | None
    invited_at: datetime
    attended: bool | None
    attendance_at: datetime | None
    attendance_by_seat_id: int | None
    name: str | None
    organisation: str | None


class AttendanceRow(NamedTuple):
    activity_id: int
    role: ParticipantRole
    invited: int
    attended: int


class TambonCountRow(NamedTuple):
    campaign_id: int
    area_code: str
    counted: int
