"""What a phone is told of its post's own cases: those to keep and those to forget."""

from typing import Any

import strawberry

from models.queue_words import TombstoneReason
from resolvers.worksets import MOST_CASES, ChangesRow, TombstoneRow
from schema.binding import SIZE, Info, noun, plain, worked_out
from schema.cursors import workset_cursor
from schema.ids import seal_id
from schema.types.case_course import holder_of
from schema.types.labour_case import Case
from schema.types.seat import Holder


def _holder(parent: strawberry.Parent[TombstoneRow], info: Info) -> Any:
    return holder_of(parent.holder_seat_id, parent.holder_office_id, info)


@noun(TombstoneRow, description="A case that the phone is to forget, with all that it keeps of it.")
class Tombstone:
    case_id: strawberry.ID = worked_out(lambda row, context: seal_id(context, "Case", row.id), "The id of the case.")
    reference: str = plain("Its reference, to tell the person which one it is.")
    reason: TombstoneReason = plain("Why.")
    holder: Holder = strawberry.field(resolver=_holder, description="Who is accountable for it now.")


@noun(ChangesRow, description="A page of what changed in the cases in which your post takes part.")
class Changes:
    upserts: list[Case] = strawberry.field(
        description="Cases to keep as they are told here, new ones and known ones.", metadata={SIZE: MOST_CASES}
    )
    tombstones: list[Tombstone] = strawberry.field(
        description="Cases to forget: it is safe to be told of one that the phone never had.",
        metadata={SIZE: MOST_CASES},
    )
    cursor: str = worked_out(
        lambda row, context: workset_cursor(context, row.since),
        "Keep it with what you kept of this page; give it back as `since`. It never ages.",
    )
    has_more: bool = plain("Whether there is another page now; ask for it with `since: cursor`.")
    starts_over: bool = plain(
        "Whether this page begins a workset: forget all cases that you kept before. True without `since`, and when the"
        " service does not know your cursor any more, because it was restored from an older copy."
    )
