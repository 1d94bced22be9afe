"""People who come to posts and leave them, by the actions themselves."""

from typing import Any

from casework.actions.appoint_incumbent import Appointment, appoint_incumbent
from casework.actions.end_incumbency import end_incumbency
from casework.demo.network import subject_of
from models.vocabulary import IncumbencyKind
from tests.world import COORDINATOR, World


async def cover(world: World, who: str, post: str, **when: Any) -> None:
    """Let somebody look after another post."""
    number = (await world.actor(post)).seat_id
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=number)
    appointment = Appointment(subject_of(who), IncumbencyKind.COVER, **when)
    await world.act(COORDINATOR, appoint_incumbent, seat_id=number, expected_version=version, appointment=appointment)


async def leave(world: World, who: str, post: str) -> None:
    """End somebody's time in a post."""
    number = (await world.actor(post)).seat_id
    found = "SELECT i.id FROM incumbency i JOIN account a ON a.id = account_id WHERE subject = :who AND seat_id = :seat"
    incumbency = await world.value(found, who=subject_of(who), seat=number)
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=number)
    await world.act(COORDINATOR, end_incumbency, seat_id=number, expected_version=version, incumbency_id=incumbency)
