"""What the tests of activities ask and do over HTTP."""

from typing import Any

from tests.api import Api
from tests.casework.refusals import nothing_changes
from tests.schema.scenes_of_activities import (
    OFFICER,
)

SHOWN = """query ($id: ID!) { node(id: $id) { ... on Activity { state version invited attended
  attendance { role invited attended }
  participants(first: 100) { totalCount { count } nodes { role seat { id } guestName guestOrganisation attended } }
} } }"""


async def shown(api: Api, activity_id: int, by: str | None) -> Any:
    return (await api.ask(SHOWN, by, id=api.id("Activity", activity_id)))["node"]


async def seat(api: Api, handle: str) -> str:
    return api.id("Seat", (await api.world.actor(handle)).seat_id)


async def attend(api: Api, activity_id: int, by: str = OFFICER, **who: Any) -> dict[str, Any]:
    return await api.do("recordAttendance", by, activity=api.id("Activity", activity_id), **who)


async def refusal(api: Api, verb: str, by: str, /, **given: Any) -> tuple[str, str, list[str]]:
    """Give the type, the code and the path of what must be refused without changing anything."""
    async with nothing_changes(api.world):
        answer = await api.do(verb, by, **given)
    return answer["__typename"], answer["code"], answer["path"]


async def participant_ids(api: Api, activity_id: int) -> list[str]:
    """Give the ids of participants as their leader reads them, in their order."""
    rows = await api.world.rows(
        "SELECT id FROM activity_participant WHERE activity_id = :id ORDER BY id", id=activity_id
    )
    return [api.id("ActivityParticipant", row.id) for row in rows]
