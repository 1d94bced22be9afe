"""`totalCount` counts the whole list, only when asked, and no further than its cap."""

from collections.abc import Iterator

import pytest

from casework.actions.add_note import add_note
from models.vocabulary import Audience
from resolvers import cases, paging, seats
from resolvers.timeline import NOTES
from schema.types import connection
from tests.api import Api
from tests.resolvers.herd import herd
from tests.world import COORDINATOR, VOLUNTEER, World

BOTH = "{ cases(first: 1) { totalCount { ...n } nodes { notes(first: 1) { totalCount { ...n } } } } } "
COUNT = "fragment n on TotalCount { count isExact }"


@pytest.fixture
def cap_of_7(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counting stops at 7; statements that were built with another cap are forgotten."""

    def forget() -> None:
        for built in (cases._count, seats._count, NOTES._total):
            built.cache_clear()

    with monkeypatch.context() as patch:
        for module in (paging, connection):
            patch.setattr(module, "EXACT_TO", 7)
        forget()
        yield
    forget()


async def test_a_list_is_counted_exactly_whatever_the_page(world: World, api: Api) -> None:
    model = await world.case()
    await herd(world, model, 119)
    for page in ("first: 1", "last: 100"):
        found = await api.ask(f"{{ cases({page}) {{ totalCount {{ ...n }} }} }} {COUNT}", VOLUNTEER)
        assert found["cases"]["totalCount"] == {"count": 120, "isExact": True}


async def test_an_empty_list_has_none(api: Api) -> None:
    found = await api.ask(f"{{ cases(first: 1) {{ totalCount {{ ...n }} nodes {{ id }} }} }} {COUNT}", COORDINATOR)
    assert found["cases"] == {"totalCount": {"count": 0, "isExact": True}, "nodes": []}


@pytest.mark.usefixtures("cap_of_7")
async def test_counting_stops_at_the_cap_and_says_so(world: World, api: Api) -> None:
    model = await world.case()
    for number in range(6):
        await world.act(VOLUNTEER, add_note, case_id=model, audience=Audience.CASE, text=f"บันทึก {number}")
    for beginning, copies, cases_counted in ((1, 6, (7, True)), (7, 1, (7, False)), (8, 20, (7, False))):
        await herd(world, model, copies, beginning=beginning)
        found = (await api.ask(BOTH + COUNT, VOLUNTEER))["cases"]
        assert tuple(found["totalCount"].values()) == cases_counted
        assert [node["notes"]["totalCount"] for node in found["nodes"]] == [{"count": 6, "isExact": True}]
    notes = [await world.act(VOLUNTEER, add_note, case_id=model, audience=Audience.CASE, text="อีก") for _ in range(2)]
    found = (await api.ask(BOTH + COUNT, VOLUNTEER))["cases"]
    assert [node["notes"]["totalCount"] for node in found["nodes"]] == [{"count": 7, "isExact": False}]
    assert len(notes) == 2
    areas = await api.ask(f"{{ areas(first: 1) {{ totalCount {{ ...n }} }} }} {COUNT}")
    assert areas["areas"]["totalCount"] == {"count": 7, "isExact": False}
    posts = await api.ask(f"{{ seats(first: 1) {{ totalCount {{ ...n }} }} }} {COUNT}", VOLUNTEER)
    assert posts["seats"]["totalCount"] == {"count": 7, "isExact": False}


async def test_nothing_is_counted_unless_somebody_asks(world: World, api: Api) -> None:
    await world.case()
    for query, statements in (("{ cases(first: 1) { nodes { id } } }", 2), (BOTH + COUNT, 5)):
        with api.statements() as seen:
            await api.ask(query, VOLUNTEER)
        assert len(seen) == statements
        assert sum("count(" in statement for statement in seen) == (2 if "totalCount" in query else 0)
