"""Files on cases and materials of activities: theirs, those by their ids, and links to their bytes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, any_, literal, null, or_, select

from casework.objects import Bearer, Held, Item, Link
from casework.policy.activities import activity, seen_by
from casework.policy.visibility import BY_SEAT, door, the_case
from casework.rules.file_types import SIGNATURES
from models import Attachment, table_of
from models.attachment_words import AttachmentState
from models.vocabulary import Level, SeatKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.rows import AttachmentRow

attachment = table_of(Attachment)
_OF_ATTACHMENT = tuple(name for name in AttachmentRow._fields if name in attachment.c)
_CONFIRMED = attachment.c.state.not_in([AttachmentState.REQUESTED, AttachmentState.EXPIRED])


@cache
def attachments_of(kind: SeatKind) -> Select[Any]:
    """Attachments need level WORK and the actor in their audience; before they are confirmed, the author."""
    seen = door(kind)
    columns = *(attachment.c[name] for name in _OF_ATTACHMENT), the_case.c.citizen_id, seen.level.label("level")
    rows = select(*columns).select_from(seen.rows.join(attachment, attachment.c.case_id == the_case.c.id))
    heard = seen.hears(attachment, seat="author_seat_id", agency="author_agency_code")
    shown = or_(attachment.c.author_seat_id == BY_SEAT, and_(_CONFIRMED, heard))
    return showing(rows.where(seen.allowed, seen.level >= int(Level.WORK), shown))


OF_CASES = CaseList(
    "attachments",
    build=attachments_of,
    keys=[attachment.c.requested_at, attachment.c.id],
    descending=True,
    make=AttachmentRow._make,
)
"""A case's attachments that are meant for the actor, the latest first."""


@cache
def _materials(kind: SeatKind) -> Select[Any]:
    """Materials are for all who see the activity; before they are confirmed, for the author. They show no citizen."""
    nobody = null().label("citizen_id"), literal(int(Level.STATUS)).label("level")
    rows = select(*(attachment.c[name] for name in _OF_ATTACHMENT), *nobody)
    joined = rows.select_from(attachment.join(activity, activity.c.id == attachment.c.activity_id))
    shown = or_(attachment.c.author_seat_id == BY_SEAT, _CONFIRMED)
    return showing(joined.where(seen_by(kind), shown), citizen=None)


OF_ACTIVITIES = CaseList(
    "materials",
    build=_materials,
    keys=[attachment.c.requested_at, attachment.c.id],
    descending=True,
    make=AttachmentRow._make,
    of=attachment.c.activity_id,
)
"""An activity's materials, the latest first."""


@cache
def _materials_by_ids(kind: SeatKind) -> Select[Any]:
    return _materials(kind).where(attachment.c.id == any_(IDS))


@cache
def _by_ids(kind: SeatKind) -> Select[Any]:
    return attachments_of(kind).where(attachment.c.id == any_(IDS))


async def attachments_by_ids(ids: Sequence[int | None], *, context: Context) -> list[AttachmentRow | None]:
    """Give files of cases and of activities, aligned with the ids; those of cases are looked up first."""
    found = await look_up(ids, _by_ids, AttachmentRow._make, context)
    others = [id_ if row is None else None for id_, row in zip(ids, found, strict=True)]
    materials = await look_up(others, _materials_by_ids, AttachmentRow._make, context)
    return [row or material for row, material in zip(found, materials, strict=True)]


def _item(row: AttachmentRow) -> Item:
    mime = SIGNATURES[row.media_type].mime
    return Item(row.id, row.object_key, mime, row.byte_count, bytes(row.sha256))


def bearer_of(context: Context) -> Bearer:
    by = context.actor()
    if context.subject is None:
        raise AssertionError("whoever is in a post has an account")
    return Bearer(context.subject, by.seat_id)


def upload_link(row: AttachmentRow, context: Context) -> Link | None:
    """Give a link to send the bytes to, a new one each time; None once they are not awaited any more."""
    if row.state is not AttachmentState.REQUESTED:
        return None
    return context.services.objects.to_upload(_item(row), bearer_of(context), now=context.now)


def download_link(row: AttachmentRow, context: Context) -> Link | None:
    """Give a link to fetch the bytes from; None for all that was not found clean."""
    if row.state is not AttachmentState.CLEAN:
        return None
    return context.services.objects.to_download(_item(row), bearer_of(context), now=context.now)


async def awaited(context: Context, attachment_id: int | None) -> AttachmentRow | None:
    """Find an upload of the actor's own that is not confirmed yet."""
    (row,) = await attachments_by_ids([attachment_id], context=context)
    return row if row is not None and row.state is AttachmentState.REQUESTED else None


async def held_for(context: Context, row: AttachmentRow | None) -> Held | None:
    """Look at what has arrived for it, before any transaction begins."""
    return None if row is None else await context.services.objects.look(row.object_key)
