"""Statistics as each kind of caller: exact to posts, without small counts to auditors and the public."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from casework.actions.merge_cases import merge_cases
from casework.actions.record_key_date import record_key_date
from casework.actions.record_outcome import record_outcome
from casework.outcomes import Result
from casework.policy.wall import enter_public
from models.clock_words import KeyEvent
from models.vocabulary import CaseState, Outcome
from resolvers.context import StatisticsLimits
from tests.api import Api
from tests.casework import situations
from tests.resolvers.herd import herd
from tests.schema.scenes_of_endings import twins
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

QUERY = """query ($dimension: StatisticsBy, $between: Period, $filter: CaseFilter) {
  statistics(by: $dimension, between: $between, filter: $filter) { since until by threshold
    total { cases { opened closed stillOpen suppressed } people { count suppressed } }
    groups { problemType { code } agency { code } office { code } area { code } month { name } quarter { name }
      cases { opened closed stillOpen suppressed } people { count suppressed } } } }"""
SUMMER = {"from": "2026-07-01T00:00:00+07:00", "until": "2026-10-01T00:00:00+07:00"}
"""The last quarter of fiscal year 2569, the last one that is over."""
IN_UTC = {"from": "2026-08-01T00:00:00Z", "until": "2026-09-01T00:00:00Z"}
GOES_ON = {"from": "2026-11-01T00:00:00+07:00", "until": "2026-12-01T00:00:00+07:00"}


async def _ask(api: Api, by: str | None, dimension: str | None = None, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await api.ask(QUERY, by, dimension=dimension, **given))["statistics"]
    return found


def _opened(found: dict[str, Any]) -> dict[str, int | None]:
    """Give how many cases were opened in each group, by its key; that of "" is the total."""
    keys = ("problemType", "agency", "office", "area", "month", "quarter")
    told = {"": found["total"]["cases"]["opened"]}
    for group in found["groups"]:
        (key,) = (group[name] for name in keys if group[name])
        told[key.get("code") or key["name"]] = group["cases"]["opened"]
    return told


def _told(column: dict[str, int | None], *, of: int) -> dict[str, int]:
    """Give what is told of a column: to the public all groups have their row, those without any case too."""
    assert len(column) == of
    return {key: count for key, count in column.items() if count is not None}


async def _summer(world: World, **more: str) -> None:
    """In August 16 cases of one tambon, 12 of another and 3 of a third; in September 9 of the first."""
    model = await situations.screened(world)
    beginning = 1
    for copies, tambon, month in ((16, "430116", 8), (12, "430201", 8), (3, "430501", 8), (9, "430116", 9)):
        place = {"area_code": f"'{tambon}'", "amphoe_code": f"'{tambon[:4]}'", **more}
        await herd(world, model, copies, beginning=beginning, opened_at=f"'2026-0{month}-15T03:00:00Z'", **place)
        beginning += copies


async def test_a_coordinator_is_told_every_count_and_groups_that_add_up(world: World, api: Api) -> None:
    await _summer(world)
    by_tambon = await _ask(api, COORDINATOR, "TAMBON", between=SUMMER, filter={"area": "43"})
    assert by_tambon["threshold"] is None
    assert _opened(by_tambon) == {"": 40, "430116": 25, "430201": 12, "430501": 3}
    by_month = _opened(await _ask(api, COORDINATOR, "MONTH", between=SUMMER))
    assert by_month == {"": 40, "กรกฎาคม 2569": 0, "สิงหาคม 2569": 31, "กันยายน 2569": 9}
    quarters = await _ask(api, COORDINATOR, "FISCAL_QUARTER", between=SUMMER | {"until": None})
    assert _opened(quarters) == {"": 41, "ไตรมาส 4 ปีงบประมาณ 2569": 40, "ไตรมาส 1 ปีงบประมาณ 2570": 1}
    assert [group["cases"]["stillOpen"] for group in quarters["groups"]] == [40, 41]
    assert quarters["total"] == {
        "cases": {"opened": 41, "closed": 0, "stillOpen": 41, "suppressed": False},
        "people": {"count": 1, "suppressed": False},
    }


async def test_an_auditor_is_told_no_small_count_nor_nought(world: World, api: Api) -> None:
    await _summer(world)
    found = await _ask(api, AUDITOR, "TAMBON", between=SUMMER, filter={"area": "43"})
    assert found["threshold"] == 5
    assert _opened(found) == {"": 40, "430116": 25, "430201": 10, "430501": None}
    assert found["total"] == {
        "cases": {"opened": 40, "closed": None, "stillOpen": None, "suppressed": True},
        "people": {"count": None, "suppressed": True},
    }


async def test_the_public_is_told_of_a_whole_quarter_by_default(world: World, api: Api) -> None:
    await _summer(world)
    found = await _ask(api, None, "MONTH")
    assert (found["since"], found["until"]) == ("2026-06-30T17:00:00Z", "2026-09-30T17:00:00Z")
    assert _opened(found) == {"": 40, "กรกฎาคม 2569": None, "สิงหาคม 2569": 30, "กันยายน 2569": 5}
    assert [group["cases"]["stillOpen"] for group in found["groups"]] == [None] * 3
    for given in ({}, {"filter": {"area": "43"}}):
        assert _told(_opened(await _ask(api, None, "PROVINCE", **given)), of=78) == {"": 40, "43": 40}
        assert _told(_opened(await _ask(api, None, "AGENCY", **given)), of=6) == {"": 40, "DLPW": 40}
    assert _told(_opened(await _ask(api, None, "PROVINCE", filter={"area": "10"})), of=78) == {}
    assert await _ask(api, "nobody of the network", "AGENCY") == await _ask(api, None, "AGENCY")


async def test_what_a_merged_case_brought_along_counts_once(world: World, api: Api) -> None:
    first, second = await twins(world, "JOB_SEARCH")
    await situations.status(world, second, CaseState.SCREENING)
    await situations.status(world, second, CaseState.IN_PROGRESS)
    result = Result(Outcome.PAID, Decimal(10_000), Decimal(10_000))
    await world.on_case(VOLUNTEER, record_outcome, second, problem_type_code="JOB_SEARCH", result=result)
    versions = {"expected_version": await world.version(second), "expected_into_version": await world.version(first)}
    await world.act(VOLUNTEER, merge_cases, source_id=second, target_id=first, **versions)
    world.now += timedelta(days=1)
    told = (await api.ask("{ statistics { total { outcomes { outcome count recovered } } } }", COORDINATOR))[
        "statistics"
    ]
    assert told["total"]["outcomes"] == [{"outcome": "PAID", "count": 1, "recovered": "10000.00"}]


async def test_a_clock_that_began_before_its_case_counts_in_the_month_of_the_opening(world: World, api: Api) -> None:
    """A complaint of October is told in November."""
    case_id = await situations.screened(world)
    known = {"event": KeyEvent.COMPLAINT_FILED, "day": date(2026, 10, 28)}
    await world.act(VOLUNTEER, record_key_date, case_id=case_id, **known)
    assert await world.value("SELECT count(*) FROM deadline WHERE started_at < '2026-11-01T00:00:00+07:00'") == 1
    asked = "query ($between: Period) { statistics(between: $between) { total { clocks { met missed running } } } }"

    async def began(since: str, until: str) -> int:
        between = {"from": f"{since}T00:00:00+07:00", "until": f"{until}T00:00:00+07:00"}
        return sum((await api.ask(asked, COORDINATOR, between=between))["statistics"]["total"]["clocks"].values())

    all_of_them = await world.value("SELECT count(*) FROM deadline")
    assert await began("2026-10-01", "2026-11-01") == 0
    assert await began("2026-11-01", "2026-12-01") == await began("2026-10-01", "2026-12-01") == all_of_them


async def test_the_public_is_told_sensitive_problem_types_for_the_whole_country_only(world: World, api: Api) -> None:
    model = await situations.screened(world, "HARASSMENT")
    await herd(world, model, 8, opened_at="'2026-08-15T03:00:00Z'")
    assert _told(_opened(await _ask(api, None, "PROBLEM_TYPE")), of=32) == {"": 5, "HARASSMENT": 5}
    assert _told(_opened(await _ask(api, None, "PROBLEM_TYPE", filter={"area": "43"})), of=28) == {}
    assert _told(_opened(await _ask(api, None, "AGENCY", filter={"area": "43"})), of=6) == {}
    assert _told(_opened(await _ask(api, None, "PROVINCE")), of=78) == {}
    assert _opened(await _ask(api, AUDITOR, "PROBLEM_TYPE", between=SUMMER, filter={"area": "43"})) == {
        "": 5,
        "HARASSMENT": 5,
    }


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"dimension": "TAMBON", "filter": {"area": "43"}}, "NOT_PUBLISHED", ["by"]),
        ({"dimension": "AMPHOE"}, "NOT_PUBLISHED", ["by"]),
        ({"dimension": "OFFICE"}, "NOT_PUBLISHED", ["by"]),
        ({"filter": {"area": "4301"}}, "NOT_PUBLISHED", ["filter"]),
        ({"filter": {"area": "43", "states": ["NEW"]}}, "NOT_PUBLISHED", ["filter"]),
        ({"filter": {"search": "43-2569-00001-4"}}, "NOT_PUBLISHED", ["filter"]),
        ({"filter": {"sensitive": True}}, "NOT_PUBLISHED", ["filter"]),
        ({"filter": {"area": "99"}}, "AREA_UNKNOWN", ["filter", "area"]),
        ({"between": {}}, "PERIOD_NOT_PUBLISHED", ["between"]),
        ({"between": IN_UTC}, "PERIOD_NOT_PUBLISHED", ["between"]),
        ({"between": GOES_ON}, "PERIOD_NOT_PUBLISHED", ["between"]),
        ({"between": {"from": "2569-11-01T00:00:00+07:00"}}, "BUDDHIST_YEAR", ["between", "from"]),
    ],
)  # fmt: skip
async def test_the_public_is_told_nothing_smaller_and_nothing_that_overlaps(
    api: Api, given: dict[str, Any], code: str, path: list[str]
) -> None:
    answer = await api.answer(QUERY, **given)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"statistics": None}, code)
    assert error["extensions"]["path"] == path


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"dimension": "TAMBON"}, "AREA_NEEDED", ["filter", "area"]),
        ({"dimension": "AMPHOE"}, "AREA_NEEDED", ["filter", "area"]),
        ({"between": {"from": "2021-01-01T00:00:00Z"}}, "PERIOD_TOO_LONG", ["between"]),
        ({"filter": {"agency": "XX"}}, "AGENCY_UNKNOWN", ["filter", "agency"]),
    ],
)
async def test_what_makes_no_sense_is_refused(api: Api, given: dict[str, Any], code: str, path: list[str]) -> None:
    answer = await api.answer(QUERY, COORDINATOR, **given)
    (error,) = answer["errors"]
    assert (answer["data"], error["extensions"]["code"]) == ({"statistics": None}, code)
    assert error["extensions"]["path"] == path


async def test_every_post_counts_what_it_sees(world: World, api: Api) -> None:
    case_id = await situations.screened(world, "UNPAID_WAGES", "JOB_SEARCH")
    await situations.referral_in(world, situations.R.SENT)
    await world.case(OTHER_VOLUNTEER, area="430201")
    world.now += timedelta(days=1)
    assert case_id
    by_type = {"": 2, "UNPAID_WAGES": 2, "JOB_SEARCH": 1}
    for by, expected in {
        VOLUNTEER: by_type,
        MENTOR: by_type,
        COORDINATOR: by_type | {"": 3, "UNPAID_WAGES": 3},
    }.items():
        assert _opened(await _ask(api, by, "PROBLEM_TYPE")) == expected, by
    assert _opened(await _ask(api, DLPW, "OFFICE")) == {"": 1, "DLPW-43": 1}
    for by in (SSO, ADMIN):
        assert _opened(await _ask(api, by, "PROVINCE")) == {"": 0}


async def test_any_filter_of_cases_narrows_it_down_a_search_too(world: World, api: Api) -> None:
    await situations.closed(world)
    case_id = await situations.screened(world, "JOB_SEARCH")
    reference = await world.value('SELECT reference FROM "case" WHERE id = :id', id=case_id)
    world.now += timedelta(days=1)
    for wanted in (
        {"search": reference},
        {"search": "ค่าจ้าง", "states": ["SCREENING"]},
        {"agency": "DOE"},
        {"overdue": False, "states": ["SCREENING"]},
    ):
        assert _opened(await _ask(api, COORDINATOR, "PROBLEM_TYPE", filter=wanted)) == {"": 1, "JOB_SEARCH": 1}, wanted


async def test_outcomes_that_few_had_look_like_those_that_nobody_had(world: World, api: Api) -> None:
    await situations.closed(world)
    world.now += timedelta(days=1)
    outcomes = "{ statistics { total { outcomes { outcome count claimed recovered suppressed } } } }"
    told = (await api.ask(outcomes, AUDITOR))["statistics"]["total"]["outcomes"]
    nothing = {"count": None, "claimed": None, "recovered": None, "suppressed": True}
    assert told == [{"outcome": outcome.value, **nothing} for outcome in Outcome]


async def test_the_public_is_counted_by_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    services = world.services()
    services.statistics_limits = StatisticsLimits(per_address=2)
    monkeypatch.setattr(world, "services", lambda _feed=None: services)
    async with Api.around(world) as api:
        for _ in range(2):
            await _ask(api, None)
        (error,) = (await api.answer(QUERY))["errors"]
        assert (error["extensions"]["code"], error["extensions"]["retryAfter"]) == ("RATE_LIMITED", 1800)
        await _ask(api, COORDINATOR)


async def test_whoever_counts_for_the_public_sees_no_table_meanwhile(world: World) -> None:
    await situations.screened(world)
    tables = ('"case"', "case_problem", "deadline", "participation", "citizen", "event", "case_content")
    views = ("published_case", "counted_problem", "counted_outcome")
    for enters, expected in ((False, 0), (True, 1)):
        async with world.reader.connect() as connection:
            if enters:
                await enter_public(connection, world.now)
            for name, most in (*((table, 0) for table in tables), *((view, expected) for view in views)):
                found = (await connection.execute(text(f"SELECT least(count(*), 1) FROM {name}"))).scalar_one()
                assert found == most, name


async def test_each_part_costs_the_same_number_of_statements_for_any_number_of_groups(world: World, api: Api) -> None:
    await _summer(world)
    counted = []
    parts = (
        "since",
        "total { cases { opened } }",
        "groups { cases { opened } dwell { medianSeconds } }",
        "groups { outcomes { count } clocks { met } }",
    )
    for by in (COORDINATOR, AUDITOR):
        for dimension in ("PROVINCE", "TAMBON"):
            for part in parts:
                with api.statements() as seen:
                    await api.ask(f'{{ statistics(by: {dimension}, filter: {{area: "43"}}) {{ {part} }} }}', by)
                counted.append(len(seen))
    assert counted == [1, 3, 5, 5] * 4
