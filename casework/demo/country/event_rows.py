"""Rows of the journal and its reading order."""

from datetime import datetime
from typing import NamedTuple

from models.vocabulary import Audience, EventKind, SubjectKind


class EventRow(NamedTuple):
    id: int
    subject_kind: SubjectKind
    subject_id: int
    seq: int
    kind: EventKind
    actor_seat_id: int | None
    actor_account_id: int | None
    actor_agency_code: str | None
    recorded_at: datetime
    audience: Audience
    payload: str
    previous_hash: bytes
    hash: bytes


class FeedRow(NamedTuple):
    position: int
    event_id: int
