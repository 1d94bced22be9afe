"""A queue captured in a post which the account has left since: nothing of it is lost, nothing else is allowed."""

from datetime import timedelta
from typing import Any

from casework.rules.worksets import TAKEN_AFTER_LEAVING
from tests.api import Api
from tests.casework.actions.test_hand_over_seat import hand_over
from tests.schema.scenes_of_activities import invited, planned
from tests.schema.stage import NEIGHBOUR, queue_owner, screened
from tests.schema.test_offline import WANT, a_day_in_the_field, give_away, id_of, op, send, statuses
from tests.world import VOLUNTEER, World

HEIR = "heir"


async def hand_in(api: Api, owner: str, *operations: dict[str, Any]) -> Any:
    return await api.do("applyOperations", VOLUNTEER, want=WANT, queueOwner=owner, operations=operations)


async def late_notes(api: Api, by: str, case_id: str) -> list[str]:
    query = "query ($id: ID!) { node(id: $id) { ... on Case { notes(first: 9) { nodes { text late } } } } }"
    found = (await api.ask(query, by, id=case_id))["node"]["notes"]["nodes"]
    return sorted(note["text"] for note in found if note["late"])


async def test_what_was_done_in_the_post_reaches_its_heir_and_the_leaver_is_shown_nothing(
    world: World, api: Api
) -> None:
    case_id = await screened(world)
    owner, version = await queue_owner(api, VOLUNTEER), await world.version(case_id)
    case = api.case(case_id)
    sent = op("addNote", case=case, text="ส่งก่อนส่งมอบ")
    assert statuses(await send(api, sent)) == ["APPLIED"]
    world.now += timedelta(hours=1)
    await hand_over(world, VOLUNTEER)
    queue = [
        sent,
        op("addNote", case=case, text="พบพยานแล้ว"),
        op("updateCaseStatus", case=case, expectedVersion=version, state="IN_PROGRESS"),
    ]
    results = (await hand_in(api, owner, *queue))["results"]
    assert statuses(results) == ["DUPLICATE", "SALVAGED", "SALVAGED"]
    assert [(result["case"], result["note"], result["refusal"]) for result in results] == [(None, None, None)] * 3
    assert await world.value('SELECT state FROM "case"') == "SCREENING"
    assert await late_notes(api, HEIR, case["id"]) == ["ขอเปลี่ยนสถานะเป็น กำลังดำเนินการ", "พบพยานแล้ว"]
    after = await world.fingerprint()
    assert statuses((await hand_in(api, owner, *queue))["results"]) == ["DUPLICATE", "SALVAGED", "SALVAGED"]
    assert await world.fingerprint() == after


async def test_a_case_begun_before_leaving_is_opened_in_the_post_and_its_notes_go_with_it(
    world: World, api: Api
) -> None:
    owner, left = await queue_owner(api, VOLUNTEER), await world.actor(VOLUNTEER)
    world.now += timedelta(hours=1)
    await hand_over(world, VOLUNTEER)
    register, opened, *_, note, _ = a_day_in_the_field()
    results = (await hand_in(api, owner, register, opened, note))["results"]
    assert statuses(results) == ["APPLIED", "APPLIED", "SALVAGED"]
    assert [(result["case"], result["citizen"]) for result in results] == [(None, None)] * 3
    case_id = await world.value('SELECT id FROM "case"')
    assert await late_notes(api, HEIR, api.id("Case", case_id)) == ["โทรหานายจ้างแล้ว"]
    events = "SELECT kind, actor_account_id, actor_seat_id FROM event WHERE subject_kind = 'CASE' ORDER BY id"
    told = [tuple(event) for event in await world.rows(events)]
    assert told == [(kind, left.account_id, left.seat_id) for kind in ("CASE_OPENED", "NOTE_ADDED")]


async def test_what_was_captured_later_or_without_a_time_begins_nothing(world: World, api: Api) -> None:
    owner = await queue_owner(api, VOLUNTEER)
    await hand_over(world, VOLUNTEER)
    left = world.now
    world.now += timedelta(hours=1)
    later = op("registerCitizen", givenName="ก", familyName="ข", capturedAt=f"{left:%Y-%m-%dT%H:%M:%SZ}")
    unknown = op("registerCitizen", givenName="ก", familyName="ข", capturedAt=None)
    before = await world.fingerprint()
    for result in (await hand_in(api, owner, later, unknown))["results"]:
        assert (result["status"], result["refusal"]["code"]) == ("REFUSED", "NO_SEAT")
    assert await world.fingerprint() == before


async def test_whoever_left_takes_no_attendance_any_more(world: World, api: Api) -> None:
    activity_id, seat = await planned(world), await world.actor(VOLUNTEER)
    await invited(world, activity_id)
    owner = await queue_owner(api, VOLUNTEER)
    await hand_over(world, VOLUNTEER)
    world.now += timedelta(hours=1)
    came = op("recordAttendance", activity=api.id("Activity", activity_id), attended=[api.id("Seat", seat.seat_id)])
    before = await world.fingerprint()
    (result,) = (await hand_in(api, owner, came))["results"]
    assert (result["status"], result["refusal"]["code"]) == ("REFUSED", "NO_SEAT")
    assert await world.fingerprint() == before


async def test_a_case_that_was_not_the_posts_then_takes_nothing(world: World, api: Api) -> None:
    owner = await queue_owner(api, VOLUNTEER)
    await hand_over(world, VOLUNTEER)
    world.now += timedelta(hours=1)
    came_later, of_another = await world.case(HEIR), await world.case(NEIGHBOUR)
    before = await world.fingerprint()
    queue = [op("addNote", case=api.case(case_id), text="พบพยานแล้ว") for case_id in (came_later, of_another)]
    for operation, result in zip(queue, (await hand_in(api, owner, *queue))["results"], strict=True):
        assert (result["operationId"], result["status"]) == (id_of(operation), "REFUSED")
        assert (result["refusal"]["code"], result["case"]) == ("NO_SEAT", None)
    assert await world.fingerprint() == before


async def test_a_case_that_the_post_had_given_away_takes_a_late_note_too(world: World, api: Api) -> None:
    case_id = await world.case()
    owner = await queue_owner(api, VOLUNTEER)
    await give_away(world, case_id)
    await hand_over(world, VOLUNTEER)
    world.now += timedelta(hours=1)
    note = op("addNote", case=api.case(case_id), text="พบพยานแล้ว")
    assert statuses((await hand_in(api, owner, note))["results"]) == ["SALVAGED"]
    assert await late_notes(api, NEIGHBOUR, api.case(case_id)["id"]) == ["พบพยานแล้ว"]


async def test_the_queue_is_taken_for_thirty_days_and_only_of_its_own_account(world: World, api: Api) -> None:
    case_id = await world.case()
    mine, theirs = await queue_owner(api, VOLUNTEER), await queue_owner(api, NEIGHBOUR)
    note = op("addNote", case=api.case(case_id), text="พบพยานแล้ว")
    left_at = world.now
    await hand_over(world, VOLUNTEER)
    before = await world.fingerprint()
    assert (await hand_in(api, theirs, note))["code"] == "NO_SEAT"
    answer = await api.do("applyOperations", HEIR, queueOwner=mine, operations=[note])
    assert (answer["code"], answer["path"]) == ("QUEUE_OF_ANOTHER", ["input", "queueOwner"])
    world.now = left_at + TAKEN_AFTER_LEAVING
    assert (await hand_in(api, mine, note))["code"] == "NO_SEAT"
    assert await world.fingerprint() == before
    world.now -= timedelta(seconds=1)
    assert statuses((await hand_in(api, mine, note))["results"]) == ["SALVAGED"]
