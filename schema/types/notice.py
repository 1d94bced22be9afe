"""What the system told posts and offices about a case."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from casework.rules.calendar import thai_instant
from models.notice_words import NoticeReason
from resolvers.cases import cases_by_ids
from resolvers.referrals import referrals_by_ids
from resolvers.rows import NoticeRow
from resolvers.seats import seats_by_ids
from schema.binding import linked, noun, plain, worked_out
from schema.ids import identity
from schema.types.agency import Office, office_of
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.referral import Referral
from schema.types.seat import Seat

if TYPE_CHECKING:
    from schema.types.labour_case import Case


@noun(
    NoticeRow,
    description="A post or an office was told about a case, once for a reason; it is open until the reason is over."
    " Nobody has to dismiss it. Shown from level STATUS on.",
)
class Notice(Node):
    id: strawberry.ID = identity("Notice")
    reason: NoticeReason = plain("What is the matter.")
    reason_thai: str = worked_out(lambda row, _: row.reason.th, "The same in Thai.")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        cases_by_ids, "The case it is about.", of="case_id"
    )
    referral: Referral | None = linked(referrals_by_ids, "The referral it is about, if one is.", of="referral_id")
    seat: Seat | None = linked(seats_by_ids, "The post that was told; null when it was an office.", of="seat_id")
    office: Office | None = worked_out(
        lambda row, context: office_of(row.office_id, context), "The office that was told; null when it was a post."
    )
    since: datetime = plain("When the matter began, or when the right ends.")
    since_thai: str = worked_out(lambda row, _: thai_instant(row.since), "The same in Bangkok time, Buddhist Era.")
    given_at: datetime = plain("When it was told.")
    ended_at: datetime | None = plain("When the matter was over; null while it is open.")


NoticeConnection = Connection[Notice]
