"""The tabs above a list of cases: every state counted at once, of the list without its states."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.actions.update_case_status import update_case_status
from models.vocabulary import CaseState
from resolvers import case_tallies, cases
from tests.api import Api
from tests.resolvers.herd import herd
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

QUERY = """query ($filter: CaseFilter) { cases(first: 1, filter: $filter) {
  totalCount { count } stateCounts { state count isExact } } }"""


async def _counts(api: Api, by: str, **wanted: Any) -> dict[str, int]:
    """Give the counts that are not zero; every state is there, and exact."""
    counted = (await api.ask(QUERY, by, filter=wanted))["cases"]["stateCounts"]
    assert [each["state"] for each in counted] == [state.value for state in CaseState]
    assert all(each["isExact"] for each in counted)
    return {each["state"]: each["count"] for each in counted if each["count"]}


@pytest.fixture
async def _cases(world: World) -> None:
    """Three new, two in screening, one withdrawn; and a new one of another amphoe."""
    model = await world.case()
    await herd(world, model, 2)
    for state, more in ((CaseState.SCREENING, {}), (CaseState.SCREENING, {}), (CaseState.WITHDRAWN, {"reason": "ถอน"})):
        await world.on_case(VOLUNTEER, update_case_status, await world.case(), state=state, **more)
    await world.case(OTHER_VOLUNTEER, area="430201")


@pytest.mark.usefixtures("_cases")
async def test_everybody_is_given_the_counts_of_what_they_see(api: Api) -> None:
    near = {"NEW": 3, "SCREENING": 2, "WITHDRAWN": 1}
    for by, expected in (
        (VOLUNTEER, near),
        (MENTOR, near),
        (COORDINATOR, near | {"NEW": 4}),
        (AUDITOR, near | {"NEW": 4}),
        (OTHER_VOLUNTEER, {"NEW": 1}),
        (DLPW, {}),
        (ADMIN, {}),
    ):
        assert await _counts(api, by) == expected, by


@pytest.mark.usefixtures("_cases")
async def test_the_chosen_tab_changes_no_count_and_every_other_filter_does(api: Api) -> None:
    everything = await _counts(api, COORDINATOR)
    for states in (["SCREENING"], ["CLOSED"], []):
        assert await _counts(api, COORDINATOR, states=states) == everything
    assert await _counts(api, COORDINATOR, area="4302", states=["SCREENING"]) == {"NEW": 1}
    assert await _counts(api, COORDINATOR, search="ค่าจ้าง", area="4301") == {"NEW": 3, "SCREENING": 2, "WITHDRAWN": 1}
    assert await _counts(api, AUDITOR, search="ค่าจ้าง") == {}


async def test_tabs_cost_one_statement_and_nothing_unless_asked(world: World, api: Api) -> None:
    await world.case()
    for query, statements in ((QUERY, 4), (QUERY.replace("stateCounts { state count isExact }", ""), 3)):
        await api.ask(query, VOLUNTEER)
        with api.statements() as seen:
            await api.ask(query, VOLUNTEER)
        assert len(seen) == statements


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cases._tally.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(case_tallies, "EXACT_TO", 2)
        patch.setattr(case_tallies, "TALLY_TO", 5)
        yield
    cases._tally.cache_clear()


@pytest.mark.usefixtures("_small")
async def test_counting_stops_at_the_caps_and_says_so(world: World, api: Api) -> None:
    model = await world.case()
    for copies, expected in (([1], (2, True)), ([2], (2, False)), ([3, 4, 5, 6], (2, False))):
        for number in copies:
            await herd(world, model, 1, beginning=number)
        found = (await api.ask(QUERY, VOLUNTEER))["cases"]["stateCounts"]
        assert (found[0]["count"], found[0]["isExact"]) == expected
        assert (found[1]["count"], found[1]["isExact"]) == (0, len(copies) == 1)
