"""Notices over HTTP: the inbox of a post, what is told about a case, and what nobody else hears."""

from datetime import timedelta
from typing import Any

from models.vocabulary import ReferralState
from tests.api import Api
from tests.casework import situations
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, DOE, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

INBOX = """{ viewer { notices(first: 10) { totalCount { count } nodes { reason reasonThai since endedAt
  seat { kind } office { code } referral { toOffice { code } } case { id } } } } }"""
OF_CASE = """query ($id: ID!) { node(id: $id) { ... on Case { notices(first: 10) {
  nodes { id reason endedAt seat { kind } office { code } } } } } }"""


async def inbox(api: Api, by: str) -> list[dict[str, Any]]:
    found = (await api.ask(INBOX, by))["viewer"]["notices"]
    assert found["totalCount"]["count"] == len(found["nodes"])
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


async def test_each_is_told_what_is_theirs_and_it_ends_by_itself(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    world.now += timedelta(days=7)
    await world.tend()
    ((mine,), nothing) = (await inbox(api, DLPW), await inbox(api, VOLUNTEER))
    assert nothing == []
    assert mine == {
        "reason": "REFERRAL_UNANSWERED",
        "reasonThai": "การส่งต่อยังไม่มีผู้ตอบ",
        "since": "2026-11-19T09:30:00Z",
        "endedAt": None,
        "seat": None,
        "office": {"code": "DLPW-43"},
        "referral": {"toOffice": {"code": "DLPW-43"}},
        "case": {"id": api.id("Case", sent.case_id)},
    }
    world.now += timedelta(days=30)
    await world.tend()
    assert await inbox(api, DLPW) == []
    heard = {by: [one["reason"] for one in await inbox(api, by)] for by in (VOLUNTEER, MENTOR, COORDINATOR)}
    assert heard == {VOLUNTEER: ["REFERRAL_LAPSED"], MENTOR: ["REFERRAL_LAPSED"], COORDINATOR: []}
    for stranger in (OTHER_VOLUNTEER, OTHER_MENTOR, DOE, AUDITOR, ADMIN):
        assert await inbox(api, stranger) == []


async def test_who_sees_a_case_sees_who_was_told_about_it_and_nobody_else_does(world: World, api: Api) -> None:
    sent = await situations.referral_in(world, ReferralState.SENT)
    world.now += timedelta(days=7)
    await world.tend()
    case = api.id("Case", sent.case_id)
    told = (await api.ask(OF_CASE, VOLUNTEER, id=case))["node"]["notices"]["nodes"]
    assert [(one["reason"], one["office"]) for one in told] == [("REFERRAL_UNANSWERED", {"code": "DLPW-43"})]
    found = "query ($id: ID!) { node(id: $id) { ... on Notice { reason } } }"
    assert (await api.ask(found, DLPW, id=told[0]["id"]))["node"] == {"reason": "REFERRAL_UNANSWERED"}
    for stranger in (OTHER_VOLUNTEER, OTHER_MENTOR, DOE, ADMIN):
        assert (await api.ask(OF_CASE, stranger, id=case))["node"] is None
        assert (await api.ask(found, stranger, id=told[0]["id"]))["node"] is None
        async with world.looking(stranger) as connection:
            assert (await connection.exec_driver_sql("SELECT count(*) FROM notice")).scalar_one() == 0


async def test_a_sensitive_case_is_told_to_those_who_may_see_it(world: World, api: Api) -> None:
    case_id = await situations.in_progress(world, "HARASSMENT")
    await world.referral(case_id, problem_type_code="HARASSMENT")
    world.now += timedelta(days=7)
    await world.tend()
    assert await inbox(api, DLPW) == []
    assert [one["reason"] for one in await inbox(api, "officer DLPW-43 2")] == ["REFERRAL_UNANSWERED"]


async def test_an_inbox_costs_one_statement_more_however_much_is_in_it(world: World, api: Api) -> None:
    query = "{ viewer { notices(first: 50) { nodes { reason case { reference state } referral { state } } } } }"
    counts = []
    for number in (1, 4):
        for _ in range(number):
            await situations.referral_in(world, ReferralState.SENT)
        world.now += timedelta(days=7)
        await world.tend()
        with api.statements() as seen:
            nodes = (await api.ask(query, DLPW))["viewer"]["notices"]["nodes"]
        counts.append((len(nodes), len(seen)))
    assert [found for found, _ in counts] == [1, 5]
    assert counts[0][1] == counts[1][1]
