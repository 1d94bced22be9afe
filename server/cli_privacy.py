"""Commands of the data protection officer: what the law on personal data (PDPA B.E. 2562) asks for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.actions.erase_citizen import Erasure, erase_citizen
from casework.actions.place_legal_hold import place_legal_hold
from casework.actions.record_export import record_export
from casework.actions.release_legal_hold import release_legal_hold
from casework.erasure_plan import Plan, plan_erasure
from casework.expiry import Expired, erase_those_due
from casework.identifiers import IdentifierUnreadableError
from casework.keys import Keys
from casework.personal_copy import copier_of, files_of
from casework.reference.data import ReferenceData, read_reference_data
from casework.retention import How, Survey, survey
from casework.rules.calendar import bangkok_day, thai_date
from casework.work import Unit
from models.privacy_words import ErasureGround, HoldGround, Obstacle
from schema.ids import sealed_id
from server.citizen_named import find_citizen
from server.commands import settings_of_command, told
from server.copied_attachments import write_attachments
from server.copy_files import Written, write_copy
from server.database import DatabaseUrls, check_reachable, owner_engine, reading
from server.files_keeper import delete_discarded, folder_at_hand
from server.local_folder import LocalFolder
from server.problems import StartupProblem
from server.ring import keys_of
from server.secret import read_secret
from server.startup import bars, console, database, say

privacy = typer.Typer(
    help="Personal data: a copy for the person, erasure, legal holds, retention.", no_args_is_help=True
)
REFUSED = 2
"""Exit code when something stands against it."""
Who = Annotated[str, typer.Argument(metavar="CITIZEN", help="`Citizen.id` of the API, or the reference of a case.")]
By = Annotated[str, typer.Option(help="Who orders it, such as the number of a letter.")]
Ground = Annotated[HoldGround, typer.Option("--reason", help="Why the data must stay.")]
T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What a command works with: the owner's database, and the service's reference data and keys."""

    owner: AsyncEngine
    reference: ReferenceData
    keys: Keys
    now: datetime
    files: LocalFolder | None

    async def find(self, citizen: str) -> int:
        async with reading(self.owner).connect() as connection:
            return await find_citizen(connection, self.keys, citizen)

    async def do(self, verb: Callable[[Unit], Awaitable[T]]) -> T:
        """Run a verb in a transaction of its own."""
        async with AsyncSession(self.owner, expire_on_commit=False) as session, session.begin():
            return await verb(Unit(session=session, now=self.now, reference=self.reference))


def _run(command: Callable[[Desk], Awaitable[T]]) -> T:
    settings = settings_of_command()
    ring = keys_of(settings, read_secret(settings))

    async def run(urls: DatabaseUrls) -> T:
        async with _desk(urls, ring, folder_at_hand(settings, ring)) as desk:
            return await command(desk)

    with database(settings) as urls:
        return asyncio.run(run(urls))


@asynccontextmanager
async def _desk(urls: DatabaseUrls, ring: Keys, files: LocalFolder | None) -> AsyncIterator[Desk]:
    owner = owner_engine(urls.owner)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        async with reading(owner).connect() as connection:
            reference = await read_reference_data(connection)
        yield Desk(owner, reference, ring, datetime.now(UTC), files)
    finally:
        await owner.dispose()


@privacy.command("export")
@told
def export_a_citizen(
    citizen: Who,
    out: Annotated[Path, typer.Option(help="The folder for the two files.")] = Path(),
    *,
    all_notes: Annotated[
        bool, typer.Option("--all-notes", help="Also the texts of internal notes, which you have read.")
    ] = False,
) -> None:
    """Write all that is kept about a citizen as JSON and as a page in Thai; that it was done is recorded."""

    async def export(desk: Desk) -> tuple[Written, Path | None]:
        if not out.is_dir():
            raise StartupProblem("Name a folder that exists with --out.")
        citizen_id = await desk.find(citizen)
        await desk.do(lambda work: record_export(work, citizen_id=citizen_id))
        name = f"prasan-{sealed_id(desk.keys, 'Citizen', citizen_id)}"
        async with reading(desk.owner).connect() as connection:
            copier = await copier_of(
                connection, citizen_id, keys=desk.keys, reference=desk.reference, all_notes=all_notes
            )
            try:
                written = await write_copy(copier.pieces(), out, name, made_at=desk.now)
            except IdentifierUnreadableError:
                raise StartupProblem(
                    "An identifier cannot be read: add the secret that sealed it to PRASAN_OLD_SECRETS."
                ) from None
            files = await files_of(connection, copier.citizens[0], all_notes=all_notes)
        if files and desk.files is None:
            raise StartupProblem("Set PRASAN_FILES to the folder of the attached files: they belong to the copy.")
        return written, await write_attachments(files, desk.files, out, name) if desk.files is not None else None

    written, attached = _run(export)
    if attached is not None:
        say(f"Wrote the attached files into {attached}/.")
    say(f"Wrote {written.json} and {written.page}: give them to the person alone.")


@privacy.command("erase")
@told
def erase_a_citizen(
    citizen: Who,
    ground: Annotated[ErasureGround, typer.Option("--reason", help="Why they are erased.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it nothing changes.")] = False,
) -> None:
    """Show what an erasure would take away; with --yes erase the personal data of a citizen for ever."""

    async def plan(desk: Desk) -> tuple[Plan, Erasure | None]:
        citizen_id = await desk.find(citizen)
        planned = await desk.do(
            lambda work: plan_erasure(work.session, citizen_id=citizen_id, ground=ground, now=work.now)
        )
        if not yes:
            return planned, None
        erasure = await desk.do(lambda work: erase_citizen(work, citizen_id=citizen_id, ground=ground))
        await delete_discarded(desk.owner, desk.files, now=desk.now)
        return planned, erasure

    planned, erasure = _run(plan)
    if planned.erased_at is not None:
        say(f"ลบข้อมูลไปแล้วเมื่อ {thai_date(bangkok_day(planned.erased_at))} / Erased already; nothing to do.")
        return
    _refuse(planned.obstacles if erasure is None else erasure.obstacles)
    for kept, count in planned.rows:
        say(f"  {kept.th} / {kept.en}: {count}")
    say("ลบแล้ว / Erased." if erasure is not None else "ยังไม่ได้ลบ / Nothing is erased yet: add --yes to do it.")


def _refuse(obstacles: Sequence[Obstacle]) -> None:
    for obstacle in obstacles:
        say(f"{obstacle.th} / {obstacle.description}")
    if obstacles:
        raise typer.Exit(REFUSED)


@privacy.command("hold")
@told
def hold_the_data_of_a_citizen(
    citizen: Who,
    ground: Ground,
    by: By,
    note: Annotated[str, typer.Option(help="What else must be known, such as the number of the lawsuit.")] = "",
) -> None:
    """Order that the personal data of a citizen stay, whatever else is due."""

    async def hold(desk: Desk) -> bool:
        citizen_id = await desk.find(citizen)
        return await desk.do(
            lambda work: place_legal_hold(work, citizen_id=citizen_id, ground=ground, note=note, by=by)
        )

    say("Held." if _run(hold) else "Nothing to do: a hold for this reason stands.")


@privacy.command("release")
@told
def release_the_data_of_a_citizen(citizen: Who, ground: Ground, by: By) -> None:
    """Release a hold; the data stay as long as another one stands or something else is against their erasure."""

    async def release(desk: Desk) -> bool:
        citizen_id = await desk.find(citizen)
        return await desk.do(lambda work: release_legal_hold(work, citizen_id=citizen_id, ground=ground, by=by))

    say("Released." if _run(release) else "Nothing to do: no hold for this reason stands.")


@privacy.command("retention")
@told
def erase_what_is_kept_no_longer(
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Erase them; without it nothing changes.")] = False,
) -> None:
    """Show whose personal data are kept no longer, by what came of the cases; with --apply erase them."""

    async def look(desk: Desk) -> tuple[Survey, Expired | None]:
        say("Looking at all citizens …")
        async with reading(desk.owner).connect() as connection:
            found = await survey(connection, now=desk.now)
        if not apply:
            return found, None
        with bars() as show:
            expired = await erase_those_due(desk.owner, desk.reference, found.due, now=desk.now, progress=show)
        await delete_discarded(desk.owner, desk.files, now=desk.now)
        return found, expired

    found, expired = _run(look)
    if found.due:
        console.print(_table(found))
    for obstacle in Obstacle:
        if found.others[obstacle]:
            say(f"{found.others[obstacle]}: {obstacle.th} / {obstacle.description}")
    if expired is None:
        say(f"{len(found.due)} citizens are due." + (" Add --apply to erase their data." if found.due else ""))
    else:
        say(f"{expired.erased} citizens erased, {expired.spared.total()} spared since the survey.")


def _table(found: Survey) -> Table:
    table = Table("ผล / outcome", "ผู้ร้อง / citizens", "เรื่อง / cases", "เก่าที่สุด / oldest")
    for how, tally in sorted(found.by_outcome.items(), key=lambda item: item[1].oldest):
        oldest = thai_date(bangkok_day(tally.oldest))
        table.add_row(_said(how), str(tally.citizens), str(tally.cases), oldest)
    return table


def _said(how: How) -> str:
    return "ไม่มีเรื่อง / no case" if how is None else f"{how.th} / {how.value}"
