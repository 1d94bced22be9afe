"""Whom the service reaches: tambon by agency, for those who may ask, and a campaign where nobody came."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.api import Api
from tests.casework import situations
from tests.resolvers.herd import herd
from tests.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DLPW,
    MENTOR,
    OTHER_MENTOR,
    OTHER_VOLUNTEER,
    TAMBON,
    VOLUNTEER,
    World,
)

QUERY = """query ($area: String!, $between: Period) { reach(area: $area, between: $between) { area { code } since until
  tambons { area { code } problemTypesNeverSeen { code } agencies { agency { code } cases people daysSinceLastCase
    suppressed proposedCampaign { topics { code } reason reasonText } } } } }"""
EMPTY = "430101"
"""A tambon of the same amphoe, of which there is no case."""


async def _ask(api: Api, by: str | None, area: str = "4301", **given: Any) -> dict[str, dict[str, Any]]:
    """Give the tambons by their codes, with their agencies by theirs."""
    found = (await api.ask(QUERY, by, area=area, **given))["reach"]
    return {
        row["area"]["code"]: row | {"agencies": {cell.pop("agency")["code"]: cell for cell in row["agencies"]}}
        for row in found["tambons"]
    }


async def _came(world: World) -> None:
    """One person came with two matters, unpaid wages and a job, and another one with unpaid wages only."""
    await world.case(VOLUNTEER, "UNPAID_WAGES", "JOB_SEARCH")
    await world.case()
    world.now += timedelta(days=3)


async def test_a_coordinator_is_told_each_tambon_and_agency(world: World, api: Api) -> None:
    await _came(world)
    found = await _ask(api, COORDINATOR)
    assert len(found) == 16
    of = found[TAMBON]["agencies"]
    counts = {code: (cell["cases"], cell["people"], cell["daysSinceLastCase"]) for code, cell in of.items()}
    assert counts == {
        "OPS": (0, 0, None),
        "DOE": (1, 1, 3),
        "DSD": (0, 0, None),
        "DLPW": (2, 2, 3),
        "SSO": (0, 0, None),
    }
    assert of["DLPW"]["proposedCampaign"] is None
    never = {kind["code"] for kind in found[TAMBON]["problemTypesNeverSeen"]}
    assert never == world.reference.problem_types.keys() - {"UNPAID_WAGES", "JOB_SEARCH"}
    assert len(found[EMPTY]["problemTypesNeverSeen"]) == 31


async def test_where_nobody_came_a_campaign_is_proposed_about_what_people_around_came_with(
    world: World, api: Api
) -> None:
    await world.case(VOLUNTEER, "SEVERANCE")
    await _came(world)
    assert (await _ask(api, COORDINATOR))[EMPTY]["agencies"]["DLPW"]["proposedCampaign"] == {
        "topics": [{"code": "UNPAID_WAGES"}, {"code": "SEVERANCE"}, {"code": "OVERTIME_PAY"}],
        "reason": "NOBODY_EVER",
        "reasonText": "Of the cases that you see, none of this tambon was ever for this agency.",
    }
    world.now += timedelta(days=50)
    recently = {"from": (world.now - timedelta(days=30)).isoformat()}
    cell = (await _ask(api, COORDINATOR, between=recently))[TAMBON]["agencies"]["DLPW"]
    assert (cell["cases"], cell["people"], cell["daysSinceLastCase"]) == (0, 0, 53)
    assert cell["proposedCampaign"]["reason"] == "NOBODY_IN_PERIOD"


@pytest.mark.parametrize(
    ("by", "area"), [(VOLUNTEER, TAMBON), (MENTOR, "4301"), (MENTOR, TAMBON), (DLPW, "43"), (AUDITOR, "10")]
)
async def test_each_post_asks_about_its_own_area(world: World, api: Api, by: str, area: str) -> None:
    await _came(world)
    found = await _ask(api, by, area)
    own = {"DLPW"} if by == DLPW else {"OPS", "DOE", "DSD", "DLPW", "SSO"}
    assert {code for row in found.values() for code in row["agencies"]} == own
    if by in {VOLUNTEER, MENTOR}:
        assert found[TAMBON]["agencies"]["DLPW"]["cases"] == 2
    if by == DLPW:  # no case was referred to it
        assert found[TAMBON]["agencies"]["DLPW"]["cases"] == 0


@pytest.mark.parametrize(
    ("by", "area", "code"),
    [
        (None, "43", "NOT_SIGNED_IN"),
        (VOLUNTEER, EMPTY, "REACH_NOT_SHOWN"),
        (VOLUNTEER, "4301", "REACH_NOT_SHOWN"),
        (OTHER_VOLUNTEER, TAMBON, "REACH_NOT_SHOWN"),
        (MENTOR, "43", "REACH_NOT_SHOWN"),
        (OTHER_MENTOR, "4301", "REACH_NOT_SHOWN"),
        (DLPW, "10", "REACH_NOT_SHOWN"),
        (COORDINATOR, "1001", "REACH_NOT_SHOWN"),
        (ADMIN, "43", "REACH_NOT_SHOWN"),
        (COORDINATOR, "99", "AREA_UNKNOWN"),
    ],
)
async def test_others_are_refused(api: Api, by: str | None, area: str, code: str) -> None:
    answer = await api.answer(QUERY, by, area=area)
    assert answer["data"] == {"reach": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_an_auditor_is_told_no_small_count_and_nothing_of_a_single_case(world: World, api: Api) -> None:
    model = await world.case(VOLUNTEER, "UNPAID_WAGES", "JOB_SEARCH")
    await herd(world, model, 3, area_code=f"'{EMPTY}'")
    await herd(world, model, 12, beginning=4)
    world.now += timedelta(days=1)
    found = await _ask(api, AUDITOR)
    small, large = found[EMPTY]["agencies"]["DLPW"], found[TAMBON]["agencies"]["DLPW"]
    assert [(cell["cases"], cell["daysSinceLastCase"], cell["suppressed"]) for cell in (small, large)] == [
        (None, None, True),
        (10, 1, True),
    ]
    assert {tuple(row["problemTypesNeverSeen"] or ()) for row in found.values()} == {()}
    campaigns = [cell["proposedCampaign"] for cell in found["430102"]["agencies"].values()]
    assert {(campaign["reason"], campaign["topics"][0]["code"]) for campaign in campaigns} >= {
        ("NOBODY_EVER", "UNPAID_WAGES")
    }


async def test_the_matrix_is_what_plain_python_counts(world: World, api: Api) -> None:
    for problems, area in ((("UNPAID_WAGES", "SEVERANCE"), TAMBON), (("JOB_SEARCH",), EMPTY), (("SICKNESS",), EMPTY)):
        await world.case(VOLUNTEER, *problems, area=area)
    await situations.closed(world)
    world.now += timedelta(days=2)
    rows = await world.rows(
        """SELECT c.area_code, t.agency_code, c.id, c.citizen_id, c.opened_at FROM "case" c
           JOIN case_problem p ON p.case_id = c.id JOIN problem_type t ON t.code = p.problem_type_code"""
    )
    for tambon, told in (await _ask(api, COORDINATOR)).items():
        for agency, cell in told["agencies"].items():
            own = [row for row in rows if (row.area_code, row.agency_code) == (tambon, agency)]
            assert cell["cases"] == len({row.id for row in own})
            assert cell["people"] == len({row.citizen_id for row in own})
            last: datetime | None = max((row.opened_at for row in own), default=None)
            assert cell["daysSinceLastCase"] == (None if last is None else (world.now - last).days)


async def test_a_province_costs_as_many_statements_as_a_tambon(world: World, api: Api) -> None:
    await _came(world)
    counted = []
    for area in (TAMBON, "43"):
        with api.statements() as seen:
            await _ask(api, COORDINATOR, area)
        counted.append(len(seen))
    assert counted == [3, 3]
