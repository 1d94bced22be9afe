"""Load the demo: the network, and the activities and cases that are missing."""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.demo.activities import play_activities
from casework.demo.network import load_network
from casework.demo.player import Player
from casework.demo.scripts import Identity, Script, identity_of, read_scripts
from casework.keys import Keys
from casework.reference.data import ReferenceData
from models import Case

Progress = Callable[[int, int], None]
"""Called with how many cases are loaded, and of how many."""


async def load_posts(owner: AsyncEngine, reference: ReferenceData) -> int:
    """Write the demo's posts and people that are missing; posts are the directory's, so it takes the owner."""
    async with AsyncSession(owner) as session, session.begin():
        return await load_network(session, reference)


async def load_activities(owner: AsyncEngine, reference: ReferenceData, keys: Keys) -> int:
    """Play the activities that are not there yet; give how many were played."""
    return await play_activities(owner, reference, Player(owner, reference, keys))


async def load_cases(
    owner: AsyncEngine,
    reference: ReferenceData,
    keys: Keys,
    *,
    progress: Progress,
    scripts: Sequence[Script] | None = None,
) -> int:
    """Play the scripts, as a rule all of the demo, whose cases are not there yet; give how many were played.

    It takes the owner, before whom no row is hidden: one transaction has the acts of many posts, and of the system.
    They are played in the order of their opening, each in a transaction: a load that was cut off goes on where it was,
    and a demo that has grown since gets what is new.
    """
    scripts = read_scripts() if scripts is None else scripts
    there = await _cases_there(owner, {identity_of(script) for script in scripts})
    missing = [script for script in scripts if identity_of(script) not in there]
    player = Player(owner, reference, keys)
    for at, script in enumerate(missing, len(scripts) - len(missing) + 1):
        await player.play(script)
        progress(at, len(scripts))
    return len(missing)


async def _cases_there(owner: AsyncEngine, wanted: Collection[Identity]) -> set[Identity]:
    """Tell which of the cases are in the database, among whatever cases people have opened since."""
    moments = {identity.opened_at for identity in wanted}
    found = select(col(Case.opened_at), col(Case.area_code)).where(col(Case.opened_at).in_(moments))
    async with AsyncSession(owner) as session:
        return {Identity(*row) for row in await session.execute(found)} & set(wanted)
