"""Erase those whose time has passed."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from casework.actions.erase_citizen import erase_citizen
from casework.reference.data import ReferenceData
from casework.work import Unit
from models.privacy_words import ErasureGround, Obstacle

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


class Expired(NamedTuple):
    """How many were erased, and what stood against the others since the survey."""

    erased: int
    spared: Counter[Obstacle]


async def erase_those_due(
    owner: AsyncEngine, reference: ReferenceData, due: Sequence[int], *, now: datetime, progress: Progress
) -> Expired:
    """Erase each in a transaction of its own, which looks anew at what stands against it: a stop loses nothing."""
    erased, spared = 0, Counter[Obstacle]()
    for at, citizen_id in enumerate(due, 1):
        async with AsyncSession(owner, expire_on_commit=False) as session, session.begin():
            work = Unit(session=session, now=now, reference=reference)
            erasure = await erase_citizen(work, citizen_id=citizen_id, ground=ErasureGround.RETENTION_ENDED)
        erased += erasure.done
        spared.update(erasure.obstacles[:1])
        progress("citizens", at, len(due))
    return Expired(erased, spared)
