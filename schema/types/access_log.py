"""Who looked at a citizen's data."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.rules.calendar import thai_instant
from models.privacy_words import AccessPurpose
from models.vocabulary import AccessLevel, Level
from resolvers.access_log import people_by_accounts
from resolvers.cases import cases_by_ids
from resolvers.context import Context
from resolvers.rows_of_people import AccessLogRow
from resolvers.seats import seats_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.types.agency import Office, office_of
from schema.types.connection import Connection
from schema.types.seat import Person, Seat

if TYPE_CHECKING:
    from schema.types.labour_case import Case


def _request_id(row: AccessLogRow, _context: Context) -> str | None:
    return None if row.request_id is None else row.request_id.hex


@noun(AccessLogRow, description="Somebody was shown data of the citizen.")
class AccessLogEntry:
    at: datetime = plain("When.")
    at_thai: str = worked_out(lambda row, _: thai_instant(row.at), "The same in Bangkok time, B.E.")
    purpose: AccessPurpose = plain("What the one who looked was doing.")
    level: AccessLevel = worked_out(
        lambda row, _: AccessLevel(Level(row.level_shown).name), "At which level the citizen was seen."
    )
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] | None = linked(
        cases_by_ids, "The case through which it was, if it was through one and you may see that.", of="case_id"
    )
    person: Person | None = linked(people_by_accounts, "Who looked; none where the operator exported.", of="account_id")
    seat: Seat | None = linked(seats_by_ids, "In which post; its incumbent may be somebody else by now.", of="seat_id")
    office: Office | None = worked_out(
        lambda row, context: office_of(row.office_id, context), "The post's office; none for volunteers and mentors."
    )
    request_id: str | None = worked_out(
        _request_id,
        "The id of the request, as in its `x-request-id`; of a CASE_FILE, one for the whole file. None for exports of"
        " the operator and for reveals of old.",
    )
    reason: str | None = plain("Of a REVEAL: why the whole number was needed.")


AccessLogEntryConnection = Connection[AccessLogEntry]
