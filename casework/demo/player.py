"""Play the demo cases: every script goes through the real actions, step by step, with its own clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import col

from casework.actions.open_case import open_case
from casework.actions.register_citizen import register_citizen
from casework.demo.intakes import intake_of, person_of
from casework.demo.network import posts, read_network, subject_of
from casework.demo.scripts import opening
from casework.demo.steps import SYSTEM_STEPS, Played, take_step
from casework.keys import Keys
from casework.policy.actors import SEATS_OF, Actor, actor_among
from casework.policy.wall import enter
from casework.reference.data import ReferenceData
from casework.rules.calendar import BANGKOK
from casework.work import Unit, Work
from models import Activity
from models.activity_words import ActivityKind


class Player:
    """Plays scripts one after another; each is one transaction, so a half-played case is never left."""

    def __init__(self, owner: AsyncEngine, reference: ReferenceData, keys: Keys) -> None:
        self._owner = owner
        self._reference = reference
        self._keys = keys
        self._actors: dict[str, Actor] = {}
        self._sensitive = {
            f"sensitive {seat['office']}": handle
            for handle, seat, _ in posts(read_network())
            if handle.startswith("officer") and seat["handles_sensitive"]
        }

    async def play(self, script: Mapping[str, Any]) -> None:
        opened = opening(script)
        async with AsyncSession(self._owner, expire_on_commit=False) as session, session.begin():
            work = await self.work(session, script["by"], opened)
            citizen_id = await register_citizen(work, person=person_of(script))
            intake = intake_of(script, citizen_id, await _campaign(session, script))
            case_id = await open_case(work, intake=intake)
            played = Played(session, case_id, citizen_id, opened, self.actor)
            for step in script["steps"]:
                await self._step(played, step)

    async def _step(self, played: Played, step: Mapping[str, Any]) -> None:
        at = _at(played.opened, step["at"])
        system = SYSTEM_STEPS.get(step["do"])
        if system is None:
            await take_step(played, await self.work(played.session, step["by"], at), step)
        else:
            unit = Unit(session=played.session, now=at, reference=self._reference)
            if not await system(played, unit, step):
                raise ValueError(f"The system had nothing to do yet: {step}")

    async def work(self, session: AsyncSession, handle: str, now: datetime) -> Work:
        """Give a unit of work of a post, at an instant of the story."""
        by = await self.actor(session, handle)
        await enter(session, by, now)
        return Work(session=session, by=by, now=now, reference=self._reference, keys=self._keys)

    async def actor(self, session: AsyncSession, handle: str) -> Actor:
        """Find the actor of a handle such as `officer DLPW-43`."""
        known = self._actors.get(handle)
        if known is None:
            subject = subject_of(self._sensitive.get(handle, handle))
            rows = await session.execute(SEATS_OF, {"subject": subject, "now": datetime.now(BANGKOK)})
            known = actor_among(rows, seat_id=None)
            if known is None:
                raise LookupError(f"The demo network has no {handle}.")
            self._actors[handle] = known
        return known


async def _campaign(session: AsyncSession, script: Mapping[str, Any]) -> int | None:
    """Find the campaign that a script names."""
    if "campaign" not in script:
        return None
    of_project = select(col(Activity.id)).where(
        col(Activity.kind) == ActivityKind.CAMPAIGN, col(Activity.project) == script["campaign"]
    )
    return (await session.scalars(of_project)).first()


def _at(opened: datetime, text: str) -> datetime:
    """Read e.g. `+2d 09:30`: that many days after the day of opening, at that time in Bangkok."""
    days, clock = text.split()
    hours, minutes = clock.split(":")
    midnight = opened.replace(hour=0, minute=0)
    return midnight + timedelta(days=int(days.strip("+d")), hours=int(hours), minutes=int(minutes))
