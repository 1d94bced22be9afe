"""What the database holds when everything is quiet: plain rows, as its owner reads them."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from casework import journal
from casework.keys import Keys
from casework.policy.actors import Actor
from models import Case, Event
from resolvers.context import Context
from schema.cursors import read_event_cursor
from schema.ids import seal_id
from tests.oracle.facts import Facts, read_facts
from tests.oracle.seeing import Eyes
from tests.oracle.test_inbox import is_news
from tests.simulation.province import Province
from tests.simulation.service import SECRET
from tests.simulation.subscribers import Subscriber
from tests.world import World


class Done(NamedTuple):
    """A row of `operation`."""

    account: UUID
    operation_id: str
    name: str
    result_id: int | None


class Fact(NamedTuple):
    """An event that an operation of somebody wrote."""

    id: int
    kind: str
    account: UUID | None
    operation_id: str
    late: bool


class Listened(NamedTuple):
    """What a subscriber had to hear, and what it may have heard, as ids of events in the feed's order."""

    must: list[str]
    may: list[str]


@dataclass
class Record:
    operations: list[Done]
    written: list[Fact]
    """Events of operations."""
    positions: list[tuple[int, int]]
    """Of the feed: position and event."""
    events: int
    pending: int
    breaks: list[str]
    """Of the journal's chains."""
    note_texts: list[str]
    cases: dict[str, tuple[int, str, str | None]]
    """By their id in clients' hands: version, state, holder."""
    worksets: dict[str, set[str]]
    """The cases that belong on a phone, by the id of its post."""
    listened: dict[str, Listened] = field(default_factory=dict)
    """By the name of the subscriber."""


OPERATIONS = (
    """SELECT a.subject, o.operation_id, o.name, o.result_id FROM operation o JOIN account a ON a.id = o.account_id"""
)
WRITTEN = """SELECT e.id, e.kind, a.subject, e.operation_id, e.payload ? 'late' AS late
    FROM event e LEFT JOIN account a ON a.id = e.actor_account_id WHERE e.operation_id IS NOT NULL ORDER BY e.id"""
POSITIONS = "SELECT position, event_id FROM feed ORDER BY position"
WORKSETS = """SELECT p.seat_id, p.case_id FROM participation p
    WHERE p.seat_id IS NOT NULL AND p.until IS NULL AND p.level >= 3"""


async def read_record(world: World, province: Province) -> Record:
    sealed = _Sealing(world)
    async with world.owner.connect() as connection:
        verification = await journal.verify(connection, progress=lambda _: None)
        facts = await read_facts(connection, world.reference, now=world.now)
    worksets: dict[str, set[str]] = defaultdict(set)
    for row in await world.rows(WORKSETS):
        worksets[sealed("Seat", row.seat_id)].add(sealed("Case", row.case_id))
    positions = [(row.position, row.event_id) for row in await world.rows(POSITIONS)]
    record = Record(
        operations=[
            Done(row.subject, str(row.operation_id), row.name, row.result_id) for row in await world.rows(OPERATIONS)
        ],
        written=[
            Fact(row.id, row.kind, row.subject, str(row.operation_id), row.late) for row in await world.rows(WRITTEN)
        ],
        positions=positions,
        events=await world.value("SELECT count(*) FROM event"),
        pending=await world.value("SELECT count(*) FROM feed_pending"),
        breaks=[str(each) for each in verification.breaks],
        note_texts=[row.text for row in await world.rows("SELECT text FROM note")],
        cases={sealed("Case", case.id): _case(case, sealed) for case in facts.all(Case)},
        worksets=worksets,
    )
    order = {event_id: position for position, event_id in positions}
    for subscriber in province.subscribers:
        by = await world.actor(subscriber.handle)
        record.listened[subscriber.name] = _listened(facts, by, subscriber, order, sealed)
    return record


class _Sealing:
    """Ids as clients have them."""

    def __init__(self, world: World) -> None:
        services = replace(world.services(), keys=Keys(SECRET))
        self._context = Context(services, thai=False, reference=world.reference, now=world.now)

    def __call__(self, kind: str, number: int) -> str:
        return seal_id(self._context, kind, number)

    def position(self, cursor: str) -> int:
        return read_event_cursor(self._context, cursor).position


def _case(case: Case, sealed: _Sealing) -> tuple[int, str, str | None]:
    holder = sealed("Seat", case.holder_seat_id) if case.holder_seat_id else None
    if case.holder_office_id:
        holder = sealed("Office", case.holder_office_id)
    return case.version, case.state, holder


def _listened(facts: Facts, by: Actor, subscriber: Subscriber, order: dict[int, int], sealed: _Sealing) -> Listened:
    """Tell from the domain's table, apart from the service, what belongs to a subscriber.

    What was visible for a time only may have been heard or not; what has been visible ever since must have been.
    """
    seen = Eyes(facts, by)
    must: list[Event] = []
    may: list[Event] = []
    for case in facts.all(Case):
        if subscriber.case is not None and sealed("Case", case.id) != subscriber.case:
            continue
        steady = all(part.until is None for part in seen.own_parts(case))
        visible = {event.id for event in seen.events(case)}
        for event in facts.of(Event, subject_id=case.id, subject_kind="CASE"):
            if subscriber.case is None and not is_news(seen, case, event):
                continue
            may.append(event)
            if steady and event.id in visible and event.audience != "HOLDER_ONLY":
                must.append(event)
    began = sealed.position(subscriber.began) if subscriber.began else 0
    behind = [event for event in must if order.get(event.id, 0) > began]
    told = [sealed("TimelineEvent", event.id) for event in sorted(behind, key=lambda event: order[event.id])]
    placed = sorted((event for event in may if event.id in order), key=lambda event: order[event.id])
    return Listened(told, [sealed("TimelineEvent", event.id) for event in placed])
