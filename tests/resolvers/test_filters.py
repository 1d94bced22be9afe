"""Filters of `cases`: each by itself and together, and never beyond what the actor may see."""

from typing import Any

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.accept_referral import accept_referral
from casework.actions.assign_case import assign_case
from casework.actions.receive_referral import receive_referral
from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState, ReferralKind
from tests.api import Api
from tests.schema.stage import NEIGHBOUR, seat_id
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, SSO, VOLUNTEER, World

QUERY = "query ($filter: CaseFilter) { cases(first: 100, filter: $filter) { nodes { id } totalCount { count } } }"


@pytest.fixture
async def cases(world: World) -> dict[str, int]:
    """Eight cases; each is named by what sets it apart.

    new, far (amphoe 4302), referred (to DLPW), transferred (to SSO), handed (to NEIGHBOUR), walked (into DLPW),
    withdrawn, hidden (a sensitive one that DLPW holds).
    """
    made = {
        "new": await world.case(),
        "far": await world.case(OTHER_VOLUNTEER, area="430201"),
        "referred": await _screened(world),
        "transferred": await _screened(world),
        "handed": await world.case(),
        "walked": await world.case(DLPW, area="430117"),
        "withdrawn": await world.case(),
        "hidden": await world.case("officer DLPW-43 2", "CHILD_LABOUR"),
    }
    await world.referral(made["referred"])
    transfer = await world.referral(made["transferred"], to="SSO-43", kind=ReferralKind.TRANSFER)
    for step in (receive_referral, accept_referral):
        await world.on_referral(SSO, step, transfer)
    neighbour = await world.actor(NEIGHBOUR)
    await world.on_case(VOLUNTEER, assign_case, made["handed"], seat_id=neighbour.seat_id)
    await world.on_case(NEIGHBOUR, accept_assignment, made["handed"])
    await world.on_case(VOLUNTEER, update_case_status, made["withdrawn"], state=CaseState.WITHDRAWN, reason="ถอน")
    return made


async def _screened(world: World) -> int:
    return await world.on_case(VOLUNTEER, update_case_status, await world.case(), state=CaseState.SCREENING)


VISIBLE = {
    VOLUNTEER: {"new", "referred", "transferred", "handed", "withdrawn"},
    NEIGHBOUR: {"handed"},
    OTHER_VOLUNTEER: {"far"},
    MENTOR: {"new", "referred", "transferred", "handed", "walked", "withdrawn", "hidden"},
    OTHER_MENTOR: {"far"},
    COORDINATOR: {"new", "far", "referred", "transferred", "handed", "walked", "withdrawn", "hidden"},
    DLPW: {"referred", "walked"},
    "officer DLPW-43 2": {"referred", "walked", "hidden"},
    SSO: {"transferred"},
    "officer DOE-43": set(),
    AUDITOR: {"new", "far", "referred", "transferred", "handed", "walked", "withdrawn", "hidden"},
    ADMIN: set(),
}
ALL = VISIBLE[COORDINATOR]
FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({}, ALL),
    ({"states": ["NEW"]}, {"new", "far", "handed", "walked", "hidden"}),
    ({"states": ["SCREENING", "WITHDRAWN"]}, {"referred", "transferred", "withdrawn"}),
    ({"states": ["CLOSED"]}, set()),
    ({"states": []}, set()),
    ({"area": "43"}, ALL),
    ({"area": "4302"}, {"far"}),
    ({"area": "4301"}, ALL - {"far"}),
    ({"area": "430117"}, {"walked"}),
    ({"area": "10"}, set()),
    ({"office": {"code": "DLPW-43"}}, {"referred", "walked", "hidden"}),
    ({"office": {"code": "SSO-43"}}, {"transferred"}),
    ({"office": {"code": "DOE-43"}}, set()),
    ({"holder": {"office": {"code": "DLPW-43"}}}, {"walked", "hidden"}),
    ({"holder": {"office": {"code": "SSO-43"}}}, {"transferred"}),
    ({"holder": {"seat": VOLUNTEER}}, {"new", "referred", "withdrawn"}),
    ({"holder": {"seat": NEIGHBOUR}}, {"handed"}),
    ({"volunteer": VOLUNTEER}, {"new", "referred", "transferred", "withdrawn"}),
    ({"volunteer": NEIGHBOUR}, {"handed"}),
    ({"volunteer": OTHER_VOLUNTEER, "area": "4302", "states": ["NEW"], "holder": {"seat": OTHER_VOLUNTEER}}, {"far"}),
    ({"volunteer": OTHER_VOLUNTEER, "area": "4301"}, set()),
    ({"office": {"code": "DLPW-43"}, "states": ["SCREENING"], "volunteer": VOLUNTEER}, {"referred"}),
]


async def _with_ids(api: Api, wanted: dict[str, Any]) -> dict[str, Any]:
    """Put the ids of posts in the place of their handles."""
    found = dict(wanted)
    if "volunteer" in found:
        found["volunteer"] = await seat_id(api, found["volunteer"])
    if "seat" in found.get("holder", {}):
        found["holder"] = {"seat": await seat_id(api, found["holder"]["seat"])}
    return found


async def test_every_filter_gives_exactly_what_it_names_and_the_actor_sees(api: Api, cases: dict[str, int]) -> None:
    names = {api.id("Case", number): name for name, number in cases.items()}
    for wanted, matching in FILTERS:
        given = await _with_ids(api, wanted)
        for by, visible in VISIBLE.items():
            found = (await api.ask(QUERY, by, filter=given))["cases"]
            shown = [names[node["id"]] for node in found["nodes"]]
            assert sorted(shown) == sorted(matching & visible), (wanted, by)
            assert found["totalCount"]["count"] == len(shown), (wanted, by)
    found = (await api.ask(QUERY, COORDINATOR))["cases"]
    assert found["totalCount"]["count"] == len(ALL)
