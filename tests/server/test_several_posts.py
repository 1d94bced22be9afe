"""One person, several posts: each request in one of them, and in none that has ended."""

from datetime import UTC, datetime, timedelta

from tests.api import Api
from tests.schema.stage import NEIGHBOUR, seat_id
from tests.server.incumbents import cover, leave
from tests.world import MENTOR, VOLUNTEER, World

WHO = "{ viewer { seat { id } } cases(first: 5) { nodes { id } } }"


async def _seen(api: Api, seat: str | None) -> tuple[str | None, list[str] | None, list[str]]:
    """Give the post in which the neighbour asks, the cases seen there, and the codes of what was refused."""
    headers = api.headers(NEIGHBOUR) | ({} if seat is None else {"prasan-seat": seat})
    answer = (await api.client.post("/graphql", json={"query": WHO}, headers=headers)).json()
    viewer, cases = answer["data"]["viewer"], answer["data"]["cases"]
    codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
    return viewer and viewer["seat"]["id"], cases and [case["id"] for case in cases["nodes"]], codes


async def test_each_request_is_made_in_one_post_and_sees_what_that_one_sees(world: World, api: Api) -> None:
    own, covered = await seat_id(api, NEIGHBOUR), await seat_id(api, VOLUNTEER)
    here, there = api.id("Case", await world.case(NEIGHBOUR)), api.id("Case", await world.case(VOLUNTEER))
    assert await _seen(api, covered) == (None, None, ["NO_SEAT"])
    await cover(world, NEIGHBOUR, VOLUNTEER)
    assert await _seen(api, None) == (own, [here], [])
    assert await _seen(api, own) == (own, [here], [])
    assert await _seen(api, covered) == (covered, [there], [])
    assert await _seen(api, await seat_id(api, MENTOR)) == (None, None, ["NO_SEAT"])


async def test_a_post_that_ended_is_no_post_and_the_others_stay(world: World, api: Api) -> None:
    own, covered = await seat_id(api, NEIGHBOUR), await seat_id(api, VOLUNTEER)
    await cover(world, NEIGHBOUR, VOLUNTEER)
    await leave(world, NEIGHBOUR, VOLUNTEER)
    assert await _seen(api, covered) == (None, None, ["NO_SEAT"])
    assert await _seen(api, None) == (own, [], [])


async def test_when_the_own_post_ends_the_covered_one_is_the_first(world: World, api: Api) -> None:
    own, covered = await seat_id(api, NEIGHBOUR), await seat_id(api, VOLUNTEER)
    await cover(world, NEIGHBOUR, VOLUNTEER)
    await leave(world, NEIGHBOUR, NEIGHBOUR)
    assert await _seen(api, own) == (None, None, ["NO_SEAT"])
    assert await _seen(api, None) == (covered, [], [])


async def test_a_post_counts_from_its_beginning_to_its_end_exactly(world: World, api: Api) -> None:
    covered = await seat_id(api, VOLUNTEER)
    begins = world.now + timedelta(days=1)
    ends = begins + timedelta(days=7)
    await cover(world, NEIGHBOUR, VOLUNTEER, since=begins, until=ends)
    instant = timedelta(microseconds=1)
    for now, fills in ((begins - instant, False), (begins, True), (ends - instant, True), (ends, False)):
        world.now = now
        assert (await _seen(api, covered))[0] == (covered if fills else None), now


async def test_an_end_of_all_posts_is_an_end_of_access(world: World, api: Api) -> None:
    await leave(world, NEIGHBOUR, NEIGHBOUR)
    world.now = datetime(2099, 1, 1, tzinfo=UTC)
    assert await _seen(api, None) == (None, None, ["NO_SEAT"])
