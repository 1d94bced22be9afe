"""What all cases of the country write into: ids, the journal, and the sheaf of finished rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

import orjson

from casework.demo.country.event_rows import EventRow, FeedRow
from casework.demo.country.posts import Post
from casework.demo.country.sheaf import Row, Sheaf
from casework.journal import Payload, chain_hash
from models.vocabulary import Audience, EventKind, SubjectKind

NOBODY = (None, None, None)


class Subject(Protocol):
    """The row that is the head of a chain of events."""

    id: int
    journal_length: int
    journal_head: bytes


class Numbers(NamedTuple):
    """Where the load begins to count."""

    ids: Iterator[int]
    event_ids: Iterator[int]
    positions: Iterator[int]


class Ledger:
    """Appends events in the order of time, so that their ids and their places in the feed rise with it."""

    def __init__(self, numbers: Numbers) -> None:
        self.new_id = numbers.ids.__next__
        self._next_event = numbers.event_ids.__next__
        self._next_position = numbers.positions.__next__
        self.sheaf = Sheaf()

    def finish(self, *rows: Row) -> None:
        """Take rows that do not change any more."""
        for row in rows:
            self.sheaf.add(row)

    def take(self) -> Sheaf:
        """Give what was finished since the last time."""
        full, self.sheaf = self.sheaf, Sheaf()
        return full

    def append(
        self,
        subject: Subject,
        subject_kind: SubjectKind,
        kind: EventKind,
        payload: Payload,
        *,
        by: Post | None,
        at: datetime,
        audience: Audience = Audience.CASE,
    ) -> None:
        """Chain an event as casework/journal.py does; without `by` the system did it."""
        seat_id, account_id, agency_code = (by.seat_id, by.account_id, by.agency_code) if by else NOBODY
        fact = {
            "subject_kind": subject_kind,
            "subject_id": subject.id,
            "seq": subject.journal_length + 1,
            "kind": kind,
            "actor_seat_id": seat_id,
            "actor_account_id": account_id,
            "actor_agency_code": agency_code,
            "recorded_at": at,
            "captured_at": None,
            "audience": audience,
            "operation_id": None,
            "payload": payload,
        }
        previous, subject.journal_head = subject.journal_head, chain_hash(subject.journal_head, fact)
        subject.journal_length += 1
        event_id = self._next_event()
        event = EventRow(
            event_id,
            subject_kind,
            subject.id,
            subject.journal_length,
            kind,
            seat_id,
            account_id,
            agency_code,
            at,
            audience,
            orjson.dumps(payload).decode(),
            previous,
            subject.journal_head,
        )
        self.sheaf.put("event", EventRow, event)
        self.sheaf.put("feed", FeedRow, FeedRow(self._next_position(), event_id))
