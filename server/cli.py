"""The command line: `prasan serve` and what operators need besides."""

import asyncio
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from casework.demo.country.loader import WHOLE
from casework.demo.country.posts import handles
from casework.demo.network import posts, read_network, subject_of
from casework.freezing import freeze_statements
from casework.journal import Verification, verify
from casework.keys import Keys
from casework.reference.data import read_reference_data
from casework.scanning import Tended as FilesTended
from casework.scanning import tend_files
from casework.tending import tend
from casework.watching import Seen
from schema.contract import sdl
from server.auth import Tokens
from server.cli_admin import admin
from server.cli_directory import directory
from server.cli_keys import keys
from server.cli_privacy import privacy
from server.cli_report import report
from server.commands import held_back, stop_on_sigterm, told
from server.commands import settings_of_command as _settings
from server.database import DatabaseUrls, check_reachable, owner_engine, pool, reading, writing
from server.files_keeper import folder_at_hand, scanner_of
from server.issuer import issuer_of
from server.migration import migrate as bring_up_to_date
from server.problems import StartupProblem
from server.ring import keys_of
from server.secret import read_secret
from server.serving import bind, run_until_stopped
from server.settings import Settings, check_demo_is_meant
from server.startup import bars, database, load_demo, load_reference_data, load_whole_country, prepare, say
from server.worker import work

app = typer.Typer(
    help="Prasan ประสาน: labour cases, followed across departments. Settings: docs/reference/settings.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
reference = typer.Typer(help="Reference data: areas, agencies, offices, problem types, clocks.", no_args_is_help=True)
demo = typer.Typer(help="The demo network and its cases.", no_args_is_help=True)
app.add_typer(reference, name="reference")
app.add_typer(demo, name="demo")
app.add_typer(keys, name="keys")
app.add_typer(admin, name="admin")
app.add_typer(directory, name="directory")
app.add_typer(privacy, name="privacy")
app.add_typer(report, name="report")


class DemoScale(StrEnum):
    """How large a demo is."""

    NETWORK = "network"
    COUNTRY = "country"


@app.command()
@told
def serve() -> None:
    """Start the service, with its own PostgreSQL unless PRASAN_DATABASE_URL is set."""
    settings = _settings()
    check_demo_is_meant(settings)
    issuer = issuer_of(settings)
    # Uvicorn drains and then raises its signal again: SIGTERM must unwind like Ctrl-C, or PostgreSQL is left running.
    stop_on_sigterm()
    with bind(settings) as taken:
        secret = read_secret(settings)
        with database(settings, join=False) as urls:
            asyncio.run(prepare(settings, urls, secret))
            run_until_stopped(settings, urls, secret, taken, issuer)


@app.command()
@told
def migrate() -> None:
    """Bring the database to this version's schema."""
    with database(_settings()) as urls:
        asyncio.run(_migrate(urls.owner))


async def _migrate(owner_url: Any) -> None:
    owner = owner_engine(owner_url)
    try:
        say("Migrated." if await bring_up_to_date(owner) else "Nothing to do: the schema is this version's.")
    finally:
        await owner.dispose()


@reference.command("load")
@told
def load_the_reference_data() -> None:
    """Load the reference data; what is there is updated in place."""
    with database(_settings()) as urls:
        changed = asyncio.run(load_reference_data(urls))
    say("Loaded." if changed else "Nothing to do: the database has these data.")


@demo.command("load")
@told
def load_the_demo(
    scale: Annotated[DemoScale, typer.Option(help="The network of Nong Khai, or posts and cases of all Thailand.")] = (
        DemoScale.NETWORK
    ),
    cases: Annotated[int, typer.Option(help="How many cases a country has.", min=1, max=2_000_000)] = WHOLE,
) -> None:
    """Load the demo's posts and cases that are not there yet, or a whole country into a database without cases."""
    settings = _settings()
    if not settings.in_demo_mode:
        raise StartupProblem("Set PRASAN_DEMO=true to load invented cases; never do it on a database of real ones.")
    secret = read_secret(settings)
    with database(settings) as urls:
        if scale is DemoScale.COUNTRY:
            asyncio.run(load_whole_country(settings, urls, secret, cases=cases))
            say(f"Loaded {cases} cases.")
            return
        played = asyncio.run(load_demo(settings, urls, secret))
    say(f"Loaded {played} cases." if played else "Nothing to do: the demo is there.")


@app.command("worker")
@told
def work_until_stopped() -> None:
    """Watch clocks and silence until stopped: end what time ends, tell who must know; run as many as you like."""
    settings = _settings()
    stop_on_sigterm()
    secret = read_secret(settings)
    with database(settings) as urls, suppress(KeyboardInterrupt):
        asyncio.run(work(settings, urls, secret))
    say("Stopped.")


@app.command("tend")
@told
def tend_to_what_is_due() -> None:
    """Do once what `prasan worker` does all the time: end what time ends, tell who must know."""
    settings = _settings()
    secret = read_secret(settings)
    with database(settings) as urls:
        done, frozen, files = asyncio.run(_tend(settings, urls, secret))
    if files is not None:
        clean, refused, waiting = files.scanned
        say(f"{clean} files cleared, {refused} refused, {waiting} not scanned; {files.expired} uploads given up.")
    say(f"{done.joined} cases told of a common cause.")
    say(f"{frozen} monthly statements frozen.")
    say(f"{done.lapsed} referrals lapsed, {done.closed} cases closed, {done.told} notices given, {done.over} ended.")


async def _tend(settings: Settings, urls: DatabaseUrls, secret: bytes) -> tuple[Seen, int, FilesTended | None]:
    app_engine, worker = pool(urls.app, settings), pool(urls.worker, settings)
    try:
        await check_reachable(app_engine, "PRASAN_DATABASE_URL")
        await check_reachable(worker, "PRASAN_WORKER_URL")
        async with reading(app_engine).connect() as connection:
            reference_data = await read_reference_data(connection)
        say("Looking at what is due …")
        now, folder = datetime.now(UTC), folder_at_hand(settings, keys_of(settings, secret))
        engine, done, frozen, files = writing(worker), Seen(), 0, None
        failed: list[Exception] = []
        with held_back(failed), bars() as show:
            done = await tend(engine, reference_data, now=now, quiet=settings.quiet, progress=show)
        with held_back(failed):
            frozen = await freeze_statements(engine, reference_data, now=now)
        if folder is not None:
            with held_back(failed):
                files = await tend_files(engine, reference_data, folder, scanner_of(settings), now=now)
        if failed:
            raise failed[0]
        return done, frozen, files
    finally:
        await app_engine.dispose()
        await worker.dispose()


@app.command()
@told
def token(
    who: Annotated[
        str, typer.Argument(help='A demo post: "volunteer 430116", "mentor 4301", "coordinator 43", "officer SSO-43" …')
    ],
    days: Annotated[int, typer.Option(help="How long the token lasts.", min=1, max=366)] = 30,
) -> None:
    """Print a demo token for a post of the demo network."""
    settings = _settings()
    if not settings.in_demo_mode:
        raise StartupProblem("Set PRASAN_DEMO=true: tokens are issued in demo mode only.")
    known = [handle for handle, _, _ in posts(read_network())]
    if who not in known and who not in handles():
        raise StartupProblem(
            f"Name a post of the demo network, such as {known[0]!r} or 'officer DLPW-43'; not {who!r}."
        )
    tokens = Tokens(Keys(read_secret(settings)), demo=True)
    print(tokens.issue(subject_of(who), now=datetime.now(UTC), lasts=timedelta(days=days)))


@app.command("export-schema")
@told
def export_schema(
    path: Annotated[Path | None, typer.Argument(help="File to write; standard output without it.")] = None,
) -> None:
    """Write the GraphQL schema in SDL."""
    if path is None:
        sys.stdout.write(sdl())
    else:
        path.write_text(sdl(), encoding="utf-8")


@app.command("verify-journal")
@told
def verify_journal() -> None:
    """Walk every chain of the journal; name what was changed, removed or cut off, with exit code 2."""
    with database(_settings()) as urls:
        found = asyncio.run(_verify(urls.owner))
    for broken in found.breaks:
        say(f"{broken.subject_kind.value} {broken.subject_id}, event {broken.seq}: {broken.what}")
    say(f"{found.events} events of {found.subjects} subjects, {len(found.breaks)} broken chains.")
    if found.breaks:
        raise typer.Exit(2)


async def _verify(owner_url: Any) -> Verification:
    owner = owner_engine(owner_url)
    try:
        async with reading(owner).connect() as connection:
            with bars() as show:
                return await verify(connection, progress=lambda done: show("events", done, done + 1))
    finally:
        await owner.dispose()
