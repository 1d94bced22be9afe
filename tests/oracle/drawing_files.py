"""Draw the files of cases and activities, however far each has come."""

from datetime import datetime
from typing import Any
from uuid import UUID

from models import Attachment, Case, Seat
from models.attachment_words import AttachmentFault, AttachmentState, AttachmentType
from models.vocabulary import Audience, EventKind
from tests.oracle.drawing import Draw
from tests.oracle.drawing_events import draw_event

F = AttachmentState


def draw_attachments(draw: Draw, case: Case) -> None:
    """Let anybody of the world attach a file, for any audience, however far it has come."""
    for seat in draw.some(draw.facts.all(Seat), 3):
        file = draw_file(draw, seat, draw.pick(list(Audience)), case.updated_at, case_id=case.id)
        if file.confirmed_at is not None:
            told = {"attachment": file.id}
            draw_event(draw, case, EventKind.ATTACHMENT_ADDED, seat_id=seat.id, audience=file.audience, payload=told)


def draw_file(draw: Draw, seat: Seat, audience: Audience, at: datetime, **of: Any) -> Attachment:
    """Draw a file of a case or an activity, however far it has come."""
    state = draw.pick(list(AttachmentState))
    early, scanned = {F.REQUESTED, F.EXPIRED}, {F.CLEAN, F.REFUSED}
    file = Attachment(
        id=draw.id,
        **of,
        author_seat_id=seat.id,
        author_agency_code=draw.facts.viewer(seat).agency_code,
        audience=audience,
        name=draw.text(2),
        media_type=draw.pick(list(AttachmentType)),
        byte_count=draw.chance.randint(1, 10_000_000),
        sha256=bytes(32),
        object_key=UUID(int=draw.id),
        state=state,
        fault=draw.pick(list(AttachmentFault)) if state is F.REFUSED else None,
        requested_at=at,
        confirmed_at=None if state in early else at,
        scanned_at=at if state in scanned else None,
    )
    return draw.facts.add(file)
