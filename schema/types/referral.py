"""Referrals of a case to an office."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from casework.policy.permissions import can_handle_now
from casework.rules.calendar import thai_instant
from casework.rules.deadlines import due_of
from models.action_words import ReferralAction
from models.vocabulary import DisclosedField, LegalBasis, ReasonCategory, ReferralKind, ReferralState
from resolvers import then
from resolvers.context import Context
from resolvers.rows import ReferralRow
from resolvers.rows_then import ReferralThen
from resolvers.seats import seats_by_ids
from schema.binding import Info, each, linked, noun, plain, worked_out
from schema.ids import identity_at_any_time
from schema.types.access import NOT_IN_THE_PAST, Permission, verdict_row
from schema.types.agency import Office, office_of
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.problem_type import ProblemType
from schema.types.seat import Seat

if TYPE_CHECKING:
    from schema.types.labour_case import Case


def _text(name: str) -> Any:
    async def read(parent: strawberry.Parent[ReferralRow], info: Info) -> str | None:
        texts = await each(parent, info.context, then.texts_of_referrals)
        return None if texts is None else getattr(texts, name)

    return read


def _overdue(row: ReferralRow, context: Context) -> bool:
    due = due_of(row.state, respond_by=row.respond_by, result_by=row.result_by)
    return due is not None and due < (row.as_of or context.now)


def _respond_by_thai(row: ReferralRow, _context: Context) -> str | None:
    return None if row.respond_by is None else thai_instant(row.respond_by)


async def _viewer_can(
    parent: strawberry.Parent[ReferralRow],
    info: Info,
    action: Annotated[ReferralAction, strawberry.argument(description="What you would like to do.")],
) -> Any:
    if parent.as_of is not None:
        return verdict_row(NOT_IN_THE_PAST, info.context)
    case = await each(parent, info.context, then.cases_of_referrals)
    verdict = can_handle_now(info.context.actor(), action, parent, case, now=info.context.now)
    return verdict_row(verdict, info.context, before=parent.state.value)


@noun(
    ReferralRow,
    ReferralThen,
    description="One problem of a case, referred to an office. The sender keeps this card for ever.",
)
class Referral(Node):
    id: strawberry.ID = identity_at_any_time("Referral")
    as_of: datetime | None = worked_out(
        lambda row, _: row.as_of, "The instant as of which it is told; null: as it stands now."
    )
    kind: ReferralKind = plain("What is asked of the office.")
    state: ReferralState = plain("Where it stands.")
    version: int = plain("Rises with every step; give it back as `expectedVersion`.")
    case: Annotated["Case", strawberry.lazy("schema.types.labour_case")] = linked(
        then.cases_of_referrals, "The case it belongs to."
    )
    problem_type: ProblemType = worked_out(
        lambda row, context: context.reference.problem_types[row.problem_type_code], "The problem it is about."
    )
    from_office: Office | None = worked_out(
        lambda row, context: office_of(row.from_office_id, context), "The office that sent it, if an office did."
    )
    from_seat: Seat | None = linked(seats_by_ids, "The volunteer or mentor who sent it, if one did.", of="from_seat_id")
    to_office: Office = worked_out(lambda row, context: office_of(row.to_office_id, context), "The office addressed.")
    suggested_office: Office | None = worked_out(
        lambda row, context: office_of(row.suggested_office_id, context),
        "A better office, named by the one addressed.",
    )
    reason_category: ReasonCategory | None = plain("Why it was sent, in one word. From level ANONYMOUS on.")
    reply_category: ReasonCategory | None = plain(
        "Why it was given or taken back, in one word. From level ANONYMOUS on."
    )
    reason: str | None = strawberry.field(resolver=_text("reason"), description="Why it was sent. From level WORK on.")
    reply: str | None = strawberry.field(
        resolver=_text("reply"), description="Why it was given or taken back. From level WORK on."
    )
    report: str | None = strawberry.field(
        resolver=_text("report"), description="The result the office reports. From level WORK on."
    )
    legal_basis: LegalBasis | None = plain("On which ground it discloses personal data. From level ANONYMOUS on.")
    discloses: list[DisclosedField] | None = plain("What it discloses beyond level WORK. From level ANONYMOUS on.")
    disclosure_expires_at: datetime = plain(
        "When its disclosure packet ends: from then on the office sees at most level ANONYMOUS, and nothing is"
        " disclosed. The sender renews it."
    )
    respond_by: datetime | None = plain("When the office must have accepted or rejected it; none for an information.")
    respond_by_thai: str | None = worked_out(_respond_by_thai, "The same in Bangkok time, B.E.")
    result_by: datetime | None = plain("When the office must have reported the result; none for a transfer.")
    is_overdue: bool = worked_out(_overdue, "Whether the office is late with its answer or its result.")
    sent_at: datetime = plain("When it was sent.")
    received_at: datetime | None = plain("When the office registered it.")
    accepted_at: datetime | None = plain("When the office accepted it.")
    started_at: datetime | None = plain("When the office began to work on it.")
    asked_at: datetime | None = plain("While it needs info: when the office asked. The question is a note of the case.")
    ended_at: datetime | None = plain("When it was completed, rejected, recalled, returned, or lapsed.")
    viewer_can: Permission = strawberry.field(
        resolver=_viewer_can, description="Whether you may do this to the referral as it stands."
    )


ReferralConnection = Connection[Referral]
