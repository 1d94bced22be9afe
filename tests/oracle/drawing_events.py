"""Draw the events of a case, one chained to the other."""

from datetime import timedelta
from typing import Any

from casework.journal import chain_hash
from models import Case, Event, Seat
from models.vocabulary import Audience, EventKind, SubjectKind
from tests.oracle.drawing import Draw


def draw_event(
    draw: Draw,
    case: Case,
    kind: EventKind,
    *,
    seat_id: int | None = None,
    audience: Audience = Audience.CASE,
    payload: dict[str, Any] | None = None,
) -> None:
    """Add an event to the case's chain, whose head is on the case's row."""
    by = None if seat_id is None else draw.facts.viewer(draw.facts.one(Seat, id=seat_id))
    fact: dict[str, Any] = {
        "subject_kind": SubjectKind.CASE,
        "subject_id": case.id,
        "seq": case.journal_length + 1,
        "kind": kind,
        "actor_seat_id": seat_id,
        "actor_account_id": by.account_id if by else None,
        "actor_agency_code": by.agency_code if by else None,
        "recorded_at": case.opened_at + timedelta(minutes=case.journal_length),
        "captured_at": None,
        "audience": audience,
        "operation_id": None,
        "payload": payload or {},
    }
    previous, case.journal_head = case.journal_head, chain_hash(case.journal_head, fact)
    case.journal_length += 1
    draw.facts.add(Event(id=draw.id, **fact, previous_hash=previous, hash=case.journal_head))
