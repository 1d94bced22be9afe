"""The figures of a statement are those that somebody counts by hand in the journal."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.add_task import add_task
from casework.actions.assign_case import assign_case
from casework.actions.record_visit import plan_visit
from casework.freezing import freeze_month
from models.field_words import TaskFor
from models.vocabulary import CaseState
from tests.api import Api
from tests.casework import situations
from tests.casework.a_month import FIRST_OF_DECEMBER, NEIGHBOUR, NOVEMBER, OCTOBER, live, morning, of_november
from tests.casework.tally import Tally
from tests.world import COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

POSTS = 88
"""Of the demo network, without its auditor and its administrator."""
BY_HAND = {
    "people_served": 8, "cases_opened": 6, "cases_advanced": 6, "cases_closed": 2,
    "visits_made": 2, "visits_not_met": 1, "promises_kept": 3, "promises_missed": 4,
    "activities_attended": 1,
    "open_held": 5, "open_taken_part": 6, "vacancy_days": 0, "cover_days": 4, "cases_in_area": 9,
    "residents": 11_934,
}  # fmt: skip
"""VOLUNTEER's November, counted on paper in tests/casework/a_month.py."""
RUNNING = """query ($month: Date!, $area: String!) { statements(area: $area, month: $month, first: 100) { nodes {
  seat { id } frozen version peopleServed casesOpened casesAdvanced casesClosed visitsMade visitsNotMet promisesKept
  promisesMissed activitiesAttended outcomes { outcome problems recovered }
  context { openHeld openTakenPart vacancyDays coverDays casesInArea population { residents countedOn } } } } }"""
COUNTED_ON = date(2021, 12, 31)


async def frozen(world: World, month: date) -> dict[int, dict[str, Any]]:
    rows = await world.rows("SELECT * FROM statement WHERE month = :month", month=month)
    return {row.seat_id: dict(row._mapping) for row in rows}


async def outcomes(world: World, month: date) -> dict[int, dict[str, tuple[int, Decimal]]]:
    found: dict[int, dict[str, tuple[int, Decimal]]] = {}
    for row in await world.rows("SELECT * FROM statement_outcome WHERE month = :month", month=month):
        found.setdefault(row.seat_id, {})[row.outcome] = row.problems, row.recovered
    return found


async def check_running(api: Api, tally: Tally) -> None:
    """Compare a month that runs, as its coordinator reads it."""
    residents = {area.code: area.residents for area in api.world.reference.areas.values()}
    told = (await api.ask(RUNNING, COORDINATOR, month=tally.month.isoformat(), area="43"))["statements"]["nodes"]
    posts = {api.id("Seat", row.id): row.id for row in tally.tables["seat"]}
    for node in told:
        seat_id = posts[node.pop("seat")["id"]]
        assert (node.pop("frozen"), node.pop("version")) == (False, 0)
        results = {row["outcome"]: (row["problems"], Decimal(row["recovered"])) for row in node.pop("outcomes")}
        assert results == tally.outcomes(seat_id)
        context = node.pop("context")
        population = context.pop("population")
        assert population == {"residents": residents[tally.area(seat_id)], "countedOn": COUNTED_ON.isoformat()}
        assert [*node.values(), *context.values()] == list(tally.figures(seat_id).values()), seat_id


async def test_every_post_has_the_figures_that_are_counted_by_hand(world: World, api: Api) -> None:
    await live(world)
    for at in (datetime.fromisoformat("2026-11-29T20:00:00+07:00"), FIRST_OF_DECEMBER):
        world.now = at
        await check_running(api, await Tally.of(world, NOVEMBER))
    for month in (OCTOBER, NOVEMBER):
        assert await freeze_month(world.worker, world.reference, month, now=world.now) == POSTS
        tally, told, results = await Tally.of(world, month), await frozen(world, month), await outcomes(world, month)
        for seat_id, row in told.items():
            expected = tally.figures(seat_id)
            assert {name: row[name] for name in expected} == expected, (month, seat_id)
            area = world.reference.areas[tally.area(seat_id)]
            assert (row["residents"], row["residents_on"]) == (area.residents, COUNTED_ON)
            assert results.get(seat_id, {}) == tally.outcomes(seat_id), (month, seat_id)
    posts = {handle: (await world.actor(handle)).seat_id for handle in (VOLUNTEER, NEIGHBOUR, MENTOR, DLPW)}
    assert {name: told[posts[VOLUNTEER]][name] for name in BY_HAND} == BY_HAND
    assert results == {
        posts[VOLUNTEER]: {"PAID": (1, Decimal(9_000)), "SETTLED": (1, Decimal(700))},
        posts[NEIGHBOUR]: {"ADVISED": (1, Decimal(0))},
        posts[DLPW]: {"PAID": (2, Decimal("12000.50"))},
    }
    closed = {handle: told[seat_id]["cases_closed"] for handle, seat_id in posts.items()}
    assert closed == {VOLUNTEER: 2, NEIGHBOUR: 1, MENTOR: 1, DLPW: 0}


@pytest.mark.parametrize("comes_back", [False, True])
async def test_what_a_post_had_said_of_a_case_is_no_promise_once_the_case_was_passed_on_or_over(
    world: World, *, comes_back: bool
) -> None:
    world.now = datetime.fromisoformat("2026-11-02T09:00:00+07:00")
    passed_on, withdrawn = await situations.in_progress(world), await situations.in_progress(world)
    for case_id in (passed_on, withdrawn):
        await world.act(VOLUNTEER, plan_visit, case_id=case_id, day=of_november(15))
        task = {"title": "โทรหานายจ้าง", "due": of_november(15), "who": TaskFor.SEAT}
        await world.act(VOLUNTEER, add_task, case_id=case_id, **task)
    neighbour = await world.actor(NEIGHBOUR)
    morning(world, of_november(10))
    await world.on_case(VOLUNTEER, assign_case, passed_on, seat_id=neighbour.seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, passed_on)
    await situations.status(world, withdrawn, CaseState.WAITING_CITIZEN, review_on=of_november(20))
    await situations.status(world, withdrawn, CaseState.WITHDRAWN, reason="ผู้ร้องถอนเรื่อง")
    if comes_back:
        morning(world, of_november(25))
        volunteer = await world.actor(VOLUNTEER)
        await world.on_case(NEIGHBOUR, assign_case, passed_on, seat_id=volunteer.seat_id)
        await world.on_case(VOLUNTEER, accept_assignment, passed_on)
    world.now = FIRST_OF_DECEMBER
    await freeze_month(world.worker, world.reference, NOVEMBER, now=world.now)
    tally, told = await Tally.of(world, NOVEMBER), await frozen(world, NOVEMBER)
    for handle in (VOLUNTEER, NEIGHBOUR):
        row = told[(await world.actor(handle)).seat_id]
        assert {name: row[name] for name in ("promises_kept", "promises_missed")} == {
            "promises_kept": 0, "promises_missed": 0,
        }, handle  # fmt: skip
        assert tally.figures(row["seat_id"]).items() <= row.items()
