"""Activities over HTTP: from the plan to the outcome, and who sees what of them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.create_activity import create_activity
from casework.actions.invite_participants import Group, Guest
from casework.guests import forget_old_guests
from models.activity_words import ActivityKind, PublicityChannel
from models.vocabulary import SeatKind
from server.local_folder import LocalFolder
from tests.api import Api
from tests.files import PHOTO, chunks, scanned
from tests.schema.on_activities import refusal, shown
from tests.schema.scenes_of_activities import (
    OFFICER,
    PROJECT,
    invited,
    on_activity,
    plan,
    planned,
)
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

K = SeatKind
LISTED = """query ($filter: ActivityFilter, $first: Int = 5, $after: String) {
  activities(filter: $filter, first: $first, after: $after) { totalCount { count } pageInfo { endCursor hasNextPage }
    nodes { kind round fiscalYear venue } } }"""


FORTY_NINE_MORE = """INSERT INTO activity SELECT more.* FROM generate_series(2, 50) n, LATERAL (
    SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', nextval('prasan_id'), 'round', n, 'begins_at', a.begins_at - n * interval '1 day'))).* FROM activity a
    ) more"""


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


async def test_a_project_of_a_long_name_is_found_by_it(world: World, api: Api) -> None:
    project = "โครงการ" + "ก" * 293
    await planned(world, project=project)
    query = "query ($project: String) { activities(first: 1, filter: { project: $project }) { nodes { project } } }"
    assert (await api.ask(query, COORDINATOR, project=project))["activities"]["nodes"] == [{"project": project}]


@pytest.mark.parametrize(("project", "code"), [("\0", "TEXT_BROKEN"), ("  \n", "TEXT_MISSING")])
async def test_a_project_that_nobody_can_have_written_is_refused(api: Api, project: str, code: str) -> None:
    query = "query ($project: String) { activities(first: 1, filter: { project: $project }) { nodes { id } } }"
    (error,) = (await api.answer(query, COORDINATOR, project=project))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["path"]) == (code, ["filter", "project"])
