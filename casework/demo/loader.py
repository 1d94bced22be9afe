"""Load the demo: the network, and the cases when there are none."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.demo.network import load_network
from casework.demo.player import Player, read_scripts
from casework.keys import Keys
from casework.reference.data import ReferenceData
from models import Case

Progress = Callable[[int, int], None]
"""Called with how many cases are loaded, and of how many."""


async def load_posts(owner: AsyncEngine, reference: ReferenceData) -> int:
    """Write the demo's posts and people that are missing; posts are the directory's, so it takes the owner."""
    async with AsyncSession(owner) as session, session.begin():
        return await load_network(session, reference)


async def load_cases(writer: AsyncEngine, reference: ReferenceData, keys: Keys, *, progress: Progress) -> int:
    """Play the demo's cases from the first one not yet there; give how many were played.

    They are played in the order of their opening, each in a transaction: a load that was cut off goes on where it was.
    """
    async with AsyncSession(writer) as session:
        there = (await session.execute(select(func.count()).select_from(Case))).scalar_one()
    scripts = sorted(read_scripts(), key=lambda script: str(script["opened"]))
    player = Player(writer, reference, keys)
    for at, script in enumerate(scripts[there:], there + 1):
        await player.play(script)
        progress(at, len(scripts))
    return max(0, len(scripts) - there)
