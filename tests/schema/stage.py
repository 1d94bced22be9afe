"""What a scene of a mutation is made of: the world just before it, who may do it, who may not, and what they send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState
from tests.api import Api
from tests.world import OTHER_VOLUNTEER, VOLUNTEER, World

NEIGHBOUR = "volunteer 430117"
"""A volunteer of the same amphoe as VOLUNTEER."""
Given = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """`stage` makes the world and gives the input; `stranger` is refused with `refusal`; `want` of the payload.

    No `stranger`: whoever fills a post may.
    """

    name: str
    stage: Callable[[Api], Awaitable[Given]]
    by: str | None = VOLUNTEER
    stranger: str | None = OTHER_VOLUNTEER
    refusal: str = "NOT_FOUND"
    want: str = "case { id }"
    events: tuple[str, ...] = field(default=())
    admin_may: bool = False
    public: bool = False
    """Done without a token: whoever gives the right tracking code."""

    def __str__(self) -> str:
        return self.name


async def screened(world: World, *problems: str) -> int:
    """Open a case and screen it, so that it can be referred."""
    case_id = await world.case(VOLUNTEER, *problems)
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.SCREENING)
    return case_id


async def on_case(api: Api, case_id: int, **more: Any) -> Given:
    return {"case": api.case(case_id), "expectedVersion": await api.world.version(case_id), **more}


async def on_referral(api: Api, referral_id: int, **more: Any) -> Given:
    version = await api.world.value("SELECT version FROM referral WHERE id = :id", id=referral_id)
    return {"referral": api.id("Referral", referral_id), "expectedVersion": version, **more}


async def on_citizen(api: Api, citizen_id: int, **more: Any) -> Given:
    version = await api.world.value("SELECT version FROM citizen WHERE id = :id", id=citizen_id)
    return {"citizen": {"id": api.id("Citizen", citizen_id)}, "expectedVersion": version, **more}


async def on_seat(api: Api, handle: str, **more: Any) -> Given:
    number = (await api.world.actor(handle)).seat_id
    version = await api.world.value("SELECT version FROM seat WHERE id = :id", id=number)
    return {"seat": api.id("Seat", number), "expectedVersion": version, **more}


async def seat_id(api: Api, handle: str) -> str:
    return api.id("Seat", (await api.world.actor(handle)).seat_id)


async def queue_owner(api: Api, by: str) -> str:
    """Tell whose queue it is that `by` captures."""
    found: str = (await api.ask("{ viewer { queueOwner } }", by))["viewer"]["queueOwner"]
    return found
