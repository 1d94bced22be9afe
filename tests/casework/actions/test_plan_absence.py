"""Plan that a volunteer is away: who covers, for how long, and never in a ring."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from casework.actions.accept_assignment import accept_assignment
from casework.actions.add_note import add_note
from casework.actions.assign_case import assign_case
from casework.actions.cancel_absence import cancel_absence
from casework.actions.end_incumbency import end_incumbency
from casework.actions.plan_absence import Absence, plan_absence
from casework.demo.network import subject_of
from casework.errors import Refusal, RefusalCode
from casework.versions import Versioned
from models.vocabulary import Audience, IncumbencyKind
from tests.casework.actions.test_appoint_incumbent import DAY, appoint, seat_of, seats
from tests.casework.policy.eyes import level_of
from tests.casework.refusals import refused_unchanged
from tests.world import ADMIN, COORDINATOR, DLPW, MENTOR, OTHER_MENTOR, OTHER_VOLUNTEER, VOLUNTEER, World

Code = RefusalCode
NEIGHBOUR, THIRD = "volunteer 430117", "volunteer 430101"


async def version_of(world: World, seat_id: int) -> int:
    version: int = await world.value("SELECT version FROM seat WHERE id = :id", id=seat_id)
    return version


async def plan(
    world: World, away: str, cover: str, until: datetime, since: datetime | None = None, *, by: str | None = None
) -> int:
    seat_id = await seat_of(world, away)
    absence = Absence(await seat_of(world, cover), until=until, since=since)
    given: dict[str, Any] = {"expected_version": await version_of(world, seat_id), "absence": absence}
    return await world.act(by or away, plan_absence, seat_id=seat_id, **given)


async def planned(world: World) -> int:
    incumbency: int = await world.value("SELECT max(id) FROM incumbency WHERE absent_account_id IS NOT NULL")
    return incumbency


async def cancel(world: World, away: str, incumbency_id: int, by: str | None = None) -> int:
    seat_id = await seat_of(world, away)
    given = {"expected_version": await version_of(world, seat_id), "incumbency_id": incumbency_id}
    return await world.act(by or away, cancel_absence, seat_id=seat_id, **given)


@pytest.mark.parametrize("cover", [NEIGHBOUR, MENTOR])
async def test_the_cover_fills_the_post_too_from_then_to_then_and_the_one_away_keeps_it(
    world: World, cover: str
) -> None:
    seat_id, own = await seat_of(world, VOLUNTEER), await seat_of(world, cover)
    since, until = world.now + DAY, world.now + 3 * DAY
    assert await plan(world, VOLUNTEER, cover, until, since) == seat_id
    (row,) = await world.rows("SELECT * FROM incumbency WHERE absent_account_id IS NOT NULL")
    assert (row.seat_id, row.kind, row.since, row.until) == (seat_id, "COVER", since, until)
    (event,) = await world.rows("SELECT kind, payload FROM event ORDER BY id DESC LIMIT 1")
    told = {"account": row.account_id, "absent": row.absent_account_id, "until": until.isoformat()}
    assert tuple(event) == ("ABSENCE_PLANNED", {"incumbency": row.id, **told})
    just = timedelta(microseconds=1)
    for at, filled in ((since - just, [own]), (since, [own, seat_id]), (until - just, [own, seat_id]), (until, [own])):
        world.now = at
        assert await seats(world, subject_of(cover)) == filled
        assert await seats(world, subject_of(VOLUNTEER)) == [seat_id]


@pytest.mark.parametrize(
    ("away", "cover", "code"),
    [
        (VOLUNTEER, VOLUNTEER, Code.COVER_IS_ONESELF),
        (VOLUNTEER, OTHER_VOLUNTEER, Code.COVER_OUT_OF_PLACE),
        (VOLUNTEER, OTHER_MENTOR, Code.COVER_OUT_OF_PLACE),
        (VOLUNTEER, DLPW, Code.COVER_OUT_OF_PLACE),
        (VOLUNTEER, COORDINATOR, Code.COVER_OUT_OF_PLACE),
        (MENTOR, VOLUNTEER, Code.COVER_OUT_OF_PLACE),
        (DLPW, DLPW, Code.COVER_OUT_OF_PLACE),
    ],
)
async def test_who_may_not_cover_is_refused(world: World, away: str, cover: str, code: Code) -> None:
    async with refused_unchanged(world, code, "input", "coveredBy"):
        await plan(world, away, cover, world.now + DAY)


async def test_dates_backwards_past_or_too_far_are_refused(world: World) -> None:
    now = world.now
    for since, until, code, field in (
        (now + 2 * DAY, now + DAY, Code.PERIOD_EMPTY, "until"),
        (now + DAY, now + DAY, Code.PERIOD_EMPTY, "until"),
        (None, now, Code.PERIOD_EMPTY, "until"),
        (now - DAY, now + DAY, Code.DATE_IN_PAST, "since"),
        (None, now - DAY, Code.DATE_IN_PAST, "until"),
        (None, now + 400 * DAY, Code.DATE_TOO_FAR, "until"),
        (None, now.replace(year=2569), Code.BUDDHIST_YEAR, "until"),
    ):
        async with refused_unchanged(world, code, "input", field):
            await plan(world, VOLUNTEER, NEIGHBOUR, until, since)


async def test_two_absences_at_a_time_are_refused_and_one_after_the_other_are_not(world: World) -> None:
    now = world.now
    await plan(world, VOLUNTEER, NEIGHBOUR, now + 5 * DAY, now + 3 * DAY)
    async with refused_unchanged(world, Code.ABSENCE_OVERLAPS, "input", "since"):
        await plan(world, VOLUNTEER, MENTOR, now + 4 * DAY)
    await plan(world, VOLUNTEER, THIRD, now + 3 * DAY)
    await plan(world, VOLUNTEER, NEIGHBOUR, now + 6 * DAY, now + 5 * DAY)
    await cancel(world, VOLUNTEER, await planned(world))
    await plan(world, VOLUNTEER, MENTOR, now + 6 * DAY, now + 5 * DAY)


async def test_nobody_covers_who_is_away_and_nobody_leaves_who_covers(world: World) -> None:
    now = world.now
    await plan(world, VOLUNTEER, NEIGHBOUR, now + 5 * DAY)
    async with refused_unchanged(world, Code.COVER_IS_AWAY, "input", "coveredBy"):
        await plan(world, THIRD, VOLUNTEER, now + DAY)
    for cover in (THIRD, MENTOR):
        async with refused_unchanged(world, Code.COVERS_MEANWHILE, "input", "since"):
            await plan(world, NEIGHBOUR, cover, now + DAY)
    async with refused_unchanged(world, Code.COVER_IS_AWAY, "input", "coveredBy"):
        await plan(world, NEIGHBOUR, VOLUNTEER, now + DAY)
    await plan(world, NEIGHBOUR, VOLUNTEER, now + 6 * DAY, now + 5 * DAY)


async def test_two_who_would_cover_each_other_at_once_do_not(world: World) -> None:
    until = world.now + DAY

    async def try_(away: str, cover: str) -> RefusalCode | None:
        try:
            await plan(world, away, cover, until)
        except Refusal as refused:
            return refused.code
        return None

    first, second = await asyncio.gather(try_(VOLUNTEER, NEIGHBOUR), try_(NEIGHBOUR, VOLUNTEER))
    assert {first, second} == {None, Code.COVER_IS_AWAY}


async def test_an_empty_post_covers_nobody_and_nobody_leaves_it_for_a_while(world: World) -> None:
    post = await seat_of(world, NEIGHBOUR)
    incumbency = await world.value("SELECT id FROM incumbency WHERE seat_id = :id", id=post)
    ends = {"expected_version": await version_of(world, post), "incumbency_id": incumbency}
    until = world.now + 2 * DAY
    await world.act(COORDINATOR, end_incumbency, seat_id=post, until=until, **ends)
    async with refused_unchanged(world, Code.SEAT_NOT_FILLED_THROUGHOUT, "input", "coveredBy"):
        await plan(world, VOLUNTEER, NEIGHBOUR, until + DAY)
    async with refused_unchanged(world, Code.SEAT_NOT_FILLED_THROUGHOUT, "input", "seat"):
        await plan(world, NEIGHBOUR, VOLUNTEER, until + DAY)
    await plan(world, VOLUNTEER, NEIGHBOUR, until)


async def test_the_post_itself_and_its_coordinator_plan_and_cancel_and_nobody_else(world: World) -> None:
    until = world.now + DAY
    for by in (NEIGHBOUR, OTHER_VOLUNTEER, MENTOR, DLPW, ADMIN):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await plan(world, VOLUNTEER, MENTOR, until, by=by)
    await plan(world, VOLUNTEER, MENTOR, until, by=COORDINATOR)
    cover = await planned(world)
    for by in (NEIGHBOUR, OTHER_VOLUNTEER, MENTOR, DLPW, ADMIN):
        async with refused_unchanged(world, Code.NOT_PERMITTED):
            await cancel(world, VOLUNTEER, cover, by=by)
    await cancel(world, VOLUNTEER, cover, by=COORDINATOR)


async def test_an_old_version_is_told_what_changed(world: World) -> None:
    seat_id = await seat_of(world, VOLUNTEER)
    absence = Absence(await seat_of(world, NEIGHBOUR), until=world.now + DAY)
    with pytest.raises(Refusal) as refused:
        await world.act(VOLUNTEER, plan_absence, seat_id=seat_id, expected_version=9, absence=absence)
    assert (refused.value.code, refused.value.subject) == (Code.VERSION_CONFLICT, (Versioned.SEAT, seat_id))


async def test_an_absence_is_ended_early_or_before_it_begins_and_then_is_over(world: World) -> None:
    seat_id, own, start = await seat_of(world, VOLUNTEER), await seat_of(world, NEIGHBOUR), world.now
    await plan(world, VOLUNTEER, NEIGHBOUR, start + 5 * DAY, start + 3 * DAY)
    coming = await planned(world)
    await cancel(world, VOLUNTEER, coming)
    async with refused_unchanged(world, Code.INCUMBENCY_OVER, "input", "incumbency"):
        await cancel(world, VOLUNTEER, coming)
    await plan(world, VOLUNTEER, NEIGHBOUR, start + 3 * DAY)
    running = await planned(world)
    assert await seats(world, subject_of(NEIGHBOUR)) == [own, seat_id]
    await cancel(world, VOLUNTEER, running)
    (event,) = await world.rows("SELECT kind, payload ->> 'incumbency' AS of FROM event ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("ABSENCE_CANCELLED", str(running))
    for at in (world.now, start + 3 * DAY, start + 4 * DAY):
        world.now = at
        assert await seats(world, subject_of(NEIGHBOUR)) == [own]


async def test_only_an_absence_of_the_post_is_cancelled(world: World) -> None:
    primary = await world.value("SELECT id FROM incumbency WHERE seat_id = :id", id=await seat_of(world, VOLUNTEER))
    await appoint(world, await seat_of(world, VOLUNTEER), kind=IncumbencyKind.COVER)
    cover = await world.value("SELECT max(id) FROM incumbency")
    await plan(world, NEIGHBOUR, MENTOR, world.now + DAY)
    for incumbency in (primary, cover, await planned(world), 2**40):
        async with refused_unchanged(world, Code.NOT_FOUND, "input", "incumbency"):
            await cancel(world, VOLUNTEER, incumbency)


async def test_the_mentor_of_an_empty_post_reads_its_cases_and_gives_them_to_another_volunteer(world: World) -> None:
    case_id, post = await world.case(), await seat_of(world, VOLUNTEER)
    incumbency = await world.value("SELECT id FROM incumbency WHERE seat_id = :id", id=post)
    ends = {"expected_version": await version_of(world, post), "incumbency_id": incumbency}
    await world.act(COORDINATOR, end_incumbency, seat_id=post, **ends)
    assert await seats(world, subject_of(VOLUNTEER)) == []
    assert await level_of(world, MENTOR, case_id) == 3
    await world.act(MENTOR, add_note, case_id=case_id, audience=Audience.CASE, text="ตำแหน่งว่าง")
    await world.on_case(MENTOR, assign_case, case_id, seat_id=await seat_of(world, NEIGHBOUR))
    await world.on_case(NEIGHBOUR, accept_assignment, case_id)
    assert await world.value('SELECT holder_seat_id FROM "case"') == await seat_of(world, NEIGHBOUR)
