"""Of several who decide on the same version, one wins; the others see how it stands now."""

import asyncio
from collections import Counter

from casework.actions.receive_referral import receive_referral
from tests.api import Api
from tests.schema.stage import on_case, on_referral, screened
from tests.world import COORDINATOR, DLPW, VOLUNTEER, World


async def test_of_two_updates_at_once_exactly_one_wins_and_the_other_gets_the_current_case(
    world: World, api: Api
) -> None:
    case_id = await world.case()
    given = await on_case(api, case_id, state="SCREENING")
    version = given["expectedVersion"]
    first, second = await asyncio.gather(
        *(api.do("updateCaseStatus", VOLUNTEER, want="case { version state }", **given) for _ in range(2))
    )
    won, lost = (first, second) if "case" in first else (second, first)
    assert won == {"__typename": "UpdateCaseStatusPayload", "case": {"version": version + 1, "state": "SCREENING"}}
    assert lost == {
        "__typename": "VersionConflict",
        "code": "VERSION_CONFLICT",
        "message": "Somebody changed this meanwhile; look at `current` and decide again.",
        "path": ["input", "expectedVersion"],
        "current": {"id": api.id("Case", case_id), "version": version + 1},
    }
    assert await world.version(case_id) == version + 1
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'CASE_STATUS_CHANGED'") == 1


async def test_of_ten_offices_one_receives(world: World, api: Api) -> None:
    referral_id = await world.referral(await screened(world))
    given = await on_referral(api, referral_id)
    answers = await asyncio.gather(*(api.do("receiveReferral", DLPW, **given) for _ in range(10)))
    assert Counter(answer["__typename"] for answer in answers) == {"ReceiveReferralPayload": 1, "VersionConflict": 9}
    current = {"id": api.id("Referral", referral_id), "version": given["expectedVersion"] + 1}
    assert [answer["current"] for answer in answers if "current" in answer] == [current] * 9
    assert await world.value("SELECT count(*) FROM event WHERE kind = 'REFERRAL_RECEIVED'") == 1


async def test_an_older_and_a_newer_version_are_refused_alike_and_nothing_changes(world: World, api: Api) -> None:
    case_id = await world.case()
    given = await on_case(api, case_id, state="SCREENING")
    before = await world.fingerprint()
    for version in (0, -1, given["expectedVersion"] + 1, 2**31 - 1):
        refused = await api.do("updateCaseStatus", VOLUNTEER, **{**given, "expectedVersion": version})
        assert refused["code"] == "VERSION_CONFLICT"
        assert refused["current"]["version"] == given["expectedVersion"]
    assert await world.fingerprint() == before


async def test_the_conflict_shows_no_more_than_the_viewer_sees(world: World, api: Api) -> None:
    referral_id = await world.referral(await screened(world))
    given = await on_referral(api, referral_id)
    await world.on_referral(DLPW, receive_referral, referral_id)
    query = """mutation ($input: RecallReferralInput!) { recallReferral(input: $input) {
      ... on VersionConflict { current { ... on Referral { reason case { citizen { name } viewerAccess { level } } } } }
    } }"""
    for by, level in ((VOLUNTEER, "FULL"), (COORDINATOR, "FULL")):
        from_phone = {**given, "reason": "ส่งผิด", "category": "SENT_IN_ERROR", "operationId": OPERATION}
        found = (await api.ask(query, by, input=from_phone))["recallReferral"]["current"]
        assert found["case"]["viewerAccess"] == {"level": level}
        assert found["case"]["citizen"] == {"name": "สมหญิง ใจดี"}


async def test_notes_and_referral_steps_do_not_collide_with_the_cases_version(world: World, api: Api) -> None:
    case_id = await screened(world)
    referral_id = await world.referral(case_id)
    given = await on_case(api, case_id, state="IN_PROGRESS")
    await api.do("addNote", VOLUNTEER, case=api.case(case_id), text="โทรหานายจ้างแล้ว")
    await api.do("receiveReferral", DLPW, **await on_referral(api, referral_id))
    done = await api.do("updateCaseStatus", VOLUNTEER, want="case { state }", **given)
    assert done == {"__typename": "UpdateCaseStatusPayload", "case": {"state": "IN_PROGRESS"}}


OPERATION = "1f0a3c52-3c1e-4a52-9a57-3a1b8f6f5a01"
