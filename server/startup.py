"""From nothing to a served database, step by step, telling the person who starts it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from casework.demo.country.loader import CasesAreThereError, Scale, is_loaded, load_country
from casework.demo.loader import load_activities, load_cases, load_posts
from casework.freezing import freeze_statements
from casework.reference.data import read_reference_data
from casework.reference.loader import load_reference
from casework.rules.calendar import BANGKOK, bangkok_day
from casework.search import fill_words
from server.database import DatabaseUrls, check_reachable, owner_engine, read_url, reading, urls_of, writing
from server.embedded import EmbeddedServer
from server.migration import migrate
from server.problems import StartupProblem
from server.ring import keys_of
from server.settings import Settings

DEMO_LOCK = 4_727_003
console = Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    console.print(sentence, markup=False, soft_wrap=True)


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each named work is; on a terminal only, elsewhere each is one line when done."""
    columns = (TextColumn("  {task.description:<18}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, object] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done)  # type: ignore[arg-type]
            if done == total and not console.is_terminal:
                say(f"  {name}: {total}")

        yield show


@contextmanager
def database(settings: Settings, *, join: bool = True) -> Iterator[DatabaseUrls]:
    """Give the URLs of the database; the embedded one is started before and stopped after.

    With `join`, an embedded one that a running service has started is used and left running.
    """
    if not settings.embedded:
        yield urls_of(settings)
        return
    server = EmbeddedServer(settings.data_folder, say=say)
    running = _running_urls(server) if join else None
    if running is not None:
        yield running
        return
    say(f"Starting PostgreSQL in {settings.data_folder}/ …")
    server.start()
    try:
        yield embedded_urls(server)
    finally:
        say("Stopping PostgreSQL …")
        server.stop()


def _running_urls(server: EmbeddedServer) -> DatabaseUrls | None:
    try:
        return embedded_urls(server)
    except StartupProblem:
        return None


def embedded_urls(server: EmbeddedServer) -> DatabaseUrls:
    roles = ("prasan_app", "prasan_owner", "prasan_worker")
    return DatabaseUrls(*(read_url(server.url(role), "PRASAN_DATA_FOLDER") for role in roles))


async def prepare(settings: Settings, urls: DatabaseUrls, secret: bytes) -> None:
    """Migrate, load reference data when they changed, make words that the search lacks; in demo mode load the demo."""
    owner = owner_engine(urls.owner)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        say("Checking the database's schema …")
        if await migrate(owner):
            say("  migrated to this version's schema")
        await load_reference_data(urls)
        await load_search_words(urls)
        if settings.in_demo_mode:
            await load_demo(settings, urls, secret)
    finally:
        await owner.dispose()


async def load_reference_data(urls: DatabaseUrls) -> bool:
    owner = owner_engine(urls.owner)
    try:
        say("Checking the reference data …")
        async with owner.begin() as connection:
            with bars() as show:
                return await load_reference(connection, progress=show)
    finally:
        await owner.dispose()


async def load_search_words(urls: DatabaseUrls) -> int:
    """Make the words of what an older version kept; give how many rows were missing."""
    owner = owner_engine(urls.owner)
    try:
        say("Checking what the search reads …")
        with bars() as show:
            return await fill_words(owner, progress=show)
    finally:
        await owner.dispose()


async def load_demo(settings: Settings, urls: DatabaseUrls, secret: bytes) -> int:
    """Load the demo network and cases that are missing; give how many cases were played."""
    owner = owner_engine(urls.owner)
    try:
        async with reading(owner).connect() as connection:
            reference = await read_reference_data(connection)
            if await is_loaded(connection):
                say("The demo is a whole country.")
                return 0
        say("Checking the demo data …")
        async with owner.connect() as turn:  # of several processes started at once, one loads and the others wait
            await turn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({DEMO_LOCK})")
            await load_posts(owner, reference)
            keys = keys_of(settings, secret)
            await load_activities(writing(owner), reference, keys)
            with bars() as show:
                played = await load_cases(
                    writing(owner),
                    reference,
                    keys,
                    progress=lambda done, total: show("demo cases", done, total),
                )
            if played:
                say("Freezing the statements of the demo's months …")
                await freeze_statements(writing(owner), reference, now=datetime.now(UTC))
            return played
    finally:
        await owner.dispose()


async def load_whole_country(settings: Settings, urls: DatabaseUrls, secret: bytes, *, cases: int) -> None:
    """Load a country of cases up to this morning, into a database that has none."""
    owner = owner_engine(urls.owner)
    morning = datetime.combine(bangkok_day(datetime.now(UTC)), time(), BANGKOK).astimezone(UTC)
    try:
        async with reading(owner).connect() as connection:
            reference = await read_reference_data(connection)
        say(f"Loading a country of {cases:,} cases: about a minute for each 50,000 …")
        await load_posts(owner, reference)
        with bars() as show:
            scale = Scale(cases=cases, until=morning)
            await load_country(owner, reference, keys_of(settings, secret), scale=scale, progress=show)
    except CasesAreThereError:
        raise StartupProblem("Load the country into a database without cases: this one has some.") from None
    finally:
        await owner.dispose()
