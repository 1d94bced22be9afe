"""Statements over the API: who reads which, in which order, at which cost, and what the database shows by itself."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.confirm_closing import confirm_closing
from casework.actions.dispute_statement import dispute_statement
from casework.actions.record_outcome import record_outcome
from casework.actions.reopen_case import reopen_case
from casework.actions.uphold_statement import uphold_statement
from casework.freezing import freeze_month
from casework.outcomes import Result
from casework.policy.permissions import may_with_post
from models.action_words import SeatAction
from models.vocabulary import Outcome
from resolvers.context import Context
from resolvers.seats import seats_by_ids
from tests.api import Api
from tests.casework import situations
from tests.schema.stage import NEIGHBOUR, seat_id
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    VOLUNTEER,
    World,
)

NOVEMBER = date(2026, 11, 1)
AFTERWARDS = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
HEAD = "head DLPW-43"
READERS = (VOLUNTEER, NEIGHBOUR, MENTOR, OTHER_MENTOR, DLPW, HEAD, COORDINATOR, AUDITOR, ADMIN)
ONE = """query ($seat: ID!, $month: Date!) { node(id: $seat) { ... on Seat { statement(month: $month) {
  month monthThai frozen version madeAt peopleServed casesOpened casesAdvanced casesClosed recovered
  outcomes { outcome problems recovered } context { vacancyDays openHeld }
  dispute { state reason answer answeredBy { kind } } versions { version dispute { state } }
} } } }"""
OF_THE_PROVINCE = """SELECT s.id FROM seat s LEFT JOIN office o ON o.id = s.office_id
  WHERE s.area_code LIKE '43%' OR o.province_code = '43'"""
LIST = """query ($area: String!, $month: Date!, $first: Int!, $after: String) {
  statements(area: $area, month: $month, first: $first, after: $after) {
    nodes { seat { id kind } version } totalCount { count } pageInfo { hasNextPage endCursor } } }"""


async def freeze(world: World) -> None:
    world.now = AFTERWARDS
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)


async def one(api: Api, by: str, of: str = VOLUNTEER, month: str = "2026-11-01") -> Any:
    return (await api.ask(ONE, by, seat=await seat_id(api, of), month=month))["node"]["statement"]


async def listed(api: Api, by: str, area: str = "43", **more: Any) -> Any:
    return (await api.ask(LIST, by, **{"area": area, "month": "2026-11-01", "first": 100, **more}))["statements"]


async def test_a_running_month_moves_and_a_frozen_one_does_not(world: World, api: Api) -> None:
    case_id = await situations.resolved(world)
    before = await one(api, VOLUNTEER, month="2026-11-30")
    assert (before["frozen"], before["version"], before["versions"], before["dispute"]) == (False, 0, [], None)
    assert (before["month"], before["monthThai"]) == ("2026-11-01", "พฤศจิกายน 2569")
    assert (before["peopleServed"], before["casesOpened"], before["casesAdvanced"], before["casesClosed"]) == (
        1,
        1,
        1,
        0,
    )
    assert before["outcomes"] == [{"outcome": "ADVISED", "problems": 1, "recovered": "0.00"}]
    assert before["context"] == {"vacancyDays": 0, "openHeld": 1}
    await world.on_case(VOLUNTEER, confirm_closing, case_id, note="ยืนยันแล้ว")
    await freeze(world)
    frozen = await one(api, VOLUNTEER)
    assert (frozen["frozen"], frozen["version"], frozen["casesClosed"]) == (True, 1, 1)
    assert frozen["versions"] == [{"version": 1, "dispute": None}]
    await world.on_case(VOLUNTEER, reopen_case, case_id, reason="นายจ้างจ่ายเพิ่ม")
    result = Result(Outcome.PAID, None, Decimal(500))
    await world.on_case(VOLUNTEER, record_outcome, case_id, problem_type_code="UNPAID_WAGES", result=result)
    assert await one(api, VOLUNTEER) == frozen
    december = await one(api, VOLUNTEER, month="2026-12-01")
    assert (december["frozen"], december["outcomes"], december["recovered"]) == (
        False,
        [{"outcome": "PAID", "problems": 1, "recovered": "500.00"}],
        "500.00",
    )


async def test_a_month_to_come_is_refused_and_one_before_the_post_is_null(api: Api) -> None:
    assert await one(api, VOLUNTEER, month="2024-09-30") is None
    for month, code in (
        ("2026-12-01", "DATE_IN_FUTURE"),
        ("2569-11-01", "BUDDHIST_YEAR"),
        ("1980-01-01", "DATE_TOO_EARLY"),
    ):
        answer = await api.answer(ONE, VOLUNTEER, seat=await seat_id(api, VOLUNTEER), month=month)
        assert answer["errors"][0]["extensions"]["code"] == code
        answer = await api.answer(LIST, VOLUNTEER, area="43", month=month, first=1)
        assert (answer["errors"][0]["extensions"]["code"], answer["data"]["statements"]) == (code, None)
    unknown = await api.answer(LIST, COORDINATOR, area="9999", month="2026-11-01", first=1)
    assert unknown["errors"][0]["extensions"]["code"] == "AREA_UNKNOWN"
    assert (await listed(api, COORDINATOR, month="2024-09-01"))["totalCount"] == {"count": 0}


@pytest.mark.parametrize("is_frozen", [False, True])
async def test_field_list_rule_and_database_show_the_same_posts(world: World, api: Api, *, is_frozen: bool) -> None:
    if is_frozen:
        await freeze(world)
    posts = {api.id("Seat", row.id): row.id for row in await world.rows(OF_THE_PROVINCE)}
    counts = {}
    for by in READERS:
        actor = await world.actor(by)
        context = Context(world.services(), thai=True, reference=world.reference, now=world.now, by=actor)
        seats = await seats_by_ids(list(posts.values()), context=context)
        await context.close()
        allowed = {
            seat.id for seat in seats if seat and may_with_post(actor, SeatAction.READ_STATEMENTS, seat).refusal is None
        }
        found = await listed(api, by)
        assert {posts[node["seat"]["id"]] for node in found["nodes"]} == allowed, by
        assert found["totalCount"]["count"] == len(allowed)
        counts[by] = len(allowed)
        if is_frozen:
            async with world.looking(by) as connection:
                shown = set((await connection.execute(text("SELECT seat_id FROM statement"))).scalars())
            assert shown & set(posts.values()) == allowed, by
    # A volunteer, a mentor's sixteen and itself, the head's two officers, the coordinator's 62 + 9 and four officers.
    assert counts[VOLUNTEER] == counts[NEIGHBOUR] == counts[DLPW] == 1
    assert (counts[MENTOR], counts[HEAD], counts[COORDINATOR], counts[AUDITOR], counts[ADMIN]) == (17, 3, 76, 88, 0)


@pytest.mark.parametrize("by", [NEIGHBOUR, OTHER_VOLUNTEER, OTHER_MENTOR, DLPW, HEAD, ADMIN])
async def test_a_stranger_is_told_nothing_frozen_or_not(world: World, api: Api, by: str) -> None:
    await situations.resolved(world)
    assert await one(api, by) is None
    await freeze(world)
    assert await one(api, by) is None
    async with world.looking(by) as connection:
        post = (await world.actor(VOLUNTEER)).seat_id
        for question in ("figures_now", "outcomes_now"):
            asked = text(f"SELECT count(*) FROM {question}(ARRAY[CAST(:post AS BIGINT)], '2026-11-01')")
            assert (await connection.execute(asked, {"post": post})).scalar_one() == 0


async def test_an_auditor_reads_that_it_was_disputed_and_no_word_of_it(world: World, api: Api) -> None:
    await freeze(world)
    post = (await world.actor(VOLUNTEER)).seat_id
    await world.act(VOLUNTEER, dispute_statement, seat_id=post, month=NOVEMBER, reason="นับไม่ครบ")
    await world.act(MENTOR, uphold_statement, seat_id=post, month=NOVEMBER, answer="นับครบแล้ว")
    state = {"state": "UPHELD", "answeredBy": {"kind": "MENTOR"}}
    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        assert (await one(api, by))["dispute"] == {**state, "reason": "นับไม่ครบ", "answer": "นับครบแล้ว"}
    assert (await one(api, AUDITOR))["dispute"] == {**state, "reason": None, "answer": None}
    async with world.looking(AUDITOR) as connection:
        assert (await connection.execute(text("SELECT count(*) FROM statement_dispute_text"))).scalar_one() == 0


async def test_a_list_goes_by_area_and_post_page_after_page(world: World, api: Api) -> None:
    await situations.resolved(world, by="volunteer 430201")
    nodes: list[Any] = []
    after = None
    for size in (3, 70, 100):
        page = await listed(api, COORDINATOR, first=size, after=after)
        nodes, after = nodes + page["nodes"], page["pageInfo"]["endCursor"]
    assert not page["pageInfo"]["hasNextPage"]
    assert nodes == (await listed(api, COORDINATOR))["nodes"]
    kinds = [node["seat"]["kind"] for node in nodes]
    assert kinds[:7] == ["COORDINATOR", *["OFFICER"] * 4, "MENTOR", "VOLUNTEER"]
    amphoe = (await listed(api, MENTOR, area="4301"))["nodes"]
    assert [node["seat"]["kind"] for node in amphoe] == ["MENTOR", *["VOLUNTEER"] * 16]
    assert (await listed(api, MENTOR, area="4302"))["nodes"] == []


async def test_a_page_of_fifty_costs_as_many_statements_as_one(world: World, api: Api) -> None:
    await situations.resolved(world)
    query = """query ($first: Int!) { statements(area: "43", month: "2026-11-01", first: $first) { nodes {
      seat { id } recovered outcomes { problems } context { openHeld } dispute { state } versions { version }
    } totalCount { count } } }"""
    for freezes, cost in ((False, 8), (True, 9)):
        if freezes:
            await freeze(world)
        counted = []
        for first in (1, 50):
            await api.ask(query, COORDINATOR, first=first)
            with api.statements() as seen:
                nodes = (await api.ask(query, COORDINATOR, first=first))["statements"]["nodes"]
            assert len(nodes) == first
            counted.append(len(seen))
        assert counted == [cost, cost], freezes


async def test_what_came_of_a_sensitive_case_stands_in_no_statement(world: World, api: Api) -> None:
    """A mentor sees such a case at STATUS; the volunteer's statement tells no more of it."""
    for problem, amount in (("UNPAID_WAGES", 300), ("HARASSMENT", 55_555)):
        case_id = await situations.in_progress(world, problem)
        result = Result(Outcome.SETTLED, Decimal(amount), Decimal(amount))
        await world.on_case(VOLUNTEER, record_outcome, case_id, problem_type_code=problem, result=result)
    expected = ([{"outcome": "SETTLED", "problems": 1, "recovered": "300.00"}], "300.00")
    for _ in ("as it runs", "frozen"):
        for by in (VOLUNTEER, MENTOR, COORDINATOR, AUDITOR):
            told = await one(api, by)
            assert (told["outcomes"], told["recovered"]) == expected, by
            assert (told["casesOpened"], told["frozen"]) == (2, world.now == AFTERWARDS)
        await freeze(world)


async def test_a_case_that_a_volunteer_does_not_see_is_not_told_by_a_count(world: World, api: Api) -> None:
    query = """query ($seat: ID!) { node(id: $seat) { ... on Seat { statement(month: "2026-11-01") {
      context { casesInArea } } } } }"""

    async def counted(by: str, of: str) -> Any:
        return (await api.ask(query, by, seat=await seat_id(api, of)))["node"]["statement"]["context"]["casesInArea"]

    await world.case(VOLUNTEER)
    await world.case(COORDINATOR, "HARASSMENT")
    for _ in ("as it runs", "frozen"):
        assert [await counted(by, VOLUNTEER) for by in (VOLUNTEER, MENTOR, COORDINATOR, AUDITOR)] == [None, 2, 2, 2]
        assert [await counted(by, DLPW) for by in (DLPW, HEAD, AUDITOR)] == [None, None, 2]
        assert await counted(MENTOR, MENTOR) == 2
        await freeze(world)
