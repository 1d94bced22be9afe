"""Pages of a list, put together, are the whole list: forward and backward, under equal timestamps, while it grows."""

from typing import Any

import pytest

from tests.api import Api
from tests.resolvers.herd import herd
from tests.world import AUDITOR, VOLUNTEER, World

FORWARD = "query ($after: String) { cases(first: 30, after: $after, orderBy: %s) { ...page } }"
BACKWARD = "query ($before: String) { cases(last: 30, before: $before, orderBy: %s) { ...page } }"
PAGE = """ fragment page on CaseConnection {
  nodes { id }
  edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}"""
MANY = 110


def _check_edges(page: dict[str, Any]) -> list[str]:
    """Give the ids of a page whose edges, nodes and cursors agree."""
    ids = [node["id"] for node in page["nodes"]]
    assert [edge["node"]["id"] for edge in page["edges"]] == ids
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert len(set(cursors)) == len(cursors)
    ends = (cursors[0], cursors[-1]) if cursors else (None, None)
    assert (page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]) == ends
    return ids


async def _forward(api: Api, order: str, *, between: Any = None) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = (await api.ask(FORWARD % order + PAGE, VOLUNTEER, after=after))["cases"]
        found += _check_edges(page)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            return found
        assert len(page["nodes"]) == 30
        after = page["pageInfo"]["endCursor"]
        if between is not None:
            await between()


async def _backward(api: Api, order: str) -> list[str]:
    found: list[str] = []
    before = None
    while True:
        page = (await api.ask(BACKWARD % order + PAGE, VOLUNTEER, before=before))["cases"]
        found = _check_edges(page) + found
        assert page["pageInfo"]["hasNextPage"] is (before is not None)
        if not page["pageInfo"]["hasPreviousPage"]:
            return found
        before = page["pageInfo"]["startCursor"]


@pytest.mark.parametrize("order", ["UPDATED", "OPENED", "DUE", "PRIORITY"])
async def test_pages_make_up_the_whole_list_under_equal_timestamps(world: World, api: Api, order: str) -> None:
    model = await world.case()
    ids = [model, *await herd(world, model, MANY)]
    whole = [api.id("Case", number) for number in sorted(ids, reverse=order in {"UPDATED", "OPENED"})]
    assert await _forward(api, order) == whole
    assert await _backward(api, order) == whole


@pytest.mark.parametrize("order", ["UPDATED", "OPENED"])
async def test_the_newest_come_first_and_ties_break_by_id(world: World, api: Api, order: str) -> None:
    model = await world.case()
    column = "updated_at" if order == "UPDATED" else "opened_at"
    later: dict[str, Any] = {column: f"t.{column} + (n / 40) * interval '1 microsecond'"}
    copies = await herd(world, model, MANY, **later)
    newest_first = sorted([(0, model), *((n // 40, id_) for n, id_ in enumerate(copies, 1))], reverse=True)
    whole = [api.id("Case", number) for _, number in newest_first]
    assert await _forward(api, order) == whole
    assert await _backward(api, order) == whole


async def test_cases_opened_meanwhile_make_no_doubles_and_hide_nothing(world: World, api: Api) -> None:
    model = await world.case()
    ids = [model, *await herd(world, model, MANY)]

    async def open_another() -> None:
        await world.case()

    found = await _forward(api, "UPDATED", between=open_another)
    assert found == [api.id("Case", number) for number in sorted(ids, reverse=True)]
    assert await world.value('SELECT count(*) FROM "case"') == MANY + 4


async def test_a_page_that_ends_with_the_list_says_so(world: World, api: Api) -> None:
    model = await world.case()
    await herd(world, model, 29)
    page = (await api.ask(FORWARD % "UPDATED" + PAGE, VOLUNTEER))["cases"]
    assert (len(page["nodes"]), page["pageInfo"]["hasNextPage"]) == (30, False)
    beyond = (await api.ask(FORWARD % "UPDATED" + PAGE, VOLUNTEER, after=page["pageInfo"]["endCursor"]))["cases"]
    assert _check_edges(beyond) == []
    assert beyond["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": True,
        "startCursor": None,
        "endCursor": None,
    }


async def test_the_public_lists_are_whole_in_both_directions(api: Api) -> None:
    for root, wanted, count in (
        ("areas", 'filter: {level: AMPHOE, inside: "10"}', 50),
        ("offices", 'filter: {agency: "SSO"}', 77),
    ):
        forward: list[str] = []
        backward: list[str] = []
        after = before = ""
        for _ in range(-(-count // 20)):
            query = (
                f"{{ next: {root}({wanted}, first: 20 {after}) {{ nodes {{ code }} pageInfo {{ endCursor }} }} "
                f"back: {root}({wanted}, last: 20 {before}) {{ nodes {{ code }} pageInfo {{ startCursor }} }} }}"
            )
            found = await api.ask(query)
            forward += [node["code"] for node in found["next"]["nodes"]]
            backward = [node["code"] for node in found["back"]["nodes"]] + backward
            after = f'after: "{found["next"]["pageInfo"]["endCursor"]}"'
            before = f'before: "{found["back"]["pageInfo"]["startCursor"]}"'
        assert forward == backward == sorted(set(forward))
        assert len(forward) == count


async def test_posts_are_paged_in_the_order_in_which_they_were_set_up(api: Api) -> None:
    query = "query ($after: String) { seats(first: 40, after: $after) { nodes { id } pageInfo { endCursor } } }"
    found: list[str] = []
    after = None
    for _ in range(3):
        page = (await api.ask(query, AUDITOR, after=after))["seats"]
        found += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    seats = await api.world.rows("SELECT id FROM seat ORDER BY id")
    assert found == [api.id("Seat", seat) for (seat,) in seats]
    assert 80 < len(found) <= 120


URGENCY = "(ARRAY['LOW', 'URGENT', 'NORMAL'])[1 + n % 3]"
DUE = "CASE WHEN n % 4 > 0 THEN t.opened_at + (n % 4) * interval '1 day' END"


async def test_the_soonest_due_come_first_and_those_never_due_last(world: World, api: Api) -> None:
    model = await world.case()
    columns: dict[str, Any] = {"due_at": DUE}
    copies = await herd(world, model, MANY, **columns)
    soonest = sorted([(9, model), *((n % 4 or 9, id_) for n, id_ in enumerate(copies, 1))])
    whole = [api.id("Case", number) for _, number in soonest]
    assert await _forward(api, "DUE") == whole
    assert await _backward(api, "DUE") == whole


async def test_the_urgent_come_first_then_the_soonest_due(world: World, api: Api) -> None:
    model = await world.case()
    columns: dict[str, Any] = {"priority": URGENCY, "due_at": DUE}
    copies = await herd(world, model, MANY, **columns)
    ranks = {1: 0, 2: 1, 0: 2}  # of URGENT, NORMAL and LOW, by n % 3
    order = sorted([(1, 9, model), *((ranks[n % 3], n % 4 or 9, id_) for n, id_ in enumerate(copies, 1))])
    whole = [api.id("Case", number) for *_, number in order]
    assert await _forward(api, "PRIORITY") == whole
    assert await _backward(api, "PRIORITY") == whole
