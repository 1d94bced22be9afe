"""How the timeline is read, and the notes and files that it tells of."""

from collections.abc import Callable
from typing import Any

from models import Attachment, Case, CaseParty, Note, Referral, Task, Visit
from tests.oracle.mirror import Mirror, Read
from tests.oracle.readers.making import column, columns, node_id


def _payload(name: str, read: Callable[[Mirror, Any], Any]) -> Read:
    return lambda m, event: None if event.payload.get(name) is None else read(m, event.payload[name])


READERS: dict[str, dict[str, Read]] = {
    "Note": {
        "id": node_id("Note"),
        **columns("text", "audience", "writtenAt", "capturedAt", "late"),
        "author": lambda m, row: m.seat(row.author_seat_id),
    },
    "Attachment": {
        "id": node_id("Attachment"),
        **columns(
            "mediaType", "byteCount", "audience", "state", "fault", "requestedAt", "confirmedAt", "capturedAt",
            "scannedAt",
        ),
        "fileName": column("name"),
        "sha256": lambda _, row: bytes(row.sha256).hex(),
        "author": lambda m, row: m.seat(row.author_seat_id),
    },
    "TimelineEvent": {
        "id": node_id("TimelineEvent"),
        **columns("kind", "recordedAt", "capturedAt"),
        "actor": lambda m, row: m.seat(row.actor_seat_id),
        "actorAgency": lambda m, row: m.agency(row.actor_agency_code),
        "fromState": _payload("from", lambda _, state: state),
        "toState": _payload("to", lambda _, state: state),
        "ground": _payload("ground", lambda _, ground: ground),
        "office": _payload("office", lambda m, office: m.office(office)),
        "seat": _payload("seat", lambda m, seat: m.seat(seat)),
        "note": _payload("note", lambda m, note: m.visible(Note, note)),
        "attachment": _payload("attachment", lambda m, file: m.visible(Attachment, file)),
        "otherCase": _payload("case", lambda m, case: m.visible(Case, case)),
        "party": _payload("party", lambda m, party: m.visible(CaseParty, party)),
        "visit": _payload("visit", lambda m, visit: m.visible(Visit, visit)),
        "task": _payload("task", lambda m, task: m.visible(Task, task)),
        "referral": _payload("referral", lambda m, referral: m.visible(Referral, referral)),
    },
}  # fmt: skip
