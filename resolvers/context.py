"""What one GraphQL operation works with: who asks, one read snapshot, the means to write."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casework.access import Entry
from casework.actions.request_export import ExportLimits
from casework.actions.request_upload import AttachmentLimits
from casework.errors import Refusal, RefusalCode
from casework.keys import Keys
from casework.objects import Objects
from casework.policy.actors import Actor, actor_among
from casework.policy.wall import SIGN_IN, SIGN_IN_AT, STAND_IN, enter, enter_public
from casework.reference.data import ReferenceData
from casework.rules.suppression import LEAST
from models.vocabulary import SeatKind
from resolvers.looks import Looks, shown_by

Row_ = TypeVar("Row_")


class News(Protocol):
    """Says when it is worth looking for new events; a word that comes between two waits is kept."""

    async def wait(self) -> None: ...


class Feed(Protocol):
    """The process's reader of the journal; see server/feed.py."""

    def ring(self) -> None: ...
    def subscribe(self, case_id: int) -> AbstractAsyncContextManager[News]: ...
    def subscribe_inbox(self, seat_id: int, office_id: int | None) -> AbstractAsyncContextManager[News]: ...
    def subscribe_export(self, export_id: int) -> AbstractAsyncContextManager[News]: ...


class AccessRecorder(Protocol):
    """Keeps who looked at whose data; see server/recorder.py."""

    async def record(self, entries: Sequence[Entry]) -> None: ...


class OperationOverError(Exception):
    """Somebody asked in the name of an operation that has answered already."""


PUBLIC_AT_ONCE = 2
"""Operations that count for the public at one time: the other connections are for posts."""


class StatusLimits(NamedTuple):
    """How many questions about a case's status are answered in an hour."""

    per_address: int = 120
    per_reference: int = 20


class StatisticsLimits(NamedTuple):
    """How many statistics the public may ask for in an hour; no count below the threshold is told it, or an auditor."""

    per_address: int = 60
    threshold: int = LEAST


@dataclass(slots=True)
class Services:
    """What lives as long as the process; `reference` is replaced when the data change."""

    reader: AsyncEngine
    writer: AsyncEngine
    keys: Keys
    clock: Callable[[], datetime]
    reference: ReferenceData
    feed: Feed
    recorder: AccessRecorder
    status_limits: StatusLimits = field(default_factory=StatusLimits)
    statistics_limits: StatisticsLimits = field(kw_only=True, default_factory=StatisticsLimits)
    objects: Objects = field(kw_only=True)
    attachment_limits: AttachmentLimits = field(kw_only=True, default_factory=AttachmentLimits)
    export_limits: ExportLimits = field(kw_only=True, default_factory=ExportLimits)
    plain_http: bool = field(kw_only=True, default=False)
    """Whether webhooks may lead to http:// at all: only where the operator allows addresses for it."""
    public_url: str = field(kw_only=True, default="")
    """Put before links of the service's own; empty, they begin with a slash."""
    public_turns: asyncio.Semaphore = field(kw_only=True, default_factory=lambda: asyncio.Semaphore(PUBLIC_AT_ONCE))


@dataclass(slots=True)
class Context:
    """One operation: its statements queue on one connection in one read-only snapshot."""

    services: Services
    thai: bool
    reference: ReferenceData
    now: datetime
    by: Actor | None = None
    subject: UUID | None = None
    seat_id: int | None = None
    address: str = ""
    request_id: str = ""
    is_public: bool = False
    """Whether the public asks for what is published of all cases; see `become_public`."""
    looks: Looks = field(default_factory=Looks)
    batches: dict[Any, Any] = field(default_factory=dict)
    _connection: AsyncConnection | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _over: bool = False
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def keys(self) -> Keys:
        return self.services.keys

    def actor(self) -> Actor:
        """Give the one who asks; refuse when nobody is signed in or the account fills no seat."""
        if self.by is None:
            raise Refusal(RefusalCode.NO_SEAT if self.subject else RefusalCode.NOT_SIGNED_IN)
        return self.by

    async def rows(self, statement: Executable, given: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run a statement in the operation's snapshot, with the actor's scope among its parameters.

        The one place where rows reach resolvers, so that nobody is shown a person's data without being noted.
        """
        scope, shows = self.by.scope_at(self.now) if self.by else {}, shown_by(statement)
        async with self._queue:
            if self._over:
                raise OperationOverError
            if self._connection is None:
                self._connection = await self.services.reader.connect()
                if self.by is not None:
                    await enter(self._connection, self.by, self.now)
                elif self.is_public:
                    await enter_public(self._connection, self.now)
            rows = (await self._connection.execute(statement, {**scope, **(given or {})})).all()
        if shows is not None:
            self.looks.note(shows, rows)
        return rows

    async def identify(self, subject: UUID, seat_id: int | None) -> None:
        """Find who asks, in the same snapshot as everything else: an incumbency that ended gives nothing."""
        self.subject, self.seat_id = subject, seat_id
        given = {"subject": subject, "now": self.now, "wanted": seat_id}
        self.by = actor_among(await self.rows(SIGN_IN if seat_id is None else SIGN_IN_AT, given), seat_id=seat_id)

    async def stand_in(self, account_id: int, seat_id: int) -> None:
        """Do what an account asked for in a post, as it may now: an incumbency that ended gives nothing."""
        given = {"account": account_id, "wanted": seat_id, "now": self.now}
        self.by = actor_among(await self.rows(STAND_IN, given), seat_id=seat_id)

    async def record(self) -> None:
        """Hand over who was shown what; waits while the recorder has no room, and keeps no connection meanwhile."""
        entries = self.looks.entries(self.by, request_id=self.request_id, at=self.now)
        if entries:
            await self.refresh()
            await self.services.recorder.record(entries)

    def own(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the operation; the operation does not end before it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def give_up(self) -> None:
        """Nobody waits for the answer any more: what runs beside the operation is cancelled, in the database too."""
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """End the operation: what is still queued is not asked any more, and the connection goes back to the pool.

        graphql-core answers as soon as an error has made the answer certain, whatever is still under way.
        """
        self._over = True
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.refresh()
        if self.is_public:
            self.is_public = False
            self.services.public_turns.release()

    async def refresh(self) -> None:
        """Leave the snapshot: the next statement sees what was committed since, as of a later instant."""
        async with self._queue:
            self.now = self.services.clock()
            connection, self._connection = self._connection, None
            if connection is not None:
                await connection.close()

    async def become_public(self) -> None:
        """Wait for a turn and leave the snapshot of nobody: from then on, what is published may be counted."""
        if self.by is not None:
            raise PermissionError(self.by.kind)
        async with self._turn:
            if not self.is_public:
                await self.services.public_turns.acquire()
                self.is_public = True
                await self.refresh()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator["Context"]:
        """Give a context for the same caller, identified anew in a snapshot of its own: one look of a subscription."""
        fresh = Context(self.services, self.thai, self.services.reference, self.services.clock())
        try:
            if self.subject is not None:
                await fresh.identify(self.subject, self.seat_id)
            yield fresh
        finally:
            await fresh.close()


async def look_up(
    ids: Sequence[int | None],
    statement: Callable[[SeatKind], Executable],
    make: Callable[[Any], Row_],
    context: Context,
) -> list[Row_ | None]:
    """Fetch rows by their ids in one statement, aligned with the ids; what the actor does not see is None.

    `statement` gives, for the actor's kind of seat, a select of rows whose `id` is among the parameter `ids`.
    """
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    found: dict[int, Row_] = {}
    if wanted and context.by is not None:
        rows = await context.rows(statement(context.by.kind), {"ids": wanted})
        found = {row.id: make(row) for row in rows}
    return [None if id_ is None else found.get(id_) for id_ in ids]
