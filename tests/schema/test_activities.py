"""Activities over HTTP: from the plan to the outcome, and who sees what of them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from casework.actions.create_activity import create_activity
from casework.actions.invite_participants import Group, Guest
from casework.guests import forget_old_guests
from models.activity_words import ActivityKind, PublicityChannel
from models.vocabulary import SeatKind
from server.local_folder import LocalFolder
from tests.api import Api
from tests.casework.refusals import nothing_changes
from tests.files import PHOTO, chunks, scanned
from tests.schema.scenes_of_activities import (
    OFFICER,
    PROJECT,
    VOLUNTEERS,
    invited,
    on_activity,
    plan,
    planned,
)
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

K = SeatKind
SHOWN = """query ($id: ID!) { node(id: $id) { ... on Activity { state version invited attended
  attendance { role invited attended }
  participants(first: 100) { totalCount { count } nodes { role seat { id } guestName guestOrganisation attended } }
} } }"""
LISTED = """query ($filter: ActivityFilter, $first: Int = 5, $after: String) {
  activities(filter: $filter, first: $first, after: $after) { totalCount { count } pageInfo { endCursor hasNextPage }
    nodes { kind round fiscalYear venue } } }"""


FORTY_NINE_MORE = """INSERT INTO activity SELECT more.* FROM generate_series(2, 50) n, LATERAL (
    SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', nextval('prasan_id'), 'round', n, 'begins_at', a.begins_at - n * interval '1 day'))).* FROM activity a
    ) more"""


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


async def test_a_province_is_invited_in_one_call_and_counted(world: World, api: Api) -> None:
    activity_id = await planned(world)
    staff = Group((K.OFFICER, K.COORDINATOR), office_id=world.office("OPS-43"))
    await invited(world, activity_id, groups=[Group((K.VOLUNTEER, K.MENTOR), "43"), staff])
    found = await shown(api, activity_id, COORDINATOR)
    assert (found["invited"], found["attended"], found["participants"]["totalCount"]) == (76, 0, {"count": 76})
    assert found["attendance"] == [
        {"role": "VOLUNTEER", "invited": 62, "attended": 0},
        {"role": "MENTOR", "invited": 9, "attended": 0},
        {"role": "STAFF", "invited": 5, "attended": 0},
    ]
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"], "area": "4302"}])
    assert (await refusal(api, "inviteParticipants", OFFICER, **given))[1] == "NOBODY_TO_INVITE"


async def test_without_an_area_the_posts_are_those_of_the_activitys(world: World, api: Api) -> None:
    activity_id = await planned(world)
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"]}])
    done = await api.do("inviteParticipants", OFFICER, want="activity { invited version }", **given)
    assert done["activity"] == {"invited": 16, "version": 2}


async def test_facts_are_told_in_the_province_and_participants_to_those_concerned(world: World, api: Api) -> None:
    activity_id = await planned(world)
    guests = [Guest("นายแขก รับเชิญ", "หอการค้าจังหวัด")]
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")], guests=guests)
    listed = {}
    for by in (OFFICER, COORDINATOR, MENTOR, OTHER_MENTOR, VOLUNTEER, OTHER_VOLUNTEER, DLPW, AUDITOR, ADMIN):
        found = await shown(api, activity_id, by)
        assert found["invited"] == 18
        listed[by] = found["participants"]["totalCount"]["count"]
        names = [node["guestName"] for node in found["participants"]["nodes"] if node["role"] == "GUEST"]
        assert names == (["นายแขก รับเชิญ"] if by in {OFFICER, COORDINATOR} else [])
    assert listed == {
        OFFICER: 18, COORDINATOR: 18, MENTOR: 16, OTHER_MENTOR: 1, VOLUNTEER: 1, OTHER_VOLUNTEER: 1, DLPW: 0,
        AUDITOR: 0, ADMIN: 0,
    }  # fmt: skip
    assert await shown(api, activity_id, None) is None


async def test_a_mentor_records_the_attendance_of_its_amphoe_and_of_nobody_else(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")])
    own, other = await seat(api, VOLUNTEER), await seat(api, OTHER_VOLUNTEER)
    for hidden in (other, await seat(api, DLPW), "p1"):
        refused = await refusal(api, "recordAttendance", MENTOR, activity=api.id("Activity", activity_id),
                                attended=[own, hidden])  # fmt: skip
        assert refused == ("InvalidInput", "NOT_INVITED", ["input", "attended", "1"])
    done = await attend(api, activity_id, MENTOR, attended=[own])
    assert done["__typename"] == "RecordAttendancePayload"
    assert (await shown(api, activity_id, DLPW))["attended"] == 1
    (row,) = await world.rows("SELECT account_id, attendance_by_seat_id FROM activity_participant WHERE attended")
    assert row == ((await world.actor(VOLUNTEER)).account_id, (await world.actor(MENTOR)).seat_id)
    (event,) = await world.rows("SELECT payload FROM event WHERE kind = 'ATTENDANCE_RECORDED'")
    participant = await world.value("SELECT id FROM activity_participant WHERE attended")
    assert event.payload == {"attended": [str(participant)], "absent": []}


async def test_who_neither_leads_nor_mentors_records_no_attendance(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    given = {"activity": api.id("Activity", activity_id), "attended": [await seat(api, VOLUNTEER)]}
    for by in (VOLUNTEER, DLPW, AUDITOR, ADMIN):
        assert (await refusal(api, "recordAttendance", by, **given))[:2] == ("NotPermitted", "NOT_PERMITTED")
    assert (await refusal(api, "recordAttendance", OTHER_MENTOR, **given))[1] == "NOT_INVITED"


async def test_what_was_seen_later_stands_and_nobody_is_both_here_and_away(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    own = await seat(api, VOLUNTEER)
    await attend(api, activity_id, attended=[own], capturedAt=world.now.isoformat())
    early = (world.now - timedelta(hours=1)).isoformat()
    assert (await attend(api, activity_id, MENTOR, absent=[own], capturedAt=early))["__typename"].endswith("Payload")
    assert (await shown(api, activity_id, VOLUNTEER))["attended"] == 1
    await attend(api, activity_id, MENTOR, absent=[own])
    (own_part,) = (await shown(api, activity_id, VOLUNTEER))["participants"]["nodes"]
    assert own_part["attended"] is False
    given = {"activity": api.id("Activity", activity_id), "attended": [own], "absent": [own]}
    assert await refusal(api, "recordAttendance", OFFICER, **given) == (
        "InvalidInput", "ATTENDANCE_CONTRADICTS", ["input", "absent", "0"],
    )  # fmt: skip
    nobody = {"activity": given["activity"]}
    assert (await refusal(api, "recordAttendance", OFFICER, **nobody))[1] == "NOTHING_TO_CHANGE"


async def test_attendance_is_taken_from_the_beginning_to_the_closing(world: World, api: Api) -> None:
    coming = await planned(world, after=timedelta(days=2))
    await invited(world, coming)
    own = await seat(api, VOLUNTEER)
    given = {"activity": api.id("Activity", coming), "attended": [own]}
    assert (await refusal(api, "recordAttendance", OFFICER, **given))[1] == "ACTIVITY_NOT_BEGUN"
    outcome = await on_activity(api, coming, notes="ครบถ้วน")
    assert (await refusal(api, "recordActivityOutcome", OFFICER, **outcome))[1] == "ACTIVITY_NOT_BEGUN"
    world.now += timedelta(days=3)
    seen = world.now
    assert (await api.do("recordActivityOutcome", OFFICER, **outcome))["__typename"].endswith("Payload")
    world.now += timedelta(days=1)
    assert (await refusal(api, "recordAttendance", OFFICER, **given))[1] == "ACTIVITY_OVER"
    late = await attend(api, coming, MENTOR, attended=[own], capturedAt=(seen - timedelta(hours=1)).isoformat())
    assert late["__typename"] == "RecordAttendancePayload"
    assert (await shown(api, coming, MENTOR))["attended"] == 1
    for name, more in (
        ("inviteParticipants", {"groups": [{"kinds": ["MENTOR"]}]}),
        ("updateActivity", {"venue": "ใหม่"}),
    ):
        assert (await refusal(api, name, OFFICER, **await on_activity(api, coming, **more)))[1] == "ACTIVITY_OVER"


async def test_attendance_waits_on_the_phone_with_the_rest_of_the_day(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    owner = (await api.ask("{ viewer { queueOwner } }", MENTOR))["viewer"]["queueOwner"]
    intent = {"operationId": str(uuid4()), "activity": api.id("Activity", activity_id),
              "attended": [await seat(api, VOLUNTEER)]}  # fmt: skip
    want = "results { status activity { attended } refusal { code path } }"
    operations = [{"intent": {"recordAttendance": intent}}] * 2
    done = await api.do("applyOperations", MENTOR, want=want, queueOwner=owner, operations=operations)
    assert [(result["status"], result["activity"]) for result in done["results"]] == [
        ("APPLIED", {"attended": 1}),
        ("DUPLICATE", {"attended": 1}),
    ]
    stranger = {**intent, "operationId": str(uuid4()), "attended": [await seat(api, DLPW)]}
    operations = [{"intent": {"recordAttendance": stranger}}]
    (result,) = (await api.do("applyOperations", MENTOR, want=want, queueOwner=owner, operations=operations))["results"]
    path = ["input", "operations", "0", "intent", "recordAttendance", "attended", "0"]
    assert (result["status"], result["refusal"]) == ("REFUSED", {"code": "NOT_INVITED", "path": path})


WRONG: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"area": "4100"}, "AREA_UNKNOWN", ["input", "area"]),
    ({"area": "10"}, "AREA_OUTSIDE_HOST", ["input", "area"]),
    ({"endsAt": "2026-11-30T02:00:00Z"}, "DATES_CONTRADICT", ["input", "endsAt"]),
    ({"beginsAt": "2569-12-01T02:00:00Z"}, "BUDDHIST_YEAR", ["input", "beginsAt"]),
    ({"fiscalYear": 2026}, "FISCAL_YEAR_WRONG", ["input", "fiscalYear"]),
    ({"round": 0}, "NUMBER_OUT_OF_RANGE", ["input", "round"]),
    ({"round": 1}, "ROUND_TAKEN", ["input", "round"]),
    ({"topics": ["UNPAID_WAGES"]}, "NOT_A_CAMPAIGN", ["input", "topics"]),
    ({"kind": "CAMPAIGN", "topics": ["WAGES"]}, "PROBLEM_TYPE_UNKNOWN", ["input", "topics", "0"]),
    ({"project": " "}, "TEXT_MISSING", ["input", "project"]),
    ({"host": {"code": "DLPW-43"}}, "NOT_PERMITTED", []),
]


async def participant_ids(api: Api, activity_id: int) -> list[str]:
    """Give the ids of participants as their leader reads them, in their order."""
    rows = await api.world.rows(
        "SELECT id FROM activity_participant WHERE activity_id = :id ORDER BY id", id=activity_id
    )
    return [api.id("ActivityParticipant", row.id) for row in rows]


async def test_invitations_are_taken_back_until_somebody_says_who_came(world: World, api: Api) -> None:
    activity_id = await planned(world)
    guests = [Guest("นายแขก รับเชิญ"), Guest("นางสาวอื่น ไกล")]
    await invited(world, activity_id, groups=[VOLUNTEERS, Group((K.VOLUNTEER,), "430201")], guests=guests)
    *_, first_guest, second_guest = await participant_ids(api, activity_id)
    own, far = await seat(api, VOLUNTEER), await seat(api, OTHER_VOLUNTEER)
    await attend(api, activity_id, attended=[own], absent=[second_guest])
    for known in (own, second_guest):
        given = await on_activity(api, activity_id, participants=[far, known])
        refused = await refusal(api, "removeParticipants", OFFICER, **given)
        assert refused == ("NotPossible", "ATTENDANCE_KNOWN", ["input", "participants", "1"])
    given = await on_activity(api, activity_id, participants=[far, first_guest, far])
    done = await api.do("removeParticipants", OFFICER, want="activity { invited version }", **given)
    assert done["activity"] == {"invited": 17, "version": 3}
    assert await world.rows("SELECT name FROM activity_guest") == [("นางสาวอื่น ไกล",)]
    told = "SELECT payload FROM event WHERE kind = 'PARTICIPANTS_REMOVED'"
    assert await world.rows(told) == [({"posts": 1, "guests": 1},)]
    for gone in (far, first_guest, await seat(api, DLPW), "p1"):
        given = await on_activity(api, activity_id, participants=[gone])
        refused = await refusal(api, "removeParticipants", OFFICER, **given)
        assert refused == ("InvalidInput", "NOT_INVITED", ["input", "participants", "0"])
    given = await on_activity(api, activity_id, groups=[{"kinds": ["VOLUNTEER"], "area": "430201"}])
    assert (await api.do("inviteParticipants", OFFICER, **given))["__typename"] == "InviteParticipantsPayload"


async def test_nothing_is_taken_back_from_an_activity_that_is_over(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id)
    named = [await seat(api, VOLUNTEER)]
    nobody = await on_activity(api, activity_id, participants=[])
    assert (await refusal(api, "removeParticipants", OFFICER, **nobody))[1] == "NOTHING_TO_CHANGE"
    many = await on_activity(api, activity_id, participants=named * 201)
    assert (await refusal(api, "removeParticipants", OFFICER, **many))[1] == "TOO_MANY"
    await api.do("recordActivityOutcome", OFFICER, **await on_activity(api, activity_id, knowledgeAfter=80))
    given = await on_activity(api, activity_id, participants=named)
    assert (await refusal(api, "removeParticipants", OFFICER, **given))[1] == "ACTIVITY_OVER"


async def test_a_guest_is_called_right_also_afterwards_and_the_journal_names_nobody(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id, groups=[VOLUNTEERS], guests=[Guest("นายแขก รับเชิน", "หอการค้า")])
    post, *_, guest = await participant_ids(api, activity_id)
    await attend(api, activity_id, attended=[guest])
    await api.do("recordActivityOutcome", OFFICER, **await on_activity(api, activity_id, knowledgeAfter=80))
    given = await on_activity(api, activity_id, participant=guest, name=" นายแขก  รับเชิญ ")
    assert (await api.do("correctGuest", COORDINATOR, **given))["__typename"] == "CorrectGuestPayload"
    (found,) = [node for node in (await shown(api, activity_id, OFFICER))["participants"]["nodes"] if not node["seat"]]
    assert (found["guestName"], found["guestOrganisation"], found["attended"]) == ("นายแขก รับเชิญ", None, True)
    assert "แขก" not in str(await world.rows("SELECT payload::text FROM event"))
    for nobody in (post, "p1", api.id("Seat", 1)):
        wrong = await on_activity(api, activity_id, participant=nobody, name="นายแขก")
        assert (await refusal(api, "correctGuest", OFFICER, **wrong))[1:] == ("NOT_A_GUEST", ["input", "participant"])
    empty = await on_activity(api, activity_id, participant=guest, name=" ")
    assert (await refusal(api, "correctGuest", OFFICER, **empty))[2] == ["input", "name"]
    world.now += timedelta(days=3 * 366)
    await forget_old_guests(world.worker, now=world.now)
    late = await on_activity(api, activity_id, participant=guest, name="นายแขก")
    assert (await refusal(api, "correctGuest", OFFICER, **late))[1] == "NOT_A_GUEST"


async def test_what_cannot_be_is_refused_with_its_place(world: World, api: Api) -> None:
    await planned(world)
    right = {
        "kind": "MEETING", "project": PROJECT, "venue": "ห้องประชุม", "area": "43", "beginsAt": "2026-12-01T02:00:00Z",
        "objectives": "ประชุม",
    }  # fmt: skip
    for wrong, code, path in WRONG:
        assert (await refusal(api, "createActivity", OFFICER, **{**right, **wrong}))[1:] == (code, path)
    done = await api.do("createActivity", OFFICER, want="activity { round fiscalYear host { code } }", **right)
    assert done["activity"] == {"round": 2, "fiscalYear": 2570, "host": {"code": "OPS-43"}}


async def test_a_coordinator_plans_for_every_office_of_the_province(api: Api) -> None:
    given = {
        "kind": "FIELD_DAY", "project": "หน่วยเคลื่อนที่", "venue": "วัดโพธิ์ชัย", "area": "430101",
        "beginsAt": "2026-12-01T02:00:00Z", "objectives": "บริการ",
    }  # fmt: skip
    want = "activity { host { code } createdBy { kind } }"
    done = await api.do("createActivity", COORDINATOR, want=want, host={"code": "DLPW-43"}, **given)
    assert done["activity"] == {"host": {"code": "DLPW-43"}, "createdBy": {"kind": "COORDINATOR"}}
    other = {**given, "host": {"code": "DLPW-10"}}
    assert (await refusal(api, "createActivity", COORDINATOR, **other))[1] == "NOT_PERMITTED"
    for by in (VOLUNTEER, MENTOR, AUDITOR, ADMIN):
        assert (await refusal(api, "createActivity", by, **given))[1] == "NOT_PERMITTED"


async def test_an_activity_is_moved_or_cancelled_and_its_round_is_free_again(world: World, api: Api) -> None:
    activity_id = await planned(world, after=timedelta(days=2))
    given = await on_activity(api, activity_id, beginsAt="2027-10-01T02:00:00Z", venue="ห้องประชุมใหญ่")
    want = "activity { version venue fiscalYear state }"
    done = await api.do("updateActivity", OFFICER, want=want, **given)
    moved = {"version": 2, "venue": "ห้องประชุมใหญ่", "fiscalYear": 2571, "state": "PLANNED"}
    assert done["activity"] == moved
    assert (await refusal(api, "updateActivity", OFFICER, **given))[:2] == ("VersionConflict", "VERSION_CONFLICT")
    nothing = await on_activity(api, activity_id, venue="ห้องประชุมใหญ่")
    assert (await refusal(api, "updateActivity", OFFICER, **nothing))[1] == "NOTHING_TO_CHANGE"
    cancelled = await on_activity(api, activity_id, cancelled=True)
    done = await api.do("updateActivity", COORDINATOR, want=want, **cancelled)
    assert done["activity"] == {**moved, "version": 3, "state": "CANCELLED"}
    again = await on_activity(api, activity_id, cancelled=True)
    assert (await refusal(api, "updateActivity", OFFICER, **again))[1] == "ACTIVITY_OVER"
    assert [row.payload["changed"] for row in await world.rows(
        "SELECT payload FROM event WHERE kind IN ('ACTIVITY_UPDATED', 'ACTIVITY_CANCELLED') ORDER BY id"
    )] == [["fiscal_year", "venue", "begins_at"], ["state"]]  # fmt: skip
    begins_at = world.now.replace(year=2027, month=10, day=5)
    await world.act(OFFICER, create_activity, host_office_id=None, plan=plan(begins_at, round=1))


async def test_an_outcome_closes_and_is_corrected(world: World, api: Api) -> None:
    activity_id = await planned(world)
    want = "activity { state outcome { knowledgeBefore knowledgeAfter peopleReached notes } }"
    given = await on_activity(api, activity_id, knowledgeBefore=48, notes="ผู้เข้าร่วมสนใจ")
    done = await api.do("recordActivityOutcome", OFFICER, want=want, **given)
    outcome = {"knowledgeBefore": 48, "knowledgeAfter": None, "peopleReached": None, "notes": "ผู้เข้าร่วมสนใจ"}
    assert done["activity"] == {"state": "CLOSED", "outcome": outcome}
    given = await on_activity(api, activity_id, knowledgeAfter=81)
    done = await api.do("recordActivityOutcome", COORDINATOR, want=want, **given)
    assert done["activity"]["outcome"] == {**outcome, "knowledgeAfter": 81}
    for wrong, code in (
        ({"knowledgeAfter": 101}, "COUNT_OUT_OF_RANGE"),
        ({"peopleReached": 10}, "NOT_A_CAMPAIGN"),
        ({}, "NOTHING_TO_CHANGE"),
    ):
        again = await on_activity(api, activity_id, **wrong)
        assert (await refusal(api, "recordActivityOutcome", OFFICER, **again))[1] == code


async def test_activities_are_filtered_and_paged_for_all_who_see_them(world: World, api: Api) -> None:
    await planned(world)
    await planned(world, after=timedelta(days=30))
    publicity: dict[str, Any] = {"topics": ["UNPAID_WAGES"], "channels": [PublicityChannel.LEAFLET]}
    campaign = await planned(world, kind=ActivityKind.CAMPAIGN, project="รณรงค์ค่าจ้าง", area_code="4302", **publicity)
    await invited(world, campaign, groups=[Group((K.VOLUNTEER,), "430201")])

    async def counted(by: str = DLPW, **wanted: Any) -> int:
        found: int = (await api.ask(LISTED, by, filter=wanted))["activities"]["totalCount"]["count"]
        return found

    page = (await api.ask(LISTED, VOLUNTEER, first=1))["activities"]
    assert (page["totalCount"], [node["round"] for node in page["nodes"]]) == ({"count": 3}, [2])
    rest = (await api.ask(LISTED, VOLUNTEER, first=5, after=page["pageInfo"]["endCursor"]))["activities"]["nodes"]
    assert [node["kind"] for node in rest] == ["CAMPAIGN", "TRAINING"]
    assert await counted(kinds=["CAMPAIGN"]) == await counted(area="4302") == 1
    assert await counted(project=PROJECT, fiscalYear=2570) == await counted(area="4301", states=["PLANNED"]) == 2
    assert (
        await counted(office={"code": "DLPW-43"}) == await counted(beginsBetween={"until": "2026-11-01T00:00:00Z"}) == 0
    )
    assert await counted(OTHER_VOLUNTEER, invited=True) == 1
    assert await counted(OTHER_VOLUNTEER, invited=False) == 2
    assert await counted(AUDITOR) == await counted(ADMIN) == 3
    answer = await api.answer(LISTED, DLPW, filter={"area": "4100"})
    assert answer["errors"][0]["extensions"]["code"] == "AREA_UNKNOWN"


async def test_a_case_names_its_campaign_and_the_campaign_counts_its_cases_by_tambon(world: World, api: Api) -> None:
    campaign = await planned(world, kind=ActivityKind.CAMPAIGN, topics=["UNPAID_WAGES"])
    training = await planned(world)
    ids = api.id("Activity", campaign), api.id("Activity", training)
    citizen = {"id": api.id("Citizen", await world.citizen())}
    opening = {"citizen": citizen, "problemTypes": ["UNPAID_WAGES"], "area": "430116", "narrative": "ฟังหอกระจายข่าว",
               "channel": "VOLUNTEER"}  # fmt: skip
    refused = await refusal(api, "openCase", VOLUNTEER, campaign=ids[1], **opening)
    assert refused == ("InvalidInput", "NOT_A_CAMPAIGN", ["input", "campaign"])
    missing = await refusal(api, "openCase", VOLUNTEER, campaign=api.id("Activity", 2**40), **opening)
    assert missing == ("NotFound", "NOT_FOUND", ["input", "campaign"])
    done = await api.do("openCase", VOLUNTEER, want="case { campaign { id } }", campaign=ids[0], **opening)
    assert done["case"] == {"campaign": {"id": ids[0]}}
    await world.case(OTHER_VOLUNTEER, area="430201", campaign_id=campaign)
    await world.case(COORDINATOR, area="430201", campaign_id=campaign)
    await world.case()
    query = """query ($id: ID!) {
      cases(filter: {campaign: $id}, first: 5) { totalCount { count } }
      node(id: $id) { ... on Activity { cases(first: 5) { totalCount { count } nodes { area { code } } }
        casesByTambon { area { code } count } } } }"""
    expected = {COORDINATOR: [("430201", 2), ("430116", 1)], MENTOR: [("430116", 1)], OTHER_VOLUNTEER: [("430201", 1)],
                SSO: [], AUDITOR: [("430201", 2), ("430116", 1)], ADMIN: []}  # fmt: skip
    for by, tambons in expected.items():
        found = await api.ask(query, by, id=ids[0])
        total = {"count": sum(count for _, count in tambons)}
        assert found["cases"]["totalCount"] == found["node"]["cases"]["totalCount"] == total
        assert [(row["area"]["code"], row["count"]) for row in found["node"]["casesByTambon"]] == tambons


async def test_a_page_of_fifty_costs_as_many_statements_as_one(world: World, api: Api) -> None:
    await invited(world, await planned(world, kind=ActivityKind.CAMPAIGN))
    async with world.owner.begin() as connection:
        await connection.execute(text(FORTY_NINE_MORE))
    query = """query ($first: Int!) { activities(first: $first) { nodes { project host { code } createdBy { name }
      invited attended attendance { role } participants(first: 2) { nodes { seat { name } person { name } } }
      cases(first: 2) { nodes { reference } } casesByTambon { count } } } }"""
    await api.ask(query, COORDINATOR, first=1)
    costs = []
    for size in (1, 50):
        with api.statements() as seen:
            assert len((await api.ask(query, COORDINATOR, first=size))["activities"]["nodes"]) == size
        costs.append(len(seen))
    assert costs == [9, 9]


async def test_a_material_is_sent_scanned_and_given_to_all_who_see_the_activity(world: World, api: Api) -> None:
    activity_id = await planned(world)
    given = {name: value for name, value in PHOTO.given().items() if name != "audience"}
    sent = {"activity": api.id("Activity", activity_id), **given}
    assert (await refusal(api, "requestMaterialUpload", MENTOR, **sent))[1] == "NOT_PERMITTED"
    want = "attachment { id state } upload { url }"
    done = await api.do("requestMaterialUpload", OFFICER, want=want, **sent)
    assert (done["attachment"]["state"], done["upload"]["url"][:9]) == ("REQUESTED", "/uploads/")
    (kept,) = await world.rows("SELECT id, object_key FROM attachment")
    query = """query ($id: ID!) { node(id: $id) { ... on Activity { materials(first: 5) { nodes { fileName state
      download { url } } } } } }"""

    async def materials(by: str) -> Any:
        return (await api.ask(query, by, id=sent["activity"]))["node"]["materials"]["nodes"]

    assert await materials(VOLUNTEER) == []
    folder = LocalFolder(world.files, world.keys)
    await folder.receive(kept.object_key, chunks(PHOTO.content), byte_count=len(PHOTO.content), sha256=PHOTO.sha256)
    confirmed = await api.do("confirmUpload", OFFICER, want="attachment { state }", attachment=done["attachment"]["id"])
    assert confirmed["attachment"] == {"state": "QUARANTINED"}
    assert await scanned(world, kept.id, None)
    for by in (VOLUNTEER, DLPW, AUDITOR, ADMIN):
        (shown_file,) = await materials(by)
        assert (shown_file["fileName"], shown_file["state"]) == (PHOTO.name, "CLEAN")
        assert shown_file["download"]["url"].startswith("/files/")
    kinds = await world.rows("SELECT subject_kind, kind FROM event ORDER BY id")
    assert [tuple(row) for row in kinds][1:] == [("ACTIVITY", "ATTACHMENT_ADDED"), ("ACTIVITY", "ATTACHMENT_SCANNED")]


async def test_guests_are_forgotten_two_years_after_and_still_count(world: World, api: Api) -> None:
    activity_id = await planned(world)
    await invited(world, activity_id, guests=[Guest("นางแขก มาไกล")])
    world.now += timedelta(days=700)
    assert await forget_old_guests(world.worker, now=world.now) == 0
    world.now += timedelta(days=40)
    assert await forget_old_guests(world.worker, now=world.now) == 1
    found = await shown(api, activity_id, OFFICER)
    assert (found["invited"], [node["guestName"] for node in found["participants"]["nodes"]]) == (1, [None])


@pytest.mark.parametrize(("project", "code"), [("\0", "TEXT_BROKEN"), ("  \n", "TEXT_MISSING")])
async def test_a_project_that_nobody_can_have_written_is_refused(api: Api, project: str, code: str) -> None:
    query = "query ($project: String) { activities(first: 1, filter: { project: $project }) { nodes { id } } }"
    (error,) = (await api.answer(query, COORDINATOR, project=project))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["path"]) == (code, ["filter", "project"])
