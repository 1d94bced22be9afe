"""Filters by problem, agency, citizen, sensitivity, due date and time: exact, together, and no oracle."""

from datetime import timedelta
from typing import Any

import pytest

from casework.actions.follow_case import follow_case
from models.vocabulary import ReferralState
from tests.api import Api
from tests.casework import situations
from tests.world import AUDITOR, COORDINATOR, DLPW, MENTOR, MONDAY, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

QUERY = "query ($filter: CaseFilter) { cases(first: 100, filter: $filter) { nodes { id } totalCount { count } } }"


def at(hours: int) -> str:
    return (MONDAY + timedelta(hours=hours)).isoformat()


@pytest.fixture
async def cases(world: World) -> dict[str, int]:
    """Six cases; each is named by what sets it apart. An action happens every hour: registering, then opening.

    wages (opened at hour 1), injured (3; with WORK_INJURY too), child (5; sensitive), late (7; due), ended (9; was
    due), far (11; of another amphoe).
    """
    made = {
        "wages": await world.case(),
        "injured": await world.case(VOLUNTEER, "UNPAID_WAGES", "WORK_INJURY"),
        "child": await world.case(VOLUNTEER, "CHILD_LABOUR"),
        "late": await world.case(VOLUNTEER, "JOB_SEARCH"),
        "ended": await world.case(VOLUNTEER, "MATERNITY"),
        "far": await world.case(OTHER_VOLUNTEER, "SKILL_TRAINING", area="430201"),
    }
    async with world.owner.begin() as connection:
        for name in ("late", "ended"):
            await connection.exec_driver_sql(f"UPDATE \"case\" SET due_at = '{at(2)}' WHERE id = {made[name]}")
        await connection.exec_driver_sql(f"UPDATE \"case\" SET due_at = '{at(9000)}' WHERE id = {made['wages']}")
        await connection.exec_driver_sql(f"UPDATE \"case\" SET ended_at = '{at(12)}' WHERE id = {made['ended']}")
    return made


ALL = {"wages", "injured", "child", "late", "ended", "far"}
VISIBLE = {
    VOLUNTEER: ALL - {"far"},
    MENTOR: ALL - {"far"},
    COORDINATOR: ALL,
    AUDITOR: ALL,
    OTHER_VOLUNTEER: {"far"},
    DLPW: set(),
}
FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({"problemTypes": ["UNPAID_WAGES"]}, {"wages", "injured"}),
    ({"problemTypes": ["WORK_INJURY", "JOB_SEARCH", "JOB_SEARCH"]}, {"injured", "late"}),
    ({"problemTypes": []}, set()),
    ({"agency": "DLPW"}, {"wages", "injured", "child"}),
    ({"agency": "SSO"}, {"injured", "ended"}),
    ({"agency": "OPS"}, set()),
    ({"agency": "SSO", "problemTypes": ["UNPAID_WAGES"]}, {"injured"}),
    ({"sensitive": True}, {"child"}),
    ({"sensitive": False}, ALL - {"child"}),
    ({"overdue": True}, {"late"}),
    ({"overdue": False}, ALL - {"late"}),
    ({"openedBetween": {}}, ALL),
    ({"openedBetween": {"from": at(3)}}, ALL - {"wages"}),
    ({"openedBetween": {"until": at(3)}}, {"wages"}),
    ({"openedBetween": {"from": at(3), "until": at(5)}}, {"injured"}),
    ({"openedBetween": {"from": "2026-11-16T12:00:00+07:00", "until": "2026-11-16T14:00:00+07:00"}}, {"injured"}),
    ({"updatedBetween": {"from": at(11)}}, {"far"}),
    ({"updatedBetween": {"until": at(3)}}, {"wages"}),
    ({"agency": "DLPW", "sensitive": False, "openedBetween": {"until": at(4)}, "area": "4301"}, {"wages", "injured"}),
]


async def test_every_filter_gives_exactly_what_it_names_and_the_actor_sees(api: Api, cases: dict[str, int]) -> None:
    names = {api.id("Case", number): name for name, number in cases.items()}
    for wanted, matching in FILTERS:
        for by, visible in VISIBLE.items():
            found = (await api.ask(QUERY, by, filter=wanted))["cases"]
            shown = {names[node["id"]] for node in found["nodes"]}
            assert shown == matching & visible, (wanted, by)
            assert found["totalCount"]["count"] == len(shown), (wanted, by)


async def test_a_citizens_cases_are_found_only_by_those_who_see_the_citizen(world: World, api: Api) -> None:
    case_id, referral_id = await situations.referral_in(world, ReferralState.SENT)
    citizen = await world.value('SELECT citizen_id FROM "case"')
    wanted = {"citizen": api.id("Citizen", citizen)}
    mine, nothing = [{"id": api.id("Case", case_id)}], {"nodes": [], "totalCount": {"count": 0}}
    for by in (VOLUNTEER, MENTOR, COORDINATOR):
        found = await api.ask(QUERY, by, filter=wanted)
        assert found["cases"] == {"nodes": mine, "totalCount": {"count": 1}}, by
    for by in (DLPW, AUDITOR, SSO):  # DLPW and the auditor see the case, without a person
        assert (await api.ask(QUERY, by, filter=wanted))["cases"] == nothing, by
    await situations.bring(world, referral_id, ReferralState.RECEIVED)
    assert (await api.ask(QUERY, DLPW, filter=wanted))["cases"]["nodes"] == mine


BAD: list[tuple[dict[str, Any], str, list[str]]] = [
    ({"problemTypes": ["UNPAID_WAGES", "NONE"]}, "PROBLEM_TYPE_UNKNOWN", ["filter", "problemTypes", "1"]),
    ({"problemTypes": [""]}, "PROBLEM_TYPE_UNKNOWN", ["filter", "problemTypes", "0"]),
    ({"agency": "dlpw"}, "AGENCY_UNKNOWN", ["filter", "agency"]),
    ({"agency": "\x00"}, "AGENCY_UNKNOWN", ["filter", "agency"]),
    ({"citizen": "p1"}, "NOT_FOUND", ["filter", "citizen"]),
    ({"openedBetween": {"from": at(3), "until": at(3)}}, "PERIOD_EMPTY", ["filter", "openedBetween"]),
    ({"updatedBetween": {"from": at(4), "until": at(3)}}, "PERIOD_EMPTY", ["filter", "updatedBetween"]),
    ({"openedBetween": {"from": "2569-11-16T00:00:00Z"}}, "BUDDHIST_YEAR", ["filter", "openedBetween", "from"]),
    ({"updatedBetween": {"until": "9999-12-31T23:59:59Z"}}, "BUDDHIST_YEAR", ["filter", "updatedBetween", "until"]),
    ({"openedBetween": {"from": "0001-01-02T00:00:00Z"}}, "DATE_TOO_EARLY", ["filter", "openedBetween", "from"]),
]


@pytest.mark.parametrize(("wanted", "code", "path"), BAD)
async def test_what_makes_no_sense_is_refused_and_named(
    api: Api, wanted: dict[str, Any], code: str, path: list[str]
) -> None:
    answer = await api.answer(QUERY, COORDINATOR, filter=wanted)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"cases": None}, code)
    assert error["extensions"]["path"] == path


async def test_a_hidden_priority_moves_no_case_in_its_order(world: World, api: Api) -> None:
    """A mentor sees sensitive cases at STATUS: their order must not tell the urgent one from the others."""
    shown = await world.case()
    hidden = [await world.case(VOLUNTEER, "CHILD_LABOUR") for _ in range(3)]
    query = "{ cases(first: 10, orderBy: PRIORITY) { nodes { id priority } } }"
    expected = [
        {"id": api.id("Case", shown), "priority": "LOW"},
        *({"id": api.id("Case", case_id), "priority": None} for case_id in hidden),
    ]
    for urgent in (None, *hidden):
        async with world.owner.begin() as connection:
            await connection.exec_driver_sql("UPDATE \"case\" SET priority = 'LOW'")
            if urgent is not None:
                await connection.exec_driver_sql(f"UPDATE \"case\" SET priority = 'URGENT' WHERE id = {urgent}")
        assert (await api.ask(query, MENTOR))["cases"]["nodes"] == expected
    seen = (await api.ask(query, VOLUNTEER))["cases"]["nodes"]
    assert [node["priority"] for node in seen] == ["URGENT", "LOW", "LOW", "LOW"]


async def test_a_page_ends_among_cases_of_hidden_priority_and_goes_on(world: World, api: Api) -> None:
    hidden = [await world.case(VOLUNTEER, "CHILD_LABOUR") for _ in range(3)]
    query = """query ($after: String) { cases(first: 2, orderBy: PRIORITY, after: $after) {
      nodes { id } pageInfo { endCursor } } }"""
    first = (await api.ask(query, MENTOR))["cases"]
    rest = (await api.ask(query, MENTOR, after=first["pageInfo"]["endCursor"]))["cases"]
    assert [node["id"] for node in first["nodes"] + rest["nodes"]] == [api.id("Case", each) for each in hidden]


async def test_each_post_finds_what_it_follows_itself(world: World, api: Api) -> None:
    followed, other = await world.case(), await world.case()
    for by in (MENTOR, AUDITOR):
        await world.act(by, follow_case, case_id=followed)
    ids = {True: {api.id("Case", followed)}, False: {api.id("Case", other)}}
    everything, nothing = ids[True] | ids[False], set[str]()
    for by, expected in ((MENTOR, ids), (AUDITOR, ids), (VOLUNTEER, {True: nothing, False: everything})):
        for wanted, shown in expected.items():
            found = (await api.ask(QUERY, by, filter={"followed": wanted}))["cases"]
            assert {node["id"] for node in found["nodes"]} == shown, (by, wanted)
