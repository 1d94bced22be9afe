"""What leaked out of other systems, and does not here: each leak by name, with where it is told."""

from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.add_note import add_note
from casework.actions.update_citizen import Correction, update_citizen
from models.vocabulary import Audience, CaseState, Level
from server.database import DatabaseUrls
from tests.api import Api
from tests.casework import situations
from tests.casework.policy.eyes import level_of
from tests.schema.following import follow, stamped, start
from tests.schema.scenes_of_endings import merged, twins
from tests.schema.stage import on_case
from tests.world import AUDITOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

NESTED = """query ($id: ID!) { node(id: $id) { ... on Case {
  citizen { cases(first: 9) { nodes { id } totalCount { count } stateCounts { state count } } }
} } }"""


async def test_a_nested_list_is_guarded_like_the_list_that_led_to_it(world: World, api: Api) -> None:
    """vendure#730: the outer list was filtered by channel, the relation below it was not."""
    shown, hidden = await twins(world)
    await world.referral(await _screened(world, shown))
    (sent,) = await world.rows("SELECT id FROM referral")
    await situations.bring(world, sent.id, situations.R.RECEIVED)
    assert [await level_of(world, DLPW, case) for case in (shown, hidden)] == [Level.WORK, None]
    found = (await api.ask(NESTED, DLPW, id=api.id("Case", shown)))["node"]["citizen"]["cases"]
    assert found["nodes"] == [{"id": api.id("Case", shown)}]
    assert found["totalCount"] == {"count": 1}
    assert sum(one["count"] for one in found["stateCounts"]) == 1


async def _screened(world: World, case_id: int) -> int:
    await situations.status(world, case_id, CaseState.SCREENING)
    return case_id


@pytest.mark.parametrize(
    "wanted", [{}, {"sensitive": False}, {"area": "4301"}, {"search": "ค่าจ้าง"}, {"agency": "DLPW"}]
)
async def test_a_count_counts_what_is_seen(world: World, api: Api, wanted: dict[str, Any]) -> None:
    """prisma1#530: permissions hid the rows of a list, its aggregate counted them all."""
    await world.case()
    query = """query ($filter: CaseFilter) {
      cases(filter: $filter, first: 1) { totalCount { count } stateCounts { count } } }"""
    for by, count in ((VOLUNTEER, 1), (OTHER_VOLUNTEER, 0), (SSO, 0)):
        found = (await api.ask(query, by, filter=wanted))["cases"]
        assert (found["totalCount"]["count"], sum(one["count"] for one in found["stateCounts"])) == (count, count)


async def test_a_search_finds_nothing_that_the_searcher_may_not_read(world: World, api: Api) -> None:
    """Open Zaak CVE-2026-54657: the search went around the authorisations that the list obeyed."""
    case_id = await world.case()
    citizen_id = await world.value("SELECT id FROM citizen")
    await world.act(VOLUNTEER, update_citizen, citizen_id=citizen_id, expected_version=1, correction=RENAMED)
    query = """query ($words: String!) {
      cases(filter: {search: $words}, first: 9) { nodes { id } totalCount { count } }
      citizens(filter: {search: $words}, first: 9) { nodes { id } totalCount { count } } }"""
    nothing = {"nodes": [], "totalCount": {"count": 0}}
    for words in ("ศรีสมบัติ", "ค่าจ้าง"):
        for by in (AUDITOR, OTHER_VOLUNTEER, SSO):  # the auditor sees the case, and not these words of it
            assert await api.ask(query, by, words=words) == {"cases": nothing, "citizens": nothing}
        found = await api.ask(query, MENTOR, words=words)
        assert found["cases"]["nodes"] == [{"id": api.id("Case", case_id)}]


RENAMED = Correction(family_name="ศรีสมบัติ")


async def test_nobody_acts_on_a_record_by_its_id_alone(world: World, api: Api) -> None:
    """Primero R2-3957: users could act on records to which they had no access, by naming them."""
    case_id = await world.case()
    before = await world.fingerprint()
    given = await on_case(api, case_id, state="SCREENING")
    hidden = await api.do("updateCaseStatus", OTHER_VOLUNTEER, **given)
    absent = await api.do("updateCaseStatus", OTHER_VOLUNTEER, **given | {"case": api.case(2**40)})
    assert hidden == absent
    assert hidden["code"] == "NOT_FOUND"
    assert await world.fingerprint() == before


async def test_nobody_is_told_of_what_they_cannot_open(world: World, api: Api, urls: DatabaseUrls) -> None:
    """zammad#2215: people were notified of tickets that they had no right to open."""
    sent = await situations.referral_in(world, situations.R.IN_PROGRESS)
    for audience in (Audience.HOLDER_ONLY, Audience.OWN_AGENCY, Audience.CASE):
        await world.act(VOLUNTEER, add_note, case_id=sent.case_id, audience=audience, text="ลับ")
    await stamped(urls)
    case = api.id("Case", sent.case_id)
    heard = await follow(world, DLPW, case, start(world))
    assert [one["event"]["kind"] for one in heard].count("NOTE_ADDED") == 1
    await situations.complete(world, sent.referral_id)
    await stamped(urls)
    assert await follow(world, DLPW, case, start(world)) == []  # a status card tells of no events
    assert [one["code"] for one in await follow(world, SSO, case, start(world))] == ["NOT_FOUND"]


async def test_a_follow_that_outlives_the_access_lists_nothing(world: World, api: Api) -> None:
    """zammad#2215 again: a mention outlived the access; here a follower's list goes by what is seen today."""
    sent = await situations.referral_in(world, situations.R.IN_PROGRESS)
    await api.do("followCase", DLPW, case=api.case(sent.case_id))
    query = "{ cases(filter: {followed: true}, first: 9) { nodes { narrative } totalCount { count } } }"
    assert (await api.ask(query, DLPW))["cases"]["nodes"] == [{"narrative": "นายจ้างค้างค่าจ้างสองเดือน"}]
    await situations.complete(world, sent.referral_id)
    assert (await api.ask(query, DLPW))["cases"]["nodes"] == [{"narrative": None}]
    async with world.owner.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM participation WHERE source = 'REFERRAL'")
    assert (await api.ask(query, DLPW))["cases"] == {"nodes": [], "totalCount": {"count": 0}}


async def test_no_row_shows_an_auditor_a_person(world: World, api: Api) -> None:
    """Found by the oracle: a part in the case would have shown an auditor all of it."""
    case_id = await world.case()
    given = {"case": case_id, "seat": (await world.actor(AUDITOR)).seat_id}
    async with world.owner.begin() as connection:
        statement = """INSERT INTO participation (id, case_id, seat_id, level, discloses, source, since)
            VALUES (nextval('prasan_id'), :case, :seat, 4, 7, 'HOLDER', now())"""
        await connection.execute(text(statement), given)
    assert await level_of(world, AUDITOR, case_id) is Level.ANONYMOUS
    query = "{ citizens(first: 9) { totalCount { count } } cases(first: 9) { nodes { citizen { id } } } }"
    found = await api.ask(query, AUDITOR)
    assert found == {"citizens": {"totalCount": {"count": 0}}, "cases": {"nodes": [{"citizen": None}]}}


async def test_who_does_not_see_a_merged_case_is_not_told_that_it_was_merged(world: World, api: Api) -> None:
    """Found by the oracle: `unmergeCases` answered for the other case, which is seen, before it asked for this one."""
    target, source = await merged(world)
    await world.referral(await _screened(world, target))
    answers = [
        await api.do("unmergeCases", DLPW, case=api.case(case_id), expectedVersion=2) for case_id in (source, 2**40)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "NOT_FOUND"
