"""Commands about the directory: an empty list to fill in, and the import of a list that an office keeps."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from casework.actions.carry_out_step import Done
from casework.directory import read_roster
from casework.directory_import import carry_out
from casework.keys import Keys
from casework.policy.actors import SEATS_OF, Actor, actor_among
from casework.reference.data import ReferenceData, read_reference_data
from casework.rules.list_columns import Sheet, headings_of
from casework.rules.list_lines import Line, lines_of
from casework.rules.list_plan import Row, plan
from casework.rules.listed_places import Gazetteer
from casework.work import Work
from models.directory_words import ListField, RowOutcome
from models.vocabulary import SeatKind
from server.commands import settings_of_command, told
from server.database import DatabaseUrls, check_reachable, owner_engine, reading, writing
from server.directory_report import SHOWN, Told, check_report, table, tell, write_report
from server.directory_template import template
from server.migration import check_migrated
from server.problems import StartupProblem
from server.ring import keys_of
from server.secret import read_secret
from server.sheets import read_sheets
from server.startup import bars, console, database, say

directory = typer.Typer(help="The directory of posts: lists that offices keep.", no_args_is_help=True)
IMPORT_LOCK = 4_727_012
REFUSED = 2
"""Exit code when a row has to be mended."""


@directory.command("template")
@told
def write_the_template(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The .xlsx file to write; it must not exist.")],
) -> None:
    """Write an empty list with headings, an example and what each column means."""
    try:
        with path.open("xb") as file:
            file.write(template())
    except FileExistsError:
        raise StartupProblem(f"มีไฟล์ {path} อยู่แล้ว\n{path} exists: name another file.") from None
    except OSError as error:
        raise StartupProblem(f"เขียนไฟล์ไม่ได้ / {path} cannot be written: {error.strerror}.") from None
    say(f"เขียน {path} แล้ว\nWrote {path}: fill it in, then run: prasan directory import {path}")


@directory.command("import")
@told
def import_a_list(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The list: .xlsx, .xls, .ods or .csv.")],
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without it nothing changes.")] = False,
    by: Annotated[
        UUID | None, typer.Option("--as", help="The `sub` of the administrator in whose name it is done.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Also write what becomes of every row to this .xlsx or .csv file.")
    ] = None,
) -> None:
    """Show what each row of a list would change; with --apply change it. Code 2 while rows have to be mended."""
    if apply and by is None:
        raise StartupProblem(
            "ระบุ --as ด้วยรหัสผู้ใช้ (sub) ของผู้ดูแลระบบ\nSay with --as in which administrator's name it is done."
        )
    check_report(report, besides=path)
    settings = settings_of_command()
    lines = _lines(read_sheets(path))
    ring = keys_of(settings, read_secret(settings))
    with database(settings) as urls:
        rows, gazetteer = asyncio.run(_import(urls, ring, lines, by=by if apply else None))
    _tell(rows, tell(rows, gazetteer), report, applied=apply)
    if any(row.refused is not None for row in rows):
        raise typer.Exit(REFUSED)


def _lines(sheets: Sequence[Sheet]) -> list[Line]:
    found = [(sheet, headings) for sheet in sheets if (headings := headings_of(sheet))]
    lines = [line for sheet, headings in found for line in lines_of(sheet, headings)]
    if lines:
        return lines
    if found:
        raise StartupProblem("ไม่มีแถวใต้หัวตาราง กรุณากรอกรายชื่อก่อน\nThe list has headings and no rows: fill it in first.")
    needed = f"{ListField.NAME.th}, {ListField.AMPHOE.th}, {ListField.TAMBON.th}"
    raise StartupProblem(
        f"ไม่พบรายชื่อในไฟล์ หัวตารางต้องมี {needed} ดูตัวอย่างด้วย prasan directory template\n"
        f"There is no list in the file: its headings must be such as {needed}. See: prasan directory template"
    )


async def _import(
    urls: DatabaseUrls, ring: Keys, lines: Sequence[Line], *, by: UUID | None
) -> tuple[list[Row], Gazetteer]:
    """Plan the list and, in somebody's name, carry it out; it takes the owner, for accounts are the directory's."""
    owner = owner_engine(urls.owner)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        async with reading(owner).connect() as connection:
            await check_migrated(connection)
            reference = await read_reference_data(connection)
        gazetteer = Gazetteer({area.code: area.name_th for area in reference.areas.values()})
        async with owner.connect() as turn:  # two at once would each make an account for the same person
            if by is not None:
                await turn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({IMPORT_LOCK})")
            now = datetime.now(UTC)
            async with reading(owner).connect() as connection:
                actor = None if by is None else await _administrator(connection, by, now)
                roster = await read_roster(connection, now=now)
            with bars() as show:
                rows = plan(lines, roster, gazetteer, now=now, progress=lambda *done: show("rows read", *done))
                if actor is not None:
                    transaction = _transactions(owner, reference, ring, actor)
                    await carry_out(rows, transaction, progress=lambda *done: show("rows carried out", *done))
        return rows, gazetteer
    finally:
        await owner.dispose()


async def _administrator(connection: AsyncConnection, subject: UUID, now: datetime) -> Actor:
    rows = await connection.execute(SEATS_OF, {"subject": subject, "now": now})
    found = actor_among((row for row in rows if row.kind is SeatKind.ADMIN), seat_id=None)
    if found is None:
        raise StartupProblem(
            "--as ต้องเป็นรหัสผู้ใช้ (sub) ของผู้ดูแลระบบ\nName with --as the `sub` of somebody who is administrator now."
        )
    return found


def _transactions(
    owner: AsyncEngine, reference: ReferenceData, ring: Keys, actor: Actor
) -> Callable[[Callable[[Work], Awaitable[Done]]], Awaitable[Done]]:
    async def transaction(verb: Callable[[Work], Awaitable[Done]]) -> Done:
        async with AsyncSession(writing(owner), expire_on_commit=False) as session, session.begin():
            return await verb(Work(session=session, now=datetime.now(UTC), reference=reference, by=actor, keys=ring))

    return transaction


def _tell(rows: Sequence[Row], everything: Sequence[Told], report: Path | None, *, applied: bool) -> None:
    console.print(table(everything, rows))
    if report is not None:
        write_report(report, everything)
        say(f"เขียนรายงาน {report} แล้ว / Wrote {report}.")
    elif len(rows) > SHOWN:
        say("Not all rows are shown: --report FILE writes them all.")
    counts = Counter(row.outcome for row in rows)
    for outcome in RowOutcome:
        if counts[outcome]:
            say(f"{counts[outcome]:>5} {outcome.th} / {outcome.description}")
    strangers = len({row.person for row in rows if row.step is not None and row.person and row.person.subject is None})
    if strangers:
        say(
            f"{strangers} คนยังเข้าใช้ไม่ได้จนกว่ารายชื่อจะมีรหัสผู้ใช้ /"
            f" {strangers} people cannot sign in until the list has their `sub`."
        )
    if not applied:
        say("ยังไม่ได้เปลี่ยนแปลงอะไร เพิ่ม --apply --as SUB เพื่อทำจริง / Nothing has changed: add --apply --as SUB to do it.")
