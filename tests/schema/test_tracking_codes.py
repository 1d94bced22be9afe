"""Tracking codes: given with the case, renewed, shown to those who serve the citizen, and asked with not too often."""

from datetime import timedelta
from uuid import uuid4

from casework.actions.accept_assignment import accept_assignment
from casework.actions.assign_case import assign_case
from casework.actions.renew_tracking_code import renew_tracking_code
from tests.api import Api
from tests.schema.scenes import scene_of
from tests.schema.stage import NEIGHBOUR, on_case
from tests.schema.window import SHORT, told
from tests.world import COORDINATOR, VOLUNTEER, World


async def test_a_renewed_code_opens_the_case_and_the_one_before_stops_at_once(world: World, api: Api) -> None:
    case_id = await world.case()
    old = await told(world, case_id)
    done = await api.do("renewTrackingCode", VOLUNTEER, want="trackingCode", **await on_case(api, case_id))
    assert await api.ask(SHORT, **old) == {"caseStatus": None}
    assert await api.ask(SHORT, reference=old["reference"], code=done["trackingCode"]) == {
        "caseStatus": {"state": "NEW"}
    }


async def test_opening_gives_the_code_and_a_replay_gives_it_again(world: World, api: Api) -> None:
    given = {**await scene_of("openCase").stage(api), "operationId": str(uuid4())}
    want = "trackingCode case { reference }"
    first = await api.do("openCase", VOLUNTEER, want=want, **given)
    assert await api.do("openCase", VOLUNTEER, want=want, **given) == first
    known = {"reference": first["case"]["reference"], "code": first["trackingCode"]}
    assert await api.ask(SHORT, **known) == {"caseStatus": {"state": "NEW"}}
    case_id = await world.value('SELECT id FROM "case"')
    await world.on_case(VOLUNTEER, renew_tracking_code, case_id)
    assert await api.do("openCase", VOLUNTEER, want="trackingCode", **given) == {
        "__typename": "OpenCasePayload",
        "trackingCode": (await told(world, case_id))["code"],
    }


async def test_a_replay_shows_no_code_to_those_who_serve_the_citizen_no_longer(world: World, api: Api) -> None:
    given = {**await scene_of("openCase").stage(api), "operationId": str(uuid4())}
    await api.do("openCase", VOLUNTEER, **given)
    case_id = await world.value('SELECT id FROM "case"')
    renewal = {**await on_case(api, case_id), "operationId": str(uuid4())}
    await api.do("renewTrackingCode", VOLUNTEER, **renewal)
    seat_id = (await world.actor(NEIGHBOUR)).seat_id
    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)
    for verb, known in (("openCase", given), ("renewTrackingCode", renewal)):
        again = await api.do(verb, VOLUNTEER, want="trackingCode case { viewerAccess { level } }", **known)
        assert again["trackingCode"] is None
        assert again["case"]["viewerAccess"]["level"] == "STATUS"


async def test_a_coordinator_who_sees_all_of_a_case_that_others_hold_renews_no_code(world: World, api: Api) -> None:
    given = await on_case(api, await world.case())
    before = await world.fingerprint()
    assert (await api.do("renewTrackingCode", COORDINATOR, **given))["code"] == "NOT_PERMITTED"
    assert await world.fingerprint() == before


async def test_too_many_questions_about_one_reference_are_refused_whether_right_or_wrong(
    world: World, api: Api
) -> None:
    given = await told(world, await world.case())
    wrong = {**given, "code": "1234"}
    for _ in range(20):
        assert await api.answer(SHORT, **wrong) == {"data": {"caseStatus": None}}
    for asked in (given, wrong, {**given, "reference": "๔๓ 2569 00001 4"}):
        (error,) = (await api.answer(SHORT, **asked))["errors"]
        assert error["message"] == "Too many questions: ask again after 180 seconds."
        assert (error["extensions"]["code"], error["extensions"]["retryAfter"]) == ("RATE_LIMITED", 180)
    other = await told(world, await world.case())
    assert await api.ask(SHORT, **other) == {"caseStatus": {"state": "NEW"}}
    world.now += timedelta(seconds=180)
    assert await api.ask(SHORT, **given) == {"caseStatus": {"state": "NEW"}}


async def test_too_many_questions_of_one_address_use_up_nobody_elses(world: World, api: Api) -> None:
    """The question that is refused for its address is not counted for its reference."""
    given = await told(world, await world.case())
    many = "query ($code: String!) { %s }"
    for page in range(4):
        names = [f'a{n}: caseStatus(reference: "{page}-{n}", trackingCode: $code) {{ state }}' for n in range(20)]
        await api.ask(many % " ".join(names), code="")
    for page in range(4, 6):
        names = [f'a{n}: caseStatus(reference: "{page}-{n}", trackingCode: $code) {{ state }}' for n in range(20)]
        await api.ask(many % " ".join(names), code="")
    before = await world.fingerprint()
    (error,) = (await api.answer(SHORT, **given))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["retryAfter"]) == ("RATE_LIMITED", 30)
    assert await world.fingerprint() == before
    world.now += timedelta(seconds=30)
    assert await api.ask(SHORT, **given) == {"caseStatus": {"state": "NEW"}}


async def test_no_table_holds_the_address_or_the_code(world: World, api: Api) -> None:
    given = await told(world, await world.case())
    await api.ask(SHORT, **given)
    for table in ("rate_limit", "event", "operation", '"case"'):
        for (row,) in await world.rows(f"SELECT t::text FROM {table} t"):
            for secret in ("127.0.0.1", given["code"], given["code"].replace("-", "")):
                assert secret not in row
                assert secret.encode().hex() not in row
