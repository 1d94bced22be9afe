"""Commands that make reports as files: for people who would rather look than read."""

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple
from uuid import UUID

import typer

from casework.errors import Refusal
from casework.policy.actors import COORDINATORS_OF, SEATS_OF, Actor, actor_among
from casework.rules.months import read_month, thai_month
from models.vocabulary import AreaLevel, SeatKind
from resolvers.context import Services
from resolvers.monthly_reports import asked_report
from server.callers import context_as
from server.commands import settings_of_command, told
from server.database import DatabaseUrls, check_reachable, owner_engine, reading
from server.migration import check_migrated
from server.problems import StartupProblem
from server.reports.gathering import NotMadeError
from server.reports.printing import make_report
from server.runtime import running
from server.secret import read_secret
from server.settings import Settings
from server.startup import database, say

report = typer.Typer(help="Reports as files.", no_args_is_help=True)


@report.callback()
def _group() -> None:
    """Keep `monthly` a command of its own, though it is the only one."""


@report.command("monthly")
@told
def make_the_monthly_report(
    province: Annotated[str, typer.Option(help="Code of the province, two digits: 43 is Nong Khai.")],
    month: Annotated[str, typer.Option(help="The month, as 2569-10 or 2026-10.")],
    output: Annotated[Path, typer.Option(help="The .pdf file to write; one that exists is replaced.")],
    *,
    by: Annotated[
        UUID | None,
        typer.Option(
            "--as", help="The `sub` of a coordinator or auditor who is to see it; left out: the province's coordinator."
        ),
    ] = None,
) -> None:
    """Write a province's monthly report as a PDF in Thai, with the figures that its coordinator is told."""
    day = read_month(month)
    if day is None:
        raise StartupProblem(f"เดือน {month} ไม่ถูกต้อง\nWrite the month as 2569-10 or 2026-10, not {month!r}.")
    _check_output(output)
    settings = settings_of_command()
    secret = read_secret(settings)
    with database(settings) as urls:
        made = asyncio.run(_make(settings, urls, secret, Wanted(province, day, by)))
    _write(output, made)
    say(f"เขียนรายงานเดือน{thai_month(day)} ลง {output} แล้ว\nWrote {output}: {len(made) // 1000:,} kB.")


class Wanted(NamedTuple):
    """Which report, as whose eyes see it; no subject: the province's coordinator's."""

    province: str
    day: date
    subject: UUID | None


def _check_output(output: Path) -> None:
    if output.suffix.lower() != ".pdf":
        raise StartupProblem(f"ชื่อไฟล์ต้องลงท้ายด้วย .pdf\nName a file that ends with .pdf: {output} does not.")
    if not output.parent.is_dir():
        raise StartupProblem(f"ไม่มีโฟลเดอร์ {output.parent}\nName a folder that exists: {output.parent} is none.")


def _write(output: Path, made: bytes) -> None:
    """Write the whole file or none."""
    try:
        handle, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.stem}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(made)
            umask = os.umask(0)
            os.umask(umask)
            Path(draft).chmod(0o666 & ~umask)
            Path(draft).replace(output)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise StartupProblem(f"เขียนไฟล์ไม่ได้ / {output} cannot be written: {error.strerror}.") from None


async def _make(settings: Settings, urls: DatabaseUrls, secret: bytes, wanted: Wanted) -> bytes:
    await _check_database(urls)
    async with running(settings, urls, secret, keeps_files=False) as services:
        area = services.reference.areas.get(wanted.province)
        if area is None or area.level is not AreaLevel.PROVINCE:
            raise StartupProblem(
                f"ไม่มีจังหวัดรหัส {wanted.province}\n"
                f"There is no province with the code {wanted.province!r}: write two digits, such as 43."
            )
        by = await _whose_eyes(services, wanted)
        say(f"กำลังจัดทำรายงานจังหวัด{area.name_th} …\nMaking the report of {area.name_en} …")
        try:
            async with context_as(services, by) as context:
                return await make_report(asked_report(context, wanted.province, wanted.day), context)
        except Refusal as refused:
            raise StartupProblem("\n".join(refused.sentence(thai=thai) for thai in (True, False))) from None
        except NotMadeError:
            raise StartupProblem(
                "พิมพ์รายงานไม่สำเร็จ กรุณาลองใหม่\nThe report could not be printed: look at the log and try again."
            ) from None


async def _check_database(urls: DatabaseUrls) -> None:
    owner = owner_engine(urls.owner)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        async with reading(owner).connect() as connection:
            await check_migrated(connection)
    finally:
        await owner.dispose()


async def _whose_eyes(services: Services, wanted: Wanted) -> Actor:
    """Find the post as which it is asked: figures have no meaning but as somebody sees them."""
    now = services.clock()
    async with services.reader.connect() as connection:
        if wanted.subject is None:
            rows = (await connection.execute(COORDINATORS_OF, {"province": wanted.province, "now": now})).all()
        else:
            found = await connection.execute(SEATS_OF, {"subject": wanted.subject, "now": now})
            may_see = [row for row in found if row.kind in {SeatKind.COORDINATOR, SeatKind.AUDITOR}]
            fits = [row for row in may_see if row.kind == SeatKind.AUDITOR or row.province_code == wanted.province]
            rows = fits or may_see
    by = actor_among(rows, seat_id=None)
    if by is None and wanted.subject is None:
        raise StartupProblem(
            "ขณะนี้ไม่มีผู้ประสานงานจังหวัด กรุณาระบุ --as\n"
            "Nobody is coordinator of the province now: say with --as who is to see it."
        )
    if by is None:
        raise StartupProblem(
            "--as ต้องเป็นรหัสผู้ใช้ (sub) ของผู้ประสานงานจังหวัดหรือผู้ตรวจสอบ\n"
            "Name with --as the `sub` of somebody who is coordinator or auditor now."
        )
    return by
