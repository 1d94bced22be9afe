"""What happened to a case: its events, and the notes written on it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Select, any_, bindparam, select

from casework.policy.visibility import door, the_case
from models import Event, Feed, Note, table_of
from models.vocabulary import Level, SeatKind, SubjectKind
from resolvers.cases import IDS
from resolvers.context import Context, look_up
from resolvers.feed_points import MARK_BYTES, FeedPoint
from resolvers.lists_of_cases import CaseList
from resolvers.looks import showing
from resolvers.rows import EventRow, NoteRow

event, feed, note = table_of(Event), table_of(Feed), table_of(Note)
_OF_NOTE = tuple(name for name in NoteRow._fields if name in note.c)


@cache
def events_of(kind: SeatKind) -> Select[Any]:
    """Events need level ANONYMOUS, and the actor in their audience."""
    seen = door(kind)
    own = [event.c.subject_id.label("case_id") if name == "case_id" else event.c[name] for name in EventRow._fields]
    of_case = (event.c.subject_kind == SubjectKind.CASE) & (event.c.subject_id == the_case.c.id)
    return (
        select(*own)
        .select_from(seen.rows.join(event, of_case))
        .where(
            seen.allowed,
            seen.level >= int(Level.ANONYMOUS),
            seen.hears(event, seat="actor_seat_id", agency="actor_agency_code"),
        )
    )


TIMELINES = CaseList("timeline", build=events_of, keys=[event.c.seq], descending=False, make=EventRow._make)
"""A case's events, the first one first."""


@cache
def notes_of(kind: SeatKind) -> Select[Any]:
    seen = door(kind)
    columns = *(note.c[name] for name in _OF_NOTE), the_case.c.citizen_id, seen.level.label("level")
    rows = select(*columns).select_from(seen.rows.join(note, note.c.case_id == the_case.c.id))
    heard = seen.hears(note, seat="author_seat_id", agency="author_agency_code")
    return showing(rows.where(seen.allowed, seen.level >= int(Level.WORK), heard))


NOTES = CaseList("notes", build=notes_of, keys=[note.c.written_at, note.c.id], descending=True, make=NoteRow._make)
"""A case's notes that are meant for the actor, the latest first."""


@cache
def _notes_by_ids(kind: SeatKind) -> Select[Any]:
    return notes_of(kind).where(note.c.id == any_(IDS))


async def notes_by_ids(ids: Sequence[int | None], *, context: Context) -> list[NoteRow | None]:
    return await look_up(ids, _notes_by_ids, NoteRow._make, context)


@cache
def _events_by_ids(kind: SeatKind) -> Select[Any]:
    return events_of(kind).where(event.c.id == any_(IDS))


async def events_by_ids(ids: Sequence[int | None], *, context: Context) -> list[EventRow | None]:
    return await look_up(ids, _events_by_ids, EventRow._make, context)


@cache
def _after(kind: SeatKind) -> Select[Any]:
    """Events of one case behind a position of the feed, in the feed's order."""
    return (
        events_of(kind)
        .add_columns(feed.c.position, event.c.hash)
        .join(feed, feed.c.event_id == event.c.id)
        .where(
            the_case.c.id == bindparam("case_id", type_=BigInteger()),
            feed.c.position > bindparam("position", type_=BigInteger()),
        )
        .order_by(feed.c.position)
        .limit(bindparam("limit"))
    )


async def events_after(
    context: Context, case_id: int, position: int, *, limit: int = 100
) -> list[tuple[EventRow, FeedPoint]]:
    """Give the next events of a case for the actor, each with its place in the feed."""
    given = {"case_id": case_id, "position": position, "limit": limit}
    return [placed(row) for row in await context.rows(_after(context.actor().kind), given)]


def placed(row: Sequence[Any]) -> tuple[EventRow, FeedPoint]:
    """Part an event from its place in the feed: the row's last two values are the position and the event's hash."""
    return EventRow._make(row[:-2]), FeedPoint(row[-2], row[-1][:MARK_BYTES])
