"""Load a country of cases into a database that has none: all of it or nothing."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from casework.demo.country.clock import Clock
from casework.demo.country.copying import Progress, copy, copy_words, quoted, set_aside
from casework.demo.country.country import Country
from casework.demo.country.happening import happen
from casework.demo.country.ledger import Ledger, Numbers
from casework.demo.country.library import Library, read_library
from casework.demo.country.posts import Posts, make_posts, read_posts
from casework.demo.country.sheaf import Sheaf
from casework.demo.country.wording import worded, wording
from casework.demo.network import subject_of
from casework.keys import Keys
from casework.reference.data import ReferenceData
from models import (
    Account,
    Assignment,
    Case,
    CaseContent,
    CaseCounter,
    CaseHolding,
    CaseProblem,
    CaseSearch,
    Citizen,
    CitizenContact,
    CitizenIdentifier,
    CitizenSearch,
    Deadline,
    DeadlineStep,
    Event,
    Feed,
    Incumbency,
    Note,
    Participation,
    Referral,
    ReferralContent,
    Seat,
    table_of,
)
from models.columns import EVENT_IDS, IDS

WATCHED = 'INSERT INTO watch (case_id, look_at) SELECT id, updated_at FROM "case" WHERE ended_at IS NULL'
READ = "UPDATE watch_cursor SET position = (SELECT max(position) FROM feed)"
"""The worker looks at each case that goes on, and reads the journal from here on."""
WHOLE = 200_000
"""Cases of the whole country."""
PERIOD = timedelta(days=730)
BEFORE = timedelta(days=30)
"""How long before the first case all posts are filled."""
A_POST = "coordinator 10"
SEQUENCES = (IDS.name, EVENT_IDS.name)
COPIED = tuple(
    table_of(model).fullname
    for model in (
        Account,
        Seat,
        Incumbency,
        Citizen,
        CitizenContact,
        CitizenIdentifier,
        CitizenSearch,
        Case,
        CaseSearch,
        CaseContent,
        CaseProblem,
        CaseHolding,
        Participation,
        Assignment,
        Referral,
        ReferralContent,
        Deadline,
        DeadlineStep,
        Note,
        Event,
        Feed,
    )
)


class CasesAreThereError(Exception):
    """A country is loaded into a database without cases only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How many cases, drawn from which seed, in the two years before `until`; the same scale gives the same country."""

    cases: int = WHOLE
    seed: int = 2569
    until: datetime

    @property
    def since(self) -> datetime:
        return self.until - PERIOD


async def is_loaded(connection: AsyncConnection) -> bool:
    """Is there a country? Its posts tell: the demo network has none in Bangkok."""
    account = table_of(Account)
    wanted = select(account.c.id).where(account.c.subject == subject_of(A_POST))
    return (await connection.execute(wanted)).first() is not None


async def load_country(
    owner: AsyncEngine, reference: ReferenceData, keys: Keys, *, scale: Scale, progress: Progress
) -> None:
    """Write posts, citizens and cases as their actions would have, in one transaction.

    Raises `CasesAreThereError`; what was cut off leaves nothing.
    """
    rng = Random(scale.seed)  # noqa: S311 - invented people need no secrets
    async with owner.begin() as connection:
        await connection.exec_driver_sql(f"LOCK TABLE {', '.join(map(quoted, COPIED))} IN ACCESS EXCLUSIVE MODE")
        if (await connection.execute(select(table_of(Case).c.id).limit(1))).first() is not None:
            raise CasesAreThereError
        library, numbers = read_library(), await _numbers(connection)
        async with set_aside(connection, COPIED, progress=progress):
            posts = await _load_posts(
                connection, reference, library=library, ids=numbers.ids, rng=rng, since=scale.since - BEFORE
            )
            clock = Clock(rng, since=scale.since, until=scale.until)
            country = Country(
                reference=reference,
                library=library,
                posts=posts,
                keys=keys,
                ledger=Ledger(numbers),
                clock=clock,
                rng=rng,
            )
            await _copy_all(connection, happen(country, scale.cases, progress=progress))
        await _leave_counters(connection, country, numbers)
        await connection.exec_driver_sql(WATCHED)
        await connection.exec_driver_sql(READ)
    async with owner.connect() as connection:
        automatic = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await automatic.exec_driver_sql("VACUUM ANALYZE")


async def _numbers(connection: AsyncConnection) -> Numbers:
    """Begin after what is there; the lock on the sequences keeps others from drawing until the load ends."""
    firsts = []
    for sequence in SEQUENCES:
        await connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} CACHE 1")
        unused = f"SELECT last_value + is_called::int FROM {sequence}"
        firsts.append((await connection.exec_driver_sql(unused)).scalar_one())
    position = (await connection.execute(select(func.max(table_of(Feed).c.position)))).scalar() or 0
    return Numbers(count(firsts[0]), count(firsts[1]), count(position + 1))


async def _load_posts(
    connection: AsyncConnection,
    reference: ReferenceData,
    *,
    library: Library,
    ids: Iterator[int],
    rng: Random,
    since: datetime,
) -> Posts:
    known = set((await connection.execute(select(table_of(Account).c.subject))).scalars())
    await copy(connection, make_posts(reference, library, known=known, rng=rng, since=since, ids=ids))
    return await read_posts(connection)


async def _copy_all(connection: AsyncConnection, sheaves: Iterator[Sheaf]) -> None:
    """While PostgreSQL takes one sheaf, a thread makes the next, and a process the words of this one."""
    loop = asyncio.get_running_loop()
    with wording() as process:
        following = asyncio.create_task(asyncio.to_thread(next, sheaves, None))
        while (sheaf := await following) is not None:
            following = asyncio.create_task(asyncio.to_thread(next, sheaves, None))
            words = loop.run_in_executor(process, worded, dict(sheaf.texts))
            await copy(connection, sheaf)
            await copy_words(connection, await words)


async def _leave_counters(connection: AsyncConnection, country: Country, numbers: Numbers) -> None:
    """Let the service count on where the country ends."""
    for sequence, following in zip(SEQUENCES, (numbers.ids, numbers.event_ids), strict=True):
        await connection.exec_driver_sql(f"ALTER SEQUENCE {sequence} RESTART WITH {next(following)}")
    counters = [
        {"province_code": province, "buddhist_year": year, "last": last}
        for (province, year), last in country.last_numbers.items()
    ]
    await connection.execute(delete(table_of(CaseCounter)))
    await connection.execute(insert(table_of(CaseCounter)), counters)
