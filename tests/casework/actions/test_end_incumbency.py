"""End somebody's time in a post."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from casework.actions.end_incumbency import end_incumbency
from casework.errors import Refusal, RefusalCode
from models.vocabulary import SeatKind
from tests.casework.actions.test_appoint_incumbent import COVER, DAY, NEIGHBOUR, PERSON, appoint, seat_of, seats
from tests.casework.conftest import Directory
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, AUDITOR, COORDINATOR, DLPW, MENTOR, VOLUNTEER, World

Code = RefusalCode


async def end(world: World, seat_id: int, incumbency_id: int, by: str = COORDINATOR, **until: Any) -> int:
    version = await world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    given = {"seat_id": seat_id, "expected_version": version, "incumbency_id": incumbency_id}
    return await world.act(by, end_incumbency, **given, **until)


async def running(world: World, seat_id: int) -> int:
    incumbency: int = await world.value("SELECT max(id) FROM incumbency WHERE seat_id = :id", id=seat_id)
    return incumbency


async def covered(world: World) -> tuple[int, int]:
    """Let PERSON look after the post of NEIGHBOUR; give the post and the incumbency."""
    seat_id = await seat_of(world, NEIGHBOUR)
    await appoint(world, seat_id, kind=COVER)
    return seat_id, await running(world, seat_id)


async def test_it_ends_now_with_its_event_and_so_does_the_access(world: World) -> None:
    seat_id, incumbency_id = await covered(world)
    assert await seats(world, PERSON.subject) == [seat_id]
    at = world.now
    assert await end(world, seat_id, incumbency_id) == seat_id
    world.now = at
    assert await seats(world, PERSON.subject) == []
    (row,) = await world.rows("SELECT account_id, until FROM incumbency WHERE id = :id", id=incumbency_id)
    assert row.until == at
    assert await world.rows("SELECT version, journal_length FROM seat WHERE id = :id", id=seat_id) == [(3, 2)]
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    payload = {"incumbency": incumbency_id, "account": row.account_id, "until": at.isoformat()}
    assert tuple(event) == ("INCUMBENCY_ENDED", payload)


async def test_it_ends_exactly_at_a_coming_time(world: World) -> None:
    seat_id, incumbency_id = await covered(world)
    end_at = world.now + 3 * DAY
    await end(world, seat_id, incumbency_id, until=end_at)
    for now, filled in ((end_at - timedelta(microseconds=1), [seat_id]), (end_at, [])):
        world.now = now
        assert await seats(world, PERSON.subject) == filled


async def test_a_post_is_filled_again_from_the_end_on(world: World) -> None:
    seat_id = await seat_of(world, NEIGHBOUR)
    before = await running(world, seat_id)
    end_at = world.now + DAY
    await end(world, seat_id, before, until=end_at)
    await appoint(world, seat_id, since=end_at)
    rows = await world.rows("SELECT until, since FROM incumbency WHERE seat_id = :id ORDER BY since", id=seat_id)
    assert (rows[0].until, rows[1].since) == (end_at, end_at)


async def test_an_end_is_not_put_off_into_the_time_of_the_next(world: World, directory: Directory) -> None:
    seat_id = await directory.seat(SeatKind.VOLUNTEER, area="430117")
    handover = world.now + 9 * DAY
    await appoint(world, seat_id, until=handover)
    first = await running(world, seat_id)
    await appoint(world, seat_id, person=replace(PERSON, subject=uuid4()), since=handover)
    async with refused_unchanged(world, Code.SEAT_FILLED, "input", "seat"):
        await end(world, seat_id, first, until=handover + DAY)
    await end(world, seat_id, first, until=handover - DAY)
    await end(world, seat_id, first, until=handover)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (-DAY, Code.DATE_IN_PAST),
        (367 * DAY, Code.DATE_TOO_FAR),
        (543 * 365 * DAY, Code.BUDDHIST_YEAR),
        (1 * DAY, Code.PERIOD_EMPTY),
        (2 * DAY, Code.PERIOD_EMPTY),
    ],
)
async def test_a_wrong_end_is_named_and_nothing_ends(world: World, until: timedelta, code: RefusalCode) -> None:
    seat_id = await seat_of(world, NEIGHBOUR)
    begin = world.now
    await appoint(world, seat_id, kind=COVER, since=begin + 2 * DAY)
    incumbency_id = await running(world, seat_id)
    async with refused_unchanged(world, code, "input", "until"):
        await end(world, seat_id, incumbency_id, until=begin + until)


async def test_what_is_over_or_of_another_post_is_not_ended(world: World) -> None:
    seat_id, incumbency_id = await covered(world)
    other = await running(world, await seat_of(world, VOLUNTEER))
    for missing in (other, 999_999_999_999):
        async with refused_unchanged(world, Code.NOT_FOUND, "input", "incumbency"):
            await end(world, seat_id, missing)
    await end(world, seat_id, incumbency_id)
    async with refused_unchanged(world, Code.INCUMBENCY_OVER, "input", "incumbency"):
        await end(world, seat_id, incumbency_id)


async def test_nobody_else_ends_it_and_the_version_must_still_be_there(world: World) -> None:
    seat_id, incumbency_id = await covered(world)
    for by in (VOLUNTEER, MENTOR, DLPW, AUDITOR):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await end(world, seat_id, incumbency_id, by=by)
    given = {"seat_id": seat_id, "expected_version": 1, "incumbency_id": incumbency_id}
    async with refused_unchanged(world, Code.VERSION_CONFLICT, "input", "expectedVersion"):
        await world.act(ADMIN, end_incumbency, **given)
    office = await seat_of(world, DLPW)
    async with refused_unchanged(world, Code.NOT_PERMITTED):
        await end(world, office, await running(world, office))


async def test_of_two_who_end_it_at_once_exactly_one_does(world: World) -> None:
    seat_id, incumbency_id = await covered(world)
    given = {"seat_id": seat_id, "expected_version": 2, "incumbency_id": incumbency_id}
    results = await asyncio.gather(
        *(world.act(by, end_incumbency, **given) for by in (ADMIN, COORDINATOR)), return_exceptions=True
    )
    (refusal,) = [result for result in results if isinstance(result, Refusal)]
    assert refusal.code is Code.VERSION_CONFLICT
    assert await world.value("SELECT count(*) FROM event") == 2
