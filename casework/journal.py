"""The journal: append events under their subject's lock, and prove that none was changed, removed or cut off."""

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from casework.work import Unit
from models import Activity, Case, Citizen, Event, Seat, Webhook, table_of
from models.vocabulary import Audience, EventKind, SubjectKind

Payload = dict[str, str | int | list[str] | None]
"""Codes and row ids only: no free text, no personal data."""

event = table_of(Event)
Subject = Case | Citizen | Seat | Webhook | Activity
SUBJECTS: Mapping[type[Subject], SubjectKind] = {
    Case: SubjectKind.CASE,
    Citizen: SubjectKind.CITIZEN,
    Seat: SubjectKind.SEAT,
    Webhook: SubjectKind.WEBHOOK,
    Activity: SubjectKind.ACTIVITY,
}


async def append(
    work: Unit, subject: Subject, kind: EventKind, payload: Payload, *, audience: Audience = Audience.CASE
) -> None:
    """Add an event to the chain of a subject whose row is locked by (or new in) this transaction."""
    if isinstance(subject, Case):
        payload = {**payload, **work.besides.pop(subject.id, {})}
    head = Head(subject.id, subject.journal_length, subject.journal_head)
    fact = _fact(work, type(subject), head, kind, payload, audience=audience)
    subject.journal_length, subject.journal_head = fact["seq"], fact["hash"]
    await work.session.flush()  # one UPDATE for all that the action changed on the subject's row
    await work.session.execute(insert(event).values(**fact).inline())


class Head(NamedTuple):
    """Where the chain of a subject ends."""

    id: int
    length: int
    hash: bytes


async def append_to_each(
    work: Unit, model: type[Subject], kind: EventKind, told: Sequence[tuple[Head, Payload]]
) -> None:
    """Add an event to the chain of each of many subjects whose rows are locked, in two statements."""
    if not told:
        return
    facts = [_fact(work, model, head, kind, payload, audience=Audience.CASE) for head, payload in told]
    table = table_of(model)
    chained = update(table).where(table.c.id == bindparam("subject"))
    await work.session.execute(
        chained.values(journal_length=bindparam("length"), journal_head=bindparam("head")),
        [{"subject": fact["subject_id"], "length": fact["seq"], "head": fact["hash"]} for fact in facts],
    )
    await work.session.execute(insert(event).inline(), facts)


def _fact(
    work: Unit, model: type[Subject], head: Head, kind: EventKind, payload: Payload, *, audience: Audience
) -> dict[str, Any]:
    """Give the next event of a chain, hashed."""
    fact = {
        "subject_kind": SUBJECTS[model],
        "subject_id": head.id,
        "seq": head.length + 1,
        "kind": kind,
        "actor_seat_id": work.author.seat_id,
        "actor_account_id": work.author.account_id,
        "actor_agency_code": work.author.agency_code,
        "recorded_at": work.now,
        "captured_at": work.captured_at,
        "audience": audience,
        "operation_id": work.operation_id,
        "payload": payload,
    }
    return {**fact, "previous_hash": head.hash, "hash": chain_hash(head.hash, fact)}


def chain_hash(previous: bytes, fact: dict[str, Any]) -> bytes:
    """Give SHA-256 over the previous hash and the fact as JSON with sorted keys, times in UTC microseconds."""
    plain = {key: _plain(value) for key, value in fact.items()}
    return hashlib.sha256(previous + orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID | EventKind | SubjectKind | Audience) else value


class Break(NamedTuple):
    """Where a chain does not hold: the event at `seq` of the subject, and what is wrong with it."""

    subject_kind: SubjectKind
    subject_id: int
    seq: int
    what: str


class Verification(NamedTuple):
    subjects: int
    events: int
    breaks: list[Break]


_FACT = tuple(column.name for column in event.c if column.name not in {"id", "previous_hash", "hash"})


async def verify(connection: AsyncConnection, *, progress: Callable[[int], None]) -> Verification:
    """Walk every chain from its first event to the head on its subject's row."""
    heads = await _heads(connection)
    breaks: list[Break] = []
    subjects = events = 0
    async for key, chain in _chains(connection):
        subjects, events = subjects + 1, events + len(chain)
        breaks += _breaks_of(key, chain, heads.pop(key, (0, b"")))
        progress(events)
    breaks += [Break(kind, id_, 1, "all its events are missing") for (kind, id_), (n, _) in heads.items() if n]
    return Verification(subjects, events, breaks)


Key = tuple[SubjectKind, int]


async def _heads(connection: AsyncConnection) -> dict[Key, tuple[int, bytes]]:
    heads: dict[Key, tuple[int, bytes]] = {}
    for model, kind in SUBJECTS.items():
        table = table_of(model)
        rows = await connection.execute(select(table.c.id, table.c.journal_length, table.c.journal_head))
        heads |= {(kind, id_): (length, bytes(head)) for id_, length, head in rows}
    return heads


async def _chains(connection: AsyncConnection) -> AsyncIterator[tuple[Key, list[Any]]]:
    ordered = select(event).order_by(event.c.subject_kind, event.c.subject_id, event.c.seq)
    key: Key | None = None
    chain: list[Any] = []
    async with connection.stream(ordered) as rows:
        async for row in rows:
            if (row.subject_kind, row.subject_id) != key:
                if key is not None:
                    yield key, chain
                key, chain = (row.subject_kind, row.subject_id), []
            chain.append(row)
    if key is not None:
        yield key, chain


def _breaks_of(key: Key, chain: list[Any], head: tuple[int, bytes]) -> list[Break]:
    """Name the first break of a chain: what follows it cannot be judged."""
    previous = b""
    for expected, row in enumerate(chain, 1):
        if row.seq != expected:
            return [Break(*key, expected, "the event is missing")]
        fact = {name: getattr(row, name) for name in _FACT}
        if bytes(row.previous_hash) != previous or bytes(row.hash) != chain_hash(previous, fact):
            return [Break(*key, expected, "the event was changed")]
        previous = bytes(row.hash)
    if (len(chain), previous) != head:
        return [Break(*key, len(chain) + 1, "the chain does not end where its subject says")]
    return []
