"""Commands about administrators: the first one cannot be appointed by anybody who signs in."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from casework.accounts import NewAccount
from casework.actions.appoint_administrator import Appointed, appoint_administrator
from casework.errors import Refusal
from casework.reference.data import read_reference_data
from casework.work import Unit
from server.commands import settings_of_command, told
from server.database import DatabaseUrls, check_reachable, owner_engine, reading, writing
from server.migration import check_migrated
from server.problems import StartupProblem
from server.startup import database, say

admin = typer.Typer(help="Administrators, who make posts and appoint to them.", no_args_is_help=True)


@admin.callback()
def _group() -> None:
    """Keep `appoint` a command of its own, though it is the only one."""


@admin.command("appoint")
@told
def appoint_an_administrator(
    subject: Annotated[UUID, typer.Argument(help="The `sub` of the person's tokens, given by the identity provider.")],
    *,
    given_name: Annotated[str, typer.Option(help="Given name in Thai.")],
    family_name: Annotated[str, typer.Option(help="Family name in Thai.")],
    given_name_en: Annotated[str, typer.Option(help="Given name in Latin letters.")],
    family_name_en: Annotated[str, typer.Option(help="Family name in Latin letters.")],
    title: Annotated[str, typer.Option(help="Title, for example นาย.")] = "คุณ",
    another: Annotated[bool, typer.Option("--another", help="Beside an administrator who is there.")] = False,
) -> None:
    """Appoint the first administrator, or another; a second time changes nothing."""
    person = NewAccount(subject, title, given_name, family_name, given_name_en, family_name_en)
    with database(settings_of_command()) as urls:
        done = asyncio.run(_appoint(urls, person, another=another))
    if done.anew:
        say("แต่งตั้งผู้ดูแลระบบแล้ว\nAppointed: the person signs in with the identity provider and makes posts.")
    else:
        say("บุคคลนี้เป็นผู้ดูแลระบบอยู่แล้ว\nNothing to do: the person is an administrator already.")


async def _appoint(urls: DatabaseUrls, person: NewAccount, *, another: bool) -> Appointed:
    """Write as the database's owner: no post of the service stands behind it."""
    owner = owner_engine(urls.owner)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        async with reading(owner).connect() as connection:
            await check_migrated(connection)
            reference_data = await read_reference_data(connection)
        async with AsyncSession(writing(owner), expire_on_commit=False) as session, session.begin():
            unit = Unit(session=session, now=datetime.now(UTC), reference=reference_data)
            return await appoint_administrator(unit, person=person, another=another)
    except Refusal as refused:
        raise StartupProblem(f"{refused.sentence(thai=True)}\n{refused.sentence(thai=False)}") from None
    finally:
        await owner.dispose()
