"""Each mutation as nobody, as somebody without a seat, as a stranger and as the one who may."""

from typing import Any

import pytest

from schema.contract import contract
from tests.api import Api
from tests.schema.scenes import PUBLIC_SCENES, SCENES
from tests.schema.stage import Scene
from tests.world import ADMIN, World


def test_every_mutation_of_the_contract_has_a_scene() -> None:
    mutation = contract()._schema.mutation_type
    assert mutation is not None
    assert sorted(mutation.fields) == sorted(scene.name for scene in (*SCENES, *PUBLIC_SCENES))


@pytest.mark.parametrize("scene", SCENES, ids=str)
async def test_the_one_who_may_does_it_and_nobody_else_changes_anything(world: World, api: Api, scene: Scene) -> None:
    given = await scene.stage(api)
    before = await world.fingerprint()
    events = await world.value("SELECT count(*) FROM event")

    nobody = await api.do(scene.name, None, **given)
    assert (nobody["__typename"], nobody["code"], nobody["path"]) == ("NotPermitted", "NOT_SIGNED_IN", [])
    if scene.stranger is not None:
        stranger = await api.do(scene.name, scene.stranger, **given)
        assert stranger["code"] == scene.refusal
    seatless = await api.do(scene.name, "nobody of the network", **given)
    assert (seatless["__typename"], seatless["code"]) == ("NotPermitted", "NO_SEAT")
    if not scene.admin_may:
        admin = await api.do(scene.name, ADMIN, **given)
        assert admin["code"] in {"NOT_FOUND", "NOT_PERMITTED", "QUEUE_OF_ANOTHER"}
    assert await world.fingerprint() == before

    done = await api.do(scene.name, scene.by, want=scene.want, **given)
    assert done["__typename"] == f"{scene.name[0].upper()}{scene.name[1:]}Payload"
    kinds = await world.rows("SELECT kind FROM event ORDER BY id OFFSET :known", known=events)
    assert tuple(kind for (kind,) in kinds) == scene.events
    assert await world.value("SELECT count(*) FROM operation") == 1


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene.refusal == "NOT_FOUND"], ids=str)
async def test_what_a_stranger_may_not_see_is_refused_like_what_does_not_exist(
    world: World, api: Api, scene: Scene
) -> None:
    given = await scene.stage(api)
    hidden = await api.do(scene.name, scene.stranger, **given)
    absent = await api.do(scene.name, scene.stranger, **_of_nothing(api, given))
    assert hidden == absent
    assert (await world.fingerprint())["operation"] == ""


KINDS = {"delivery": "WebhookDelivery"}
BY_ID = {"referral", "task", "deadline", "incident", "attachment", "webhook", "delivery"}


def _of_nothing(api: Api, given: dict[str, Any]) -> dict[str, Any]:
    """Name what is not there in place of the row that the input is about."""
    if "visit" in given:
        return {"visit": {"planned": _of_nothing(api, given["visit"]["planned"])}}
    name = next(name for name in ("referral", "citizen", "case", *sorted(BY_ID)) if name in given)
    nothing = api.id(KINDS.get(name, name.capitalize()), 2**40)
    return {**given, name: nothing if name in BY_ID else {"id": nothing}}
