"""A small world for tests: the demo network of Nong Khai on a real database, and the means to act in it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Row, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from casework.actions.open_case import Intake, open_case
from casework.actions.refer_case import Sending, refer_case
from casework.actions.register_citizen import Person, register_citizen
from casework.demo.network import SINCE, subject_of
from casework.keys import Keys
from casework.policy.actors import SEATS_OF, Actor, actor_among
from casework.policy.wall import enter
from casework.reference.data import ReferenceData
from casework.rules.escalation import QuietHours
from casework.tending import tend
from casework.watching import Seen
from casework.work import Unit, Work
from models.vocabulary import Channel, LegalBasis, ReasonCategory, ReferralKind
from resolvers.context import Services
from server.local_folder import LocalFolder
from server.recorder import Recorder

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Monday 16 November 2569, 9:00 in Bangkok."""

VOLUNTEER = "volunteer 430116"
OTHER_VOLUNTEER = "volunteer 430201"
"""Of another amphoe."""
MENTOR = "mentor 4301"
OTHER_MENTOR = "mentor 4302"
COORDINATOR = "coordinator 43"
DLPW = "officer DLPW-43"
SSO = "officer SSO-43"
DOE = "officer DOE-43"
AUDITOR = "auditor"
ADMIN = "admin"
ANYTIME = QuietHours(time(0), time(0))
"""Notices are given day and night."""
TAMBON = "430116"
"""Nong Kom Ko, in the amphoe of MENTOR."""


def sweeping(superuser: URL) -> AsyncEngine:
    """Give connections on which no trigger and no foreign key minds what is deleted."""
    url = superuser.set(drivername="postgresql+asyncpg")
    return create_async_engine(url, connect_args={"server_settings": {"session_replication_role": "replica"}})


class SilentFeed:
    """A feed that nobody listens to."""

    def ring(self) -> None:
        """Nobody hears it."""

    def subscribe(self, case_id: int) -> Any:
        raise AssertionError(f"this test has no feed to follow case {case_id}")

    def subscribe_inbox(self, seat_id: int, office_id: int | None) -> Any:
        raise AssertionError(f"this test has no feed for the inbox of post {seat_id} in office {office_id}")

    def subscribe_export(self, export_id: int) -> Any:
        raise AssertionError(f"this test has no feed for export {export_id}")


@dataclass
class World:
    """The database between two tests: posts and reference data are there, no citizen and no case."""

    owner: AsyncEngine = field(repr=False)
    reader: AsyncEngine = field(repr=False)
    writer: AsyncEngine = field(repr=False)
    worker: AsyncEngine = field(repr=False)
    sweeper: AsyncEngine = field(repr=False)
    reference: ReferenceData = field(repr=False)  # asyncio prints running tasks with their arguments: 8,441 areas
    keys: Keys = field(repr=False)
    now: datetime = MONDAY
    files: Path = field(default=Path("no files"), kw_only=True, repr=False)
    """Where the store keeps what tests upload."""
    recorder: Recorder = field(init=False, repr=False)
    """Writes only when a test says `flush`, and when the test is over."""
    _actors: dict[str, Actor] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.recorder = Recorder(self.writer, most=10**9)

    def services(self, feed: Any = None) -> Services:
        feed = feed or SilentFeed()
        return Services(
            self.reader,
            self.writer,
            self.keys,
            lambda: self.now,
            self.reference,
            feed,
            self.recorder,
            objects=LocalFolder(self.files, self.keys),
        )

    def office(self, code: str) -> int:
        return self.reference.offices_by_code[code].id

    async def actor(self, handle: str) -> Actor:
        """Find the actor of a handle of casework/demo/network.yaml, such as `officer DLPW-43`."""
        if handle not in self._actors:
            async with self.reader.connect() as connection:
                rows = await connection.execute(SEATS_OF, {"subject": subject_of(handle), "now": self.now})
                found = actor_among(rows, seat_id=None)
            assert found is not None, handle
            self._actors[handle] = found
        return self._actors[handle]

    @asynccontextmanager
    async def work(self, handle: str) -> AsyncIterator[Work]:
        """Give a unit of work that is committed at the end."""
        async with self.trial(handle) as work:
            yield work
            await work.session.commit()

    @asynccontextmanager
    async def trial(self, handle: str) -> AsyncIterator[Work]:
        """Give a unit of work of which nothing stays."""
        by = await self.actor(handle)
        async with AsyncSession(self.writer, expire_on_commit=False) as session:
            await enter(session, by, self.now)
            yield Work(
                session=session,
                by=by,
                now=self.now,
                reference=self.reference,
                keys=self.keys,
                operation_id=uuid4(),
            )

    @asynccontextmanager
    async def looking(self, handle: str) -> AsyncIterator[AsyncConnection]:
        """Give a connection that reads as somebody: past the door, not past row-level security."""
        by = await self.actor(handle)
        async with self.reader.connect() as connection:
            await enter(connection, by, self.now)
            yield connection

    @asynccontextmanager
    async def system(self) -> AsyncIterator[Unit]:
        """Give a unit of work of the system's own, committed at the end."""
        async with AsyncSession(self.worker, expire_on_commit=False) as session, session.begin():
            yield Unit(session=session, now=self.now, reference=self.reference)

    async def tend(self, *, quiet: QuietHours = ANYTIME) -> Seen:
        """Let the system do what is due."""
        return await tend(self.worker, self.reference, now=self.now, quiet=quiet, progress=lambda *_: None)

    async def act(self, handle: str, action: Callable[..., Awaitable[int]], **given: Any) -> int:
        """Run one action in its own transaction; an hour later it is `now`."""
        async with self.work(handle) as work:
            result = await action(work, **given)
        self.now += timedelta(hours=1)
        return result

    async def rows(self, statement: str, **given: Any) -> list[Row[Any]]:
        """Look into the database as its owner."""
        async with self.owner.connect() as connection:
            return list((await connection.execute(text(statement), given)).all())

    async def value(self, statement: str, **given: Any) -> Any:
        """Give the only value of the only row."""
        ((value,),) = await self.rows(statement, **given)
        return value

    async def fingerprint(self) -> dict[str, str]:
        """Describe everything that actions write, to assert that nothing changed."""
        async with self.owner.connect() as connection:
            return {row.name: row.digest for row in await connection.execute(text(FINGERPRINT))}

    async def clear(self) -> None:
        async with self.sweeper.begin() as connection:
            await connection.exec_driver_sql(SWEEP)
        async with self.owner.begin() as connection:
            unwritten = "UPDATE seat SET version = 1, journal_length = 0, journal_head = '' WHERE journal_length > 0"
            await connection.execute(text(unwritten))
            for statement in LEFT_BY_APPOINTMENTS:
                await connection.execute(text(statement), {"since": SINCE})

    # Shortcuts to where most tests begin.

    async def citizen(self, by: str = VOLUNTEER, **known: Any) -> int:
        person = Person(**{"given_name": "สมหญิง", "family_name": "ใจดี", "area_code": TAMBON, **known})
        return await self.act(by, register_citizen, person=person)

    async def case(self, by: str = VOLUNTEER, *problems: str, area: str = TAMBON, **more: Any) -> int:
        """Open a case; `problems` default to UNPAID_WAGES."""
        intake = Intake(
            **{
                "citizen_id": await self.citizen(by),
                "problem_type_codes": problems or ("UNPAID_WAGES",),
                "area_code": area,
                "narrative": "นายจ้างค้างค่าจ้างสองเดือน",
                "channel": Channel.VOLUNTEER,
                **more,
            }
        )
        return await self.act(by, open_case, intake=intake)

    async def version(self, case_id: int) -> int:
        version: int = await self.value('SELECT version FROM "case" WHERE id = :id', id=case_id)
        return version

    async def referral(self, case_id: int, by: str = VOLUNTEER, to: str = "DLPW-43", **more: Any) -> int:
        """Refer the case's UNPAID_WAGES, unless `more` says otherwise."""
        sending = Sending(
            **{
                "office_id": self.office(to),
                "problem_type_code": "UNPAID_WAGES",
                "kind": ReferralKind.REFER,
                "reason": "อยู่ในอำนาจของสำนักงาน",
                "reason_category": ReasonCategory.COMPETENCE,
                "legal_basis": LegalBasis.CONSENT,
                **more,
            }
        )
        version = await self.version(case_id)
        return await self.act(by, refer_case, case_id=case_id, expected_version=version, sending=sending)

    async def on_case(self, by: str, action: Callable[..., Awaitable[int]], case_id: int, **given: Any) -> int:
        """Run an action that expects the case's version, with the version that it has."""
        return await self.act(by, action, case_id=case_id, expected_version=await self.version(case_id), **given)

    async def on_referral(self, by: str, action: Callable[..., Awaitable[int]], referral_id: int, **given: Any) -> int:
        """Run an action that expects the referral's version, with the version that it has."""
        version = await self.value("SELECT version FROM referral WHERE id = :id", id=referral_id)
        return await self.act(by, action, referral_id=referral_id, expected_version=version, **given)


WRITTEN = (
    "operation",
    "citizen_operation",
    "export",
    "follow",
    "incident_case",
    "incident",
    "party_trace",
    "party_contact",
    "case_party",
    "case_merge",
    "feed",
    "feed_pending",
    "webhook",
    "notice_address",
    "event",
    "task_text",
    "task",
    "visit",
    "case_document",
    "note",
    "attachment",
    "discarded_object",
    "participation",
    "assignment",
    "outgoing_notice",
    "webhook_delivery",
    "notice",
    "watch",
    "handover_item",
    "handover",
    "statement_dispute_text",
    "statement_dispute",
    "statement_outcome",
    "statement",
    "deadline_step",
    "deadline",
    "key_date",
    "referral_content",
    "referral",
    "case_holding",
    "case_problem",
    "case_content",
    "case_search",
    '"case"',
    "case_counter",
    "activity_guest",
    "activity_participant",
    "activity",
    "citizen_search",
    "identifier_reveal",
    "legal_hold",
    "citizen_identifier",
    "citizen_contact",
    "citizen",
    "rate_limit",
)
"""Every table that actions write about cases, citizens and activities."""
LOOKED = ("citizen_access",)
"""What reading writes: whoever shows that nothing changed has looked."""
BY_THE_OWNER = frozenset({"legal_hold"})
"""Those of them that the service's own roles neither read nor write."""
OF_THE_WORKER = ("watch_cursor",)
"""How far the worker has read: one row that is never away."""
BY_THE_WALL = frozenset({"handover_item", "statement", "statement_outcome"})
"""Those of them that a function of the database writes: no role of the service may."""
LEFT_BY_APPOINTMENTS = (
    "UPDATE watch_cursor SET position = 0 WHERE position > 0",
    "DELETE FROM incumbency WHERE since <> :since",
    "UPDATE incumbency SET until = NULL WHERE until IS NOT NULL AND since = :since",
    "DELETE FROM account a WHERE NOT EXISTS (SELECT FROM incumbency i WHERE i.account_id = a.id)",
    "DELETE FROM seat s WHERE NOT EXISTS (SELECT FROM incumbency i WHERE i.seat_id = s.id)",
)
SWEEP = f"DO $$ BEGIN {' '.join(f'DELETE FROM {table};' for table in (*WRITTEN, *LOOKED))} END $$"
"""Takes 4 ms for the few rows of a test; TRUNCATE makes every table's files anew and took 140."""
DIRECTORY = ("seat", "incumbency", "account")
"""Every table that actions write about posts: the demo network's rows stay from test to test."""

FINGERPRINT = " UNION ALL ".join(
    f"SELECT '{table}' AS name, coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM {table} t"
    for table in (*WRITTEN, *DIRECTORY)
)
