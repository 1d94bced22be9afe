"""The workset of a phone: what to keep, what to forget, page by page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.accept_assignment import accept_assignment
from casework.actions.add_note import add_note
from casework.actions.assign_case import assign_case
from casework.actions.update_case_status import update_case_status
from models.vocabulary import Audience, CaseState
from server.database import DatabaseUrls
from tests.api import Api
from tests.docs.pages import operations, read
from tests.schema.following import stamped
from tests.schema.stage import NEIGHBOUR
from tests.world import COORDINATOR, VOLUNTEER, World

CHANGES = """query ($since: String, $first: Int!) { changes(since: $since, first: $first) {
  upserts { id version citizen { name } }
  tombstones { caseId reference reason holder { ... on Volunteer { id } ... on Office { code } } }
  cursor hasMore startsOver } }"""


async def ask(api: Api, by: str, since: str | None = None, first: int = 50) -> Any:
    return (await api.ask(CHANGES, by, since=since, first=first))["changes"]


def kept(page: Any) -> list[str]:
    return [case["id"] for case in page["upserts"]]


async def give_away(world: World, case_id: int) -> None:
    neighbour = await world.actor(NEIGHBOUR)
    await world.on_case(VOLUNTEER, assign_case, case_id, seat_id=neighbour.seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)


async def test_a_phone_gets_its_cases_page_by_page_and_then_what_changed(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    cases = [await world.case() for _ in range(3)]
    await world.case(NEIGHBOUR)
    await stamped(urls)
    ids = [api.id("Case", case_id) for case_id in cases]
    first = await ask(api, VOLUNTEER, first=2)
    assert (kept(first), first["hasMore"], first["tombstones"]) == (ids[:2], True, [])
    assert first["upserts"][0]["citizen"] == {"name": "สมหญิง ใจดี"}
    assert await ask(api, VOLUNTEER, first=2) == first
    second = await ask(api, VOLUNTEER, first["cursor"], first=2)
    assert (kept(second), second["hasMore"]) == (ids[2:], False)
    assert (first["startsOver"], second["startsOver"]) == (True, False)
    nothing = await ask(api, VOLUNTEER, second["cursor"])
    assert (kept(nothing), nothing["cursor"], nothing["hasMore"]) == ([], second["cursor"], False)

    for _ in range(2):
        await world.act(VOLUNTEER, add_note, case_id=cases[1], audience=Audience.CASE, text="โทรแล้ว")
    await world.on_case(VOLUNTEER, update_case_status, cases[0], state=CaseState.SCREENING)
    await stamped(urls)
    changed = await ask(api, VOLUNTEER, second["cursor"])
    assert kept(changed) == [ids[1], ids[0]]
    assert [case["version"] for case in changed["upserts"]] == [1, 2]


async def test_a_case_that_went_to_somebody_else_is_to_be_forgotten_and_says_to_whom(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id, before = await world.case(), await world.case()
    await give_away(world, before)
    await stamped(urls)
    began = await ask(api, VOLUNTEER)
    assert (kept(began), began["tombstones"]) == ([api.id("Case", case_id)], [])
    await give_away(world, case_id)
    await stamped(urls)
    page = await ask(api, VOLUNTEER, began["cursor"])
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    neighbour = api.id("Seat", (await world.actor(NEIGHBOUR)).seat_id)
    assert page["upserts"] == []
    assert page["tombstones"] == [
        {
            "caseId": api.id("Case", case_id), "reference": reference, "reason": "ACCESS_ENDED",
            "holder": {"id": neighbour},
        }
    ]  # fmt: skip
    theirs = await ask(api, NEIGHBOUR)
    assert sorted(kept(theirs)) == sorted(api.id("Case", number) for number in (case_id, before))
    await world.act(NEIGHBOUR, add_note, case_id=case_id, audience=Audience.HOLDER_ONLY, text="โทรแล้ว")
    await stamped(urls)
    assert (await ask(api, VOLUNTEER, page["cursor"]))["tombstones"] == page["tombstones"]


async def test_what_ended_stays_for_thirty_days(world: World, api: Api, urls: DatabaseUrls) -> None:
    case_id = await world.case()
    await world.on_case(VOLUNTEER, update_case_status, case_id, state=CaseState.WITHDRAWN, reason="ผู้ร้องขอถอน")
    await stamped(urls)
    assert kept(await ask(api, VOLUNTEER)) == [api.id("Case", case_id)]
    world.now += timedelta(days=31)
    assert kept(await ask(api, VOLUNTEER)) == []


async def test_what_ended_before_the_phone_began_takes_no_page(world: World, api: Api, urls: DatabaseUrls) -> None:
    long_ended, waiting = await world.case(), await world.case()
    await world.on_case(VOLUNTEER, update_case_status, long_ended, state=CaseState.WITHDRAWN, reason="ผู้ร้องขอถอน")
    await world.act(VOLUNTEER, add_note, case_id=waiting, audience=Audience.CASE, text="โทรแล้ว")
    world.now += timedelta(days=31)
    await stamped(urls)
    page = await ask(api, VOLUNTEER, first=1)
    assert (kept(page), page["tombstones"], page["hasMore"]) == ([api.id("Case", waiting)], [], False)


async def test_after_a_restore_from_an_older_copy_a_phone_starts_over(
    world: World, api: Api, urls: DatabaseUrls
) -> None:
    case_id = await world.case()
    await stamped(urls)
    began = await ask(api, VOLUNTEER)
    lost = await world.case()
    await stamped(urls)
    read = await ask(api, VOLUNTEER, began["cursor"])
    assert kept(read) == [api.id("Case", lost)]
    async with world.owner.begin() as connection:
        await connection.execute(
            text("DELETE FROM feed WHERE event_id IN (SELECT id FROM event WHERE subject_id = :id)"), {"id": lost}
        )
    anew = await ask(api, VOLUNTEER, read["cursor"])
    assert (kept(anew), anew["startsOver"]) == ([api.id("Case", case_id)], True)
    assert (await ask(api, VOLUNTEER, anew["cursor"]))["startsOver"] is False


async def test_a_cursor_is_of_one_post_and_a_page_has_at_most_fifty(api: Api) -> None:
    own = (await ask(api, VOLUNTEER))["cursor"]
    for by, since, first, code in (
        (NEIGHBOUR, own, 5, "CURSOR_INVALID"),
        (VOLUNTEER, "x", 5, "CURSOR_INVALID"),
        (VOLUNTEER, own, 0, "PAGE_SIZE_INVALID"),
        (VOLUNTEER, own, 51, "PAGE_SIZE_INVALID"),
    ):
        answer = await api.answer(CHANGES, by, since=since, first=first)
        assert answer["data"] == {"changes": None}
        assert answer["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("by", [COORDINATOR, "auditor", "admin"])
async def test_who_sees_cases_by_area_alone_has_no_workset(world: World, api: Api, urls: DatabaseUrls, by: str) -> None:
    await world.case()
    await stamped(urls)
    assert kept(await ask(api, by)) == []


NAMES = (
    *("สม", "บุญ", "ทอง", "คำ", "แก้ว", "จันทร์", "ดวง", "ใจ", "มณี", "รัตน์", "ศรี", "วงศ์", "สาย", "หอม", "พร", "ชัย"),
    *("นภา", "วิไล", "อรุณ", "ประเสริฐ", "สุข", "เดช", "ไพร", "ลำ", "เพ็ญ", "กอง", "บัว", "หล้า", "แสง", "เฮือง"),
)
PROBLEMS = ("UNPAID_WAGES", "SEVERANCE", "EMPLOYER_NOT_REGISTERED", "OTHER")
SYNC = next(
    operation.text for operation in operations("docs/how-to/volunteer-app.md") if "query Sync" in operation.text
)


async def test_a_day_of_thirty_cases_is_as_small_as_the_page_says(world: World, api: Api, urls: DatabaseUrls) -> None:
    for number in range(30):  # no two people and few titles alike, as in life: what repeats costs nothing
        given, family = (f"{NAMES[number]}{NAMES[-number]}", f"{NAMES[number // 2]}{NAMES[7 * number % 30]}")
        citizen = await world.citizen(given_name=given, family_name=family)
        await world.case(VOLUNTEER, PROBLEMS[number % len(PROBLEMS)], citizen_id=citizen)
    await stamped(urls)
    sizes: list[int] = []
    since: str | None = None
    for _ in range(2):
        response = await api.client.post(
            "/graphql", json={"query": SYNC, "variables": {"since": since}}, headers=api.headers(VOLUNTEER)
        )
        assert response.headers["content-encoding"] == "gzip"
        sizes.append(int(response.headers["content-length"]))
        since = response.json()["data"]["changes"]["cursor"]
    told = re.search(r"thirty cases are (\d+)\.(\d) kB in two pages", read("docs/how-to/volunteer-app.md"))
    assert told is not None
    most = int(told[1]) * 1000 + int(told[2]) * 100
    assert most - 500 < sum(sizes) <= most, sizes
