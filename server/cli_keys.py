"""Commands about the ring of secrets: a new one, and everything sealed anew under the newest."""

import asyncio
from typing import Any

import typer

from casework.keys import Keys
from casework.retracing import retrace
from casework.rotation import Rotated, rotate
from casework.webhook_rotation import rotate_webhooks
from server.commands import settings_of_command, told
from server.database import check_reachable, owner_engine
from server.ring import keys_of, make_newer
from server.secret import read_secret
from server.startup import bars, database, say

keys = typer.Typer(help="The secrets under which identifiers are kept.", no_args_is_help=True)


MOST_NAMED = 10
"""Rows that are named when they cannot be read; if there are more, it is a secret that is missing."""


@keys.command("new")
@told
def make_a_new_secret() -> None:
    """Make a new secret in the data folder; what the one before has sealed is still read."""
    make_newer(settings_of_command())
    say("Made. Restart the service, then run: prasan keys rotate")


@keys.command("rotate")
@told
def seal_everything_anew() -> None:
    """Seal everything anew under the newest secret while the service works; code 2 if something stays unreadable."""
    settings = settings_of_command()
    ring = keys_of(settings, read_secret(settings))
    with database(settings) as urls:
        (done, unreadable), webhooks, traced = asyncio.run(_rotate(urls.owner, ring))
    say(f"{traced} parties traced anew.")
    for row_id in webhooks.unreadable[:MOST_NAMED]:
        say(f"The secret of webhook {row_id} cannot be read: add the secret that sealed it to PRASAN_OLD_SECRETS.")
    say(f"{webhooks.done} webhooks sealed anew.")
    for row_id in unreadable[:MOST_NAMED]:
        say(f"Identifier {row_id} cannot be read: add the secret that sealed it to PRASAN_OLD_SECRETS.")
    say(f"{done} identifiers sealed anew, {len(unreadable)} that cannot be read.")
    if unreadable or webhooks.unreadable:
        raise typer.Exit(2)


async def _rotate(owner_url: Any, ring: Keys) -> tuple[Rotated, Rotated, int]:
    owner = owner_engine(owner_url)
    try:
        await check_reachable(owner, "PRASAN_OWNER_URL")
        say("Looking for identifiers under older secrets …")
        with bars() as show:
            rotated, webhooks = await rotate(owner, ring, progress=show), await rotate_webhooks(owner, ring)
            # Where a secret is missing, incidents under it would be lost sight of.
            traced = 0 if rotated.unreadable else await retrace(owner, ring, progress=show)
            return rotated, webhooks, traced
    finally:
        await owner.dispose()
