"""A whole identifier is shown for a reason, under today's visibility, and by the right key alone."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework.actions.open_case import Intake, open_case
from casework.keys import Keys
from models.vocabulary import Channel
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.world import COORDINATOR, TAMBON, VOLUNTEER, World

NUMBER = "1234545678781"
WANT = "kind number citizen { version }"


@pytest.fixture
async def asked(api: Api) -> dict[str, Any]:
    """The input of a reveal that was carried out."""
    given = {**await scene_of("revealIdentifier").stage(api), "operationId": str(uuid4())}
    shown = await api.do("revealIdentifier", VOLUNTEER, want=WANT, **given)
    told = {"kind": "NATIONAL_ID", "number": NUMBER, "citizen": {"version": 1}}
    assert shown == {"__typename": "RevealIdentifierPayload", **told}
    return given


async def test_sent_again_it_is_shown_again_and_not_recorded_again(
    world: World, api: Api, asked: dict[str, Any]
) -> None:
    before = await world.fingerprint()
    assert (await api.do("revealIdentifier", VOLUNTEER, want=WANT, **asked))["number"] == NUMBER
    assert await world.fingerprint() == before
    assert await world.value("SELECT count(*) FROM identifier_reveal") == 1


async def test_sent_again_after_the_level_is_lost_it_shows_nothing(
    world: World, api: Api, asked: dict[str, Any]
) -> None:
    """It was the coordinator who registered the citizen, and who now opens the first case, which decides who sees."""
    intake = Intake(
        citizen_id=await world.value("SELECT id FROM citizen"),
        problem_type_codes=["UNPAID_WAGES"],
        area_code=TAMBON,
        narrative="ไม่ได้รับค่าจ้าง",
        channel=Channel.WALK_IN,
    )
    async with world.owner.begin() as connection:
        registrar = {"seat": (await world.actor(COORDINATOR)).seat_id}
        await connection.execute(text("UPDATE citizen SET registered_by_seat_id = :seat"), registrar)
    await world.act(COORDINATOR, open_case, intake=intake)
    before = await world.fingerprint()
    again = await api.do("revealIdentifier", VOLUNTEER, want=WANT, **asked)
    assert (again["__typename"], again["code"]) == ("NotFound", "NOT_FOUND")
    assert await world.fingerprint() == before


async def test_without_the_key_the_answer_is_a_fault_that_tells_nothing(world: World, asked: dict[str, Any]) -> None:
    world.keys = Keys(b"another secret of 32 bytes......")
    async with Api.around(world) as api:
        given = {**asked, "citizen": {"id": api.id("Citizen", await world.value("SELECT id FROM citizen"))}}
        given["operationId"] = str(uuid4())
        query = "mutation ($input: RevealIdentifierInput!) { revealIdentifier(input: $input) { __typename } }"
        (error,) = (await api.answer(query, VOLUNTEER, input=given))["errors"]
    assert error["message"] == "Something went wrong here; report the request id."
    assert set(error["extensions"]) == {"code", "requestId"}
    assert error["extensions"]["code"] == "INTERNAL"
